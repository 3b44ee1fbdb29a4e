import type { Span } from '../canon/issue.ts';
import type { Attestation, Condition } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import type { Bridge, Schema } from '../collection/manifest.ts';
import type { Expr, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { columnsOf } from '../operators/expression.ts';
import { type Aggregate, valueOnly } from './aggregate.ts';
import type { ReadPoint } from './anchor.ts';
import { crossedBlocks, tellBlocked } from './blocks.ts';
import { fanOut } from './membership.ts';
import type { Names } from './names.ts';
import type { Decision, Reading, ResolvedMetric } from './query.ts';
import { determines, reach } from './reach.ts';
import { type Candidate, candidatesOf, decide, type Obstacle, type Place, readFrom } from './readings.ts';
import type { Remedy, Witness } from './refusal.ts';
import { anchorPoint, callAt, nameAt, point, queryText, queryWith, withoutDimension, withoutItem } from './rewrite.ts';
import type { Causes } from './typing.ts';
import { andTerms, pinnedNames } from './where.ts';

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
  if (
    crossed.length > 0 &&
    tellBlocked(
      place,
      aggregate.label,
      aggregate.operator.name,
      crossed,
      aggregate.expr.span,
      lastInstead(place, aggregate),
    )
  ) {
    return undefined;
  }
  if (!hasOneRowAPeriod(place, aggregate, root)) return undefined;
  const held = candidatesOf(place.manifest, aggregate, root);
  const candidates = held.filter(({ schema }) => place.from === null || schema.name === place.from.name);
  if (candidates.length === 0 && place.from !== null) {
    return notInSchema(
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

/** The question with the family's last value in the place of a sum that would cross its block. */
function lastInstead(place: MetricPlace, aggregate: Aggregate): readonly Remedy[] {
  const [family, ...others] = aggregate.families;
  const isPlain = aggregate.value?.kind === 'column' && others.length === 0;
  const reducer = family?.ipReducers.find((each) => each.operator === 'LAST' || each.operator === 'FIRST');
  if (family === undefined || reducer === undefined || !isPlain || reducer.operator === aggregate.operator.name)
    return [];
  const call = callAt(reducer.operator, family.name, aggregate.expr);
  const label = `${reducer.operator === 'LAST' ? 'The last' : 'The first'} value of ${family.name}`;
  return [{ label, query: queryWith(place.statement, aggregate.expr, call) }];
}

/** FIRST and LAST without `combine` need one row a period; else a cause was added. */
function hasOneRowAPeriod(place: MetricPlace, aggregate: Aggregate, root: Schema): boolean {
  const { operator, order, combine, expr, label } = aggregate;
  if (!operator.isOrdered || combine !== null || order === null) return true;
  const given = [...place.anchor, order];
  if (root.grain.every((name) => determines(place.manifest, place.facts, given, name))) return true;
  const candidates = [`combine => SUM, MIN or MAX in ${operator.name}`];
  const remedies = ['SUM', 'MIN', 'MAX'].flatMap((name) => {
    if (expr.kind !== 'call') return [];
    const value = nameAt(name, expr);
    const named = [...expr.named, { name: 'combine', value, span: expr.span }];
    return [
      { label: `Merge rows of one period by ${name}`, query: queryWith(place.statement, expr, { ...expr, named }) },
    ];
  });
  place.causes.add('INPUT_GRAIN_AMBIGUOUS', { series: label, candidates }, expr.span, remedies);
  return false;
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
    return rowsAmbiguous(place, label, reaching, place.statement.items[0]?.expr);
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
  return rowsAmbiguous(place, aggregate.label, reachingSchemas(place, needed), aggregate.expr);
}

function reachingSchemas(place: MetricPlace, names: readonly string[]): readonly Schema[] {
  return place.manifest.schemas.filter((schema) =>
    names.every((name) => reach(place.manifest, place.facts, schema, name).kind === 'reached'),
  );
}

function rowsAmbiguous(
  place: MetricPlace,
  subject: string,
  schemas: readonly Schema[],
  at: Expr | undefined,
): undefined {
  const names = schemas.map((schema) => schema.name);
  const remedies = names.map((name) => ({
    label: `The rows of ${name}`,
    query: queryText({ ...place.statement, from: point(name) }),
  }));
  return place.causes.add('ROWS_AMBIGUOUS', { subject, schemas: names }, at?.span ?? place.statement.span, remedies);
}

function notInSchema(
  place: MetricPlace,
  series: string,
  at: Expr,
  reason: string | null,
  holders: readonly string[],
): undefined {
  const schema = place.from?.name ?? '';
  const remedies = [{ label: 'Let the rules choose the schema', query: queryText({ ...place.statement, from: null }) }];
  const span = place.statement.from?.span ?? at.span;
  return place.causes.add('NOT_IN_SCHEMA', { series, schema, reason, holders }, span, remedies);
}

/** Says why the schema that should serve cannot, where the reader can act on it. */
function tellObstacle(
  place: MetricPlace,
  series: string,
  at: Expr,
  candidate: Candidate,
  obstacle: Obstacle,
): undefined {
  switch (obstacle.kind) {
    case 'sibling':
      return notInSchema(place, series, at, `is a pre-aggregate, and ${obstacle.reason}`, []);
    case 'unreadable': {
      const why = place.facts.unreadable.get(obstacle.source);
      if (why?.changed) return place.causes.add('SOURCE_CHANGED', { source: obstacle.source, ...why.changed }, at.span);
      const parameters = {
        source: obstacle.source,
        location: why?.location ?? '',
        reason: why?.reason ?? 'it has not been read yet',
        remedy: why?.remedy ?? 'Open the session again.',
      };
      return place.causes.add('SOURCE_UNREADABLE', parameters, at.span);
    }
    case 'anchor':
    case 'filter':
    case 'input':
      return tellUnreached(place, series, at, candidate, obstacle);
  }
}

function tellUnreached(
  place: MetricPlace,
  series: string,
  at: Expr,
  candidate: Candidate,
  { kind, name: dimension, reach: found }: Extract<Obstacle, { kind: 'anchor' | 'filter' | 'input' }>,
): undefined {
  const { causes, manifest } = place;
  const span =
    kind === 'anchor' ? anchorSpan(place, dimension) : kind === 'filter' ? filterSpan(place, dimension) : at.span;
  const remedies = kind === 'filter' ? withoutFilter(place, at, dimension) : withoutAnchor(place, at, dimension);
  switch (found.kind) {
    case 'contradicted': {
      const edge = manifest.fdDag.find((each) => each.id === found.edge);
      const finer = edge === undefined ? [] : atInstead(place, dimension, edge.child);
      const violations = found.attestation.counts.violation_count ?? 0;
      const parameters = { series, dimension, edge: found.edge, violations };
      return causes.add('FD_CONTRADICTED', parameters, span, [...finer, ...remedies], witnessOf(found.attestation));
    }
    case 'ambiguous':
      return causes.add(
        'AMBIGUOUS_PATH',
        { series, dimension, paths: found.paths },
        span,
        remedies,
        witnessOf(found.attestation),
      );
    case 'unreachable': {
      const schemas = [candidate.schema.name];
      const bridge = fanOut(manifest, place.facts, candidate.schema, dimension);
      if (bridge !== undefined) return tellFanOut(place, series, dimension, bridge, span, remedies);
      return kind === 'filter'
        ? causes.add('FILTER_UNREACHABLE', { name: dimension, series, schemas }, span, remedies)
        : causes.add('UNREACHABLE_ANCHOR', { series, dimension, schemas }, span, remedies);
    }
  }
}

/** Membership is asked for on purpose or not at all: the witness shows keys that would count more than once. */
function tellFanOut(
  place: MetricPlace,
  series: string,
  dimension: string,
  bridge: Bridge,
  span: Span,
  remedies: readonly Remedy[],
): undefined {
  const functional = i4(bridge.id);
  const attestation = place.facts.attestations.get(functional.key);
  if (attestation === undefined) place.wanting.push(functional);
  const { statement } = place;
  const points = statement.anchor.points.map((each) =>
    logicalName(place.names, each.name) === dimension ? { ...each, via: point(bridge.via) } : each,
  );
  const via = {
    label: `Count each ${bridge.child} in every ${dimension} it has`,
    query: queryText({ ...statement, anchor: { ...statement.anchor, points } }),
  };
  const parameters = { series, dimension, child: bridge.child, bridge: bridge.via };
  const witness = attestation === undefined ? null : witnessOf(attestation);
  return place.causes.add('FAN_OUT', parameters, span, [via, ...remedies], witness);
}

/** The counterexamples of an attestation, where it has some. */
export function witnessOf(attestation: Attestation): Witness | null {
  return attestation.examples.rows.length === 0 ? null : attestation.examples;
}

function anchorSpan(place: MetricPlace, name: string): Span {
  const found = place.points.find((each) => each.name === name || each.membership?.child === name);
  return found?.point.span ?? place.statement.anchor.span;
}

function filterSpan(place: MetricPlace, name: string): Span {
  let span: Span | undefined;
  for (const term of andTerms(place.statement.where)) {
    rewrite(term, (each) => {
      if (each.kind === 'name' && logicalName(place.names, each.name) === name) span ??= each.span;
      return undefined;
    });
  }
  return span ?? place.statement.span;
}

function logicalName(names: Names, written: string): string {
  const meaning = names.meaningOf(written);
  if (meaning?.kind === 'dimension') return meaning.dimension.name;
  return meaning?.kind === 'attribute' ? meaning.attribute.name : written;
}

/** The question without the dimension, and without the series that does not reach it. */
function withoutAnchor(place: MetricPlace, at: Expr, dimension: string): readonly Remedy[] {
  const written = place.statement.anchor.points.find((each) => logicalName(place.names, each.name) === dimension)?.name;
  const coarser = written === undefined ? null : withoutDimension(place.statement, written);
  return [
    ...(coarser === null ? [] : [{ label: `Without ${dimension}`, query: queryText(coarser) }]),
    ...withoutSeries(place, at),
  ];
}

/** The question without the filter's terms on the name, and without the series that it cannot filter. */
function withoutFilter(place: MetricPlace, at: Expr, name: string): readonly Remedy[] {
  const kept = andTerms(place.statement.where).filter((term) => !namesIn(place.names, term).has(name));
  const [first] = kept;
  const where =
    first === undefined
      ? null
      : kept.length === 1
        ? first
        : ({ kind: 'and', operands: kept, span: first.span } as const);
  return [
    { label: `Without the filter on ${name}`, query: queryText({ ...place.statement, where }) },
    ...withoutSeries(place, at),
  ];
}

function withoutSeries(place: MetricPlace, at: Expr): readonly Remedy[] {
  return place.statement.items.flatMap((item) => {
    let inside = false;
    rewrite(item.expr, (each) => {
      if (each === at || each.span.from === at.span.from) inside = true;
      return undefined;
    });
    const rest = inside ? withoutItem(place.statement, item) : null;
    return rest === null ? [] : [{ label: `Without ${outputName(item) ?? 'that series'}`, query: queryText(rest) }];
  });
}

/** The question at the finer dimension from which the contradicted edge leads. */
function atInstead(place: MetricPlace, dimension: string, finer: string): readonly Remedy[] {
  const { statement } = place;
  const points = statement.anchor.points.map((each) =>
    logicalName(place.names, each.name) === dimension ? anchorPoint(finer) : each,
  );
  const items = statement.items.map((item) =>
    item.expr.kind === 'name' && logicalName(place.names, item.expr.name) === dimension
      ? { ...item, expr: { ...item.expr, name: finer, quoted: false }, alias: null }
      : item,
  );
  return [
    {
      label: `At ${finer} instead`,
      query: queryText({ ...statement, items, anchor: { ...statement.anchor, points } }),
    },
  ];
}

function namesIn(names: Names, expr: Expr): ReadonlySet<string> {
  const found = new Set<string>();
  rewrite(expr, (each) => {
    if (each.kind === 'name') found.add(logicalName(names, each.name));
    return undefined;
  });
  return found;
}
