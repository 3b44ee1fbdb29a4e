import type { Condition } from '../collection/attestation.ts';
import type { Schema } from '../collection/manifest.ts';
import type { Statement } from '../frameql/ast.ts';
import { columnsOf } from '../operators/expression.ts';
import { type Aggregate, valueOnly } from './aggregate.ts';
import type { ReadPoint } from './anchor.ts';
import { tellBlocked } from './blocked.ts';
import { crossedBlocks } from './blocks.ts';
import { mergedBy, mergingNames } from './merging.ts';
import type { Names } from './names.ts';
import { tellNotInSchema, tellObstacle } from './obstacle.ts';
import type { Decision, Reading, ResolvedMetric } from './query.ts';
import { determines, reach } from './reach.ts';
import { type Candidate, candidatesOf, decide, type Place, readFrom } from './readings.ts';
import { callAt } from './rewrite.ts';
import { tellRowsAmbiguous } from './rows-ambiguous.ts';
import type { CallExpr, Causes } from './typing.ts';
import { pinnedNames } from './where.ts';

/** A place, with the statement in which causes are told. */
export interface MetricPlace extends Place {
  readonly names: Names;
  /** The anchor's dimensions as written. */
  readonly points: readonly ReadPoint[];
  readonly statement: Statement;
  readonly from: Schema | null;
  readonly causes: Causes;
  /** Checks that a refusal would show the counterexamples of. */
  readonly wanting: Condition[];
}

interface SettledMetric {
  readonly metric: ResolvedMetric;
  readonly decision: Decision;
  readonly missing: readonly Condition[];
  /** Dimension families whose block is crossed because the collection says `disclose`. */
  readonly blocked: readonly string[];
}

/** Rules 2 to 4 for one aggregate; undefined after a cause was added. `roots`: root schemas of the other series. */
export function resolveMetric(
  place: MetricPlace,
  aggregate: Aggregate,
  roots: ReadonlySet<string>,
): SettledMetric | undefined {
  const root = rootOf(place, aggregate, roots);
  if (root === undefined) return undefined;
  if (place.facts.backend.operators.size > 0 && !place.facts.backend.operators.has(aggregate.operator.name)) {
    const { name: operator } = aggregate.operator;
    const others = [...(place.facts.backend.others ?? [])].flatMap(([name, bound]) =>
      bound.has(operator) ? [name] : [],
    );
    const parameters = { operator, backend: place.facts.backend.name, others };
    return place.causes.add('OPERATOR_UNBOUND', parameters, aggregate.expr.span);
  }
  const kept = [...place.points.map((each) => each.name), ...pinnedNames(place.filter)];
  const crossed = crossedBlocks(place.manifest, place.facts, aggregate, root, kept);
  if (crossed.length > 0 && tellBlocked(place, aggregate, root, crossed)) return undefined;
  if (!hasOneRowAPeriod(place, aggregate, root)) return undefined;
  const held = candidatesOf(place.manifest, aggregate, root);
  const candidates = held.filter(({ schema }) => place.from === null || schema.name === place.from.name);
  if (candidates.length === 0 && place.from !== null) {
    return tellNotInSchema(
      place,
      aggregate.label,
      aggregate.expr,
      null,
      held.map(({ schema }) => schema.name),
    );
  }
  const results = candidates.map((candidate) => ({ candidate, result: readFrom(place, candidate) }));
  const { readings, missing, decision } = decide(aggregate.label, results);
  const [first, ...rest] = readings;
  if (first === undefined) {
    const lost = results[0];
    if (lost !== undefined && !lost.result.ok)
      tellObstacle(place, aggregate.label, aggregate.expr, lost.candidate, lost.result.obstacle);
    return undefined;
  }
  const metric: ResolvedMetric = {
    name: aggregate.name,
    label: aggregate.label,
    family: aggregate.families.length === 1 ? (aggregate.families[0]?.name ?? null) : null,
    operator: aggregate.operator.name,
    q: aggregate.q,
    inputType: aggregate.inputType,
    type: aggregate.type,
    readings: [first, ...rest],
    blocked: crossed.map((each) => each.dimensionFamily),
  };
  return { metric, decision, missing, blocked: metric.blocked };
}

/** FIRST and LAST without `combine` need one row a period; else a cause was added. */
function hasOneRowAPeriod(place: MetricPlace, aggregate: Aggregate, root: Schema): boolean {
  const { operator, order, combine, expr, label } = aggregate;
  if (!operator.isOrdered || combine !== null || order === null) return true;
  // A member's cell holds the rows of all its children.
  const given = [...place.points.map((each) => each.name), order];
  if (root.grain.every((name) => determines(place.manifest, place.facts, given, name))) return true;
  const merging = mergingNames(operator, aggregate.inputType);
  const remedies = merging.flatMap((name) => {
    const call = expr.kind === 'call' ? expr : aggregateCall(aggregate);
    return call === null ? [] : [mergedBy(place.statement, expr, call, name)];
  });
  const parameters = { series: label, unsaid: 'merging', candidates: merging } as const;
  place.causes.add('INPUT_GRAIN_AMBIGUOUS', parameters, expr.span, remedies);
  return false;
}

/** A bare family as the operator that it stands for; null where the aggregate is of several. */
function aggregateCall({ operator, families, expr }: Aggregate): CallExpr | null {
  const [family, ...others] = families;
  return family === undefined || others.length > 0 ? null : callAt(operator.name, family.name, expr);
}

/**
 * The schema whose distinct coordinates a level without series lists: FROM's, else the only root of the statement, else the
 * one whose grain is the anchor.
 */
export function resolveRows(
  place: MetricPlace,
  roots: ReadonlySet<string>,
): { readonly reading: Reading; readonly decision: Decision; readonly missing: readonly Condition[] } | undefined {
  const signature = [...place.anchor].sort().join();
  const grained = place.manifest.schemas.filter((schema) => schema.grain.join() === signature);
  const [only, ...more] = grained;
  const [root] = roots;
  const ofRoot = roots.size === 1 ? place.manifest.schemas.find((each) => each.name === root) : undefined;
  const schema = place.from ?? ofRoot ?? (more.length === 0 ? only : undefined);
  const label = 'A Frame without series';
  if (schema === undefined) {
    const reaching = grained.length > 0 ? grained : reachingSchemas(place, place.anchor);
    return tellRowsAmbiguous(place, null, reaching, roots, place.statement.items[0]?.expr);
  }
  const candidate: Candidate = { ...valueOnly(null), schema, operator: null, where: null, sibling: null };
  const result = readFrom(place, candidate);
  const at = place.statement.items[0]?.expr;
  if (!result.ok) return at && tellObstacle(place, label, at, candidate, result.obstacle);
  const { decision } = decide('coordinates', [{ candidate, result }]);
  return { reading: result.reading, decision, missing: result.missing };
}

/** Where the aggregate's rows are: its families' root; for rows and dimensions FROM, else the statement's only root. */
function rootOf(place: MetricPlace, aggregate: Aggregate, roots: ReadonlySet<string>): Schema | undefined {
  const [family] = aggregate.families;
  const schemaNamed = (name: string | undefined) => place.manifest.schemas.find((each) => each.name === name);
  if (family !== undefined) return schemaNamed(family.root.schema);
  if (place.from !== null) return place.from;
  if (roots.size === 1) return schemaNamed([...roots][0]);
  const read = [aggregate.value, aggregate.weight].flatMap((each) => (each === null ? [] : columnsOf(each)));
  const needed = [...place.anchor, ...read, ...(aggregate.order === null ? [] : [aggregate.order])];
  return tellRowsAmbiguous(place, aggregate.label, reachingSchemas(place, needed), roots, aggregate.expr);
}

function reachingSchemas(place: MetricPlace, names: readonly string[]): readonly Schema[] {
  return place.manifest.schemas.filter((schema) =>
    names.every((name) => reach(place.manifest, place.facts, schema, name).kind === 'reached'),
  );
}
