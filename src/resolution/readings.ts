import type { Condition } from '../collection/attestation.ts';
import { i1, i2, i3, i8, i10, i11 } from '../collection/conditions.ts';
import { grainColumns } from '../collection/grain.ts';
import type { RootFamily, Schema, SchemaColumn, SemanticManifest } from '../collection/manifest.ts';
import type { OperatorDefinition, OperatorName, StateUse } from '../operators/catalog.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import type { Access, Input, Step } from './access.ts';
import { type Aggregate, measureName, type OperatorArguments } from './aggregate.ts';
import { type Facts, statusOf } from './facts.ts';
import { squaresFit } from './magnitude.ts';
import type { Decision, FilterTerm, Membership, Proof, Reading } from './query.ts';
import { type Reach, type Reaches, reach, unique } from './reach.ts';
import { type Stability, siblingStability, stabilityOf } from './stability.ts';
import { Causes, condition } from './typing.ts';
import { conjunction } from './where.ts';

/** Where an aggregate is asked: what AT and WHERE name, and what always applies. */
export interface Place {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  readonly reaches: Reaches;
  /** Names that rows are grouped by: the anchor, with the children of memberships in the place of their parents. */
  readonly anchor: readonly string[];
  readonly memberships: readonly Membership[];
  readonly filter: readonly FilterTerm[];
  /** The collection's declared filter. */
  readonly declared: readonly FilterTerm[];
}

/** Why a schema cannot serve. */
export type Obstacle =
  | {
      readonly kind: 'anchor' | 'filter' | 'input';
      readonly name: string;
      readonly reach: Exclude<Reach, { kind: 'reached' }>;
    }
  | { readonly kind: 'unreadable'; readonly source: string }
  | { readonly kind: 'sibling'; readonly reason: string };

export type ReadingResult =
  | { readonly ok: true; readonly reading: Reading; readonly missing: readonly Condition[] }
  | { readonly ok: false; readonly obstacle: Obstacle };

/** How a candidate schema would hold the aggregate; `operator` null: its distinct coordinates. */
export interface Candidate extends OperatorArguments {
  readonly schema: Schema;
  readonly operator: OperatorDefinition | null;
  /** The root's own condition, over its columns; null: none. */
  readonly where: Expression | null;
  readonly sibling: { readonly family: RootFamily; readonly root: Schema; readonly operator: OperatorName } | null;
}

/** The schemas that hold the aggregate under its operator: the root, and siblings declared with it. */
export function candidatesOf(manifest: SemanticManifest, aggregate: Aggregate, root: Schema): readonly Candidate[] {
  const { operator, value, weight, q, order, combine, sumsPeriod } = aggregate;
  const asked = { operator, value, weight, q, order, combine, sumsPeriod };
  const candidates: Candidate[] = [{ ...asked, schema: root, where: rootWhere(aggregate, root), sibling: null }];
  const [family, ...others] = aggregate.families;
  const plain = aggregate.value?.kind === 'column' && others.length === 0;
  if (family === undefined || !plain) return candidates;
  for (const sibling of family.siblings) {
    const schema = manifest.schemas.find((each) => each.name === sibling.schema);
    // Parts kept as counts or distinct counts cannot stand in for the rows themselves.
    if (schema === undefined || sibling.operator !== operator.name || !SELF_MERGING.has(sibling.operator)) continue;
    const held: Expression = { kind: 'column', name: measureName(sibling.column), type: aggregate.inputType };
    candidates.push({
      ...asked,
      schema,
      value: held,
      where: null,
      sibling: { family, root, operator: sibling.operator },
    });
  }
  return candidates;
}

/** Operators whose value over parts is the same operator over the parts' values. */
const SELF_MERGING: ReadonlySet<string> = new Set(['SUM', 'MIN', 'MAX']);

/** Settles how every name is reached from a candidate's rows, or what stands in the way. */
export function readFrom(place: Place, candidate: Candidate): ReadingResult {
  const { facts } = place;
  const { schema } = candidate;
  const snapshot = facts.snapshots.get(schema.source);
  if (snapshot === undefined) return { ok: false, obstacle: { kind: 'unreadable', source: schema.source } };
  const stability = candidateStability(place, candidate);
  if (stability === undefined) {
    return {
      ok: false,
      obstacle: { kind: 'sibling', reason: 'rows are being held off and it has no date column to be cut by' },
    };
  }
  const compared = comparedSchema(candidate);
  const inputs = new Map<string, Input>();
  const missing: Condition[] = [];
  const conditions: Condition[] = ownConditions(candidate);
  const require = (name: string, kind: 'anchor' | 'filter' | 'input'): Obstacle | undefined => {
    if (inputs.has(name)) return undefined;
    const found = place.reaches.of(compared, name);
    if (found.kind !== 'reached') return { kind, name, reach: found };
    if (candidate.sibling !== null && !reachesAsRoot(place, candidate.sibling.root, compared, name, found.access)) {
      return { kind: 'sibling', reason: `its way to ${name} is not known to be that of its root` };
    }
    const unread = found.access.steps.find((step) => step.kind === 'lookup' && !facts.snapshots.has(step.source));
    if (unread?.kind === 'lookup') return { kind: 'unreadable', source: unread.source };
    inputs.set(name, { name, type: found.type, access: found.access });
    missing.push(...found.missing);
    conditions.push(...found.conditions);
    return undefined;
  };
  // A schema that does not reach every name of the filter is not scoped by it; compiling says so.
  const scoped = place.declared.every((term) =>
    term.names.every((name) => place.reaches.of(compared, name).kind !== 'unreachable'),
  );
  const declared = scoped ? place.declared : [];
  const wanted: readonly (readonly [readonly string[], 'anchor' | 'filter' | 'input'])[] = [
    [place.anchor, 'anchor'],
    [place.filter.flatMap((term) => term.names), 'filter'],
    [declared.flatMap((term) => term.names), 'filter'],
    [namesRead(candidate), 'input'],
  ];
  for (const [names, kind] of wanted) {
    for (const name of names) {
      const obstacle = require(name, kind);
      if (obstacle !== undefined) return { ok: false, obstacle };
    }
  }
  const coherent = siblingCondition(candidate);
  if (coherent !== null) {
    conditions.push(coherent);
    const status = statusOf(facts, coherent);
    if (status !== 'verified') {
      const reason =
        status === 'contradicted'
          ? 'it disagrees with its root on the data'
          : 'it is not yet verified to equal its root';
      return { ok: false, obstacle: { kind: 'sibling', reason } };
    }
  }
  for (const physical of measuresOf(candidate)) addMeasure(schema, physical, inputs);
  if (stability.input !== null) inputs.set(stability.input.name, stability.input);
  if (declared.length > 0) conditions.push(i11(schema.name));
  const reading: Reading = {
    schema: schema.name,
    source: schema.source,
    rows: snapshot.rowCount,
    states: statesOf(candidate, inputs, snapshot),
    inputs: [...inputs.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    memberships: place.memberships,
    scope: conjunction([...declared.map((term) => term.expression), candidate.where, stability.scope]),
    boundary: stability.boundary,
    conditions: unique(conditions),
    lineage: lineageOf(candidate, inputs, snapshot.name),
  };
  return { ok: true, reading, missing: unique(missing) };
}

/** The choice among readings as a decision: fewest rows first, ties by name; losers with their reasons. */
export function decide(
  subject: string,
  results: readonly { readonly candidate: Candidate; readonly result: ReadingResult }[],
): { readonly readings: readonly Reading[]; readonly missing: readonly Condition[]; readonly decision: Decision } {
  const served = results.flatMap(({ result }) => (result.ok ? [result] : []));
  served.sort((a, b) => a.reading.rows - b.reading.rows || (a.reading.schema < b.reading.schema ? -1 : 1));
  const [chosen, ...others] = served;
  const alternatives = [
    ...others.map(({ reading }) => ({
      name: reading.schema,
      reason: `reads more rows (${reading.rows.toLocaleString('en')})`,
    })),
    ...results.flatMap(({ candidate, result }) =>
      result.ok ? [] : [{ name: candidate.schema.name, reason: obstacleReason(result.obstacle) }],
    ),
  ];
  return {
    // What only the others would rest on is not attested before a number is read: those that lack it do not stand in.
    readings: served.filter((each) => each === chosen || each.missing.length === 0).map((each) => each.reading),
    missing: chosen?.missing ?? [],
    decision: { domain: 'schema', subject, chosen: chosen?.reading.schema ?? '', alternatives },
  };
}

/** What an answer from this reading rests on, as proofs. */
export function proofsOf(facts: Facts, reading: Reading): readonly Proof[] {
  return reading.conditions.flatMap((condition): readonly Proof[] => {
    const status = statusOf(facts, condition);
    const basis = status === 'untested' ? 'declared' : 'attested';
    const holds = status !== 'contradicted';
    switch (condition.id) {
      case 'I2':
        return [{ kind: 'grain_unique', subject: condition.schema, basis, holds }];
      case 'I4':
        return [{ kind: 'fd_holds', subject: condition.edge, basis, holds }];
      case 'I10':
        return [
          {
            kind: 'sibling_coherent',
            subject: `${condition.family}: ${condition.sibling} = ${condition.root}`,
            basis,
            holds,
          },
        ];
      default:
        return [];
    }
  });
}

function obstacleReason(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'anchor':
    case 'filter':
    case 'input':
      return obstacle.reach.kind === 'contradicted'
        ? `${obstacle.reach.edge}, which leads to ${obstacle.name}, does not hold in the data`
        : `does not reach ${obstacle.name}`;
    case 'unreadable':
      return `its source ${obstacle.source} cannot be read`;
    case 'sibling':
      return obstacle.reason;
  }
}

/**
 * The schema as names are reached in it. A sibling is compared with its root at its grain: what it carries beside is not
 * known to be the root's, so its rows are told apart, and climbed from, by the dimensions of its grain only.
 */
function comparedSchema({ schema, sibling }: Candidate): Schema {
  return sibling === null ? schema : { ...schema, columns: grainColumns(schema) };
}

/**
 * Whether a sibling's rows reach a name as its root's do: through a dimension of the sibling's grain, along the very way
 * that the root takes, or one that is attested to agree with it. Equal at the grain is equal beyond it only then.
 */
function reachesAsRoot({ manifest, facts }: Place, root: Schema, sibling: Schema, name: string, way: Access): boolean {
  const base = sibling.columns.find(({ physical }) => physical === way.column);
  const whole = reach(manifest, facts, root, name);
  if (base?.role.kind !== 'dimension' || whole.kind !== 'reached') return false;
  // At its grain it has been compared with what the root reaches, whichever way that is.
  if (base.role.dimension === name) return true;
  const part = reach(manifest, facts, root, base.role.dimension);
  if (part.kind !== 'reached') return false;
  const through = edgesOf([...part.access.steps, ...way.steps]);
  const agree = whole.conditions.find((each) => each.id === 'I6' && each.dimension === name);
  if (agree?.id !== 'I6') {
    return part.access.column === whole.access.column && edgesOf(whole.access.steps) === through;
  }
  return statusOf(facts, agree) === 'verified' && agree.paths.some((path) => JSON.stringify(path) === through);
}

function edgesOf(steps: readonly Step[]): string {
  return JSON.stringify(steps.map((step) => step.edge));
}

function candidateStability(place: Place, candidate: Candidate): Stability | undefined {
  const { manifest, facts, filter } = place;
  if (candidate.sibling === null) return stabilityOf(manifest, facts, candidate.schema, filter);
  const root = stabilityOf(manifest, facts, candidate.sibling.root, filter);
  return siblingStability(root, facts, candidate.schema);
}

function siblingCondition(candidate: Candidate): Condition | null {
  if (candidate.sibling === null) return null;
  const { family, root, operator } = candidate.sibling;
  return i10(family.name, root.name, candidate.schema.name, operator);
}

/** I1 and I8 of the measure columns, I2 and I3 of the schema. */
function ownConditions(candidate: Candidate): Condition[] {
  const schema = candidate.schema.name;
  const columns = measuresOf(candidate);
  return [
    i2(schema),
    i3(schema),
    ...columns.map((column) => i1(schema, column)),
    ...columns.map((column) => i8(schema, column)),
  ];
}

/** The dimensions and attributes that a candidate's arguments name. */
function namesRead({ value, weight, order }: Candidate): readonly string[] {
  const read = [value, weight].flatMap((each) => (each === null ? [] : columnsOf(each)));
  return [...read.filter((name) => !name.startsWith('#')), ...(order === null ? [] : [order])];
}

function statesOf(
  { operator, value, weight, q, order: orderName, combine }: Candidate,
  inputs: ReadonlyMap<string, Input>,
  snapshot: SourceSnapshot,
): readonly StateUse[] {
  if (operator === null) return [{ state: 'coordinates', argument: null, input: null }];
  const input = orderName === null ? undefined : inputs.get(orderName);
  const order = input === undefined ? null : { name: input.name, type: input.type };
  const fit = value !== null && squaresFit(value, inputs, snapshot);
  return operator.states({ value, weight, q, order, combine, squaresFit: fit });
}

function measuresOf({ value, weight, where }: Candidate): readonly string[] {
  const names = [value, weight, where].flatMap((each) => (each === null ? [] : columnsOf(each)));
  return [...new Set(names.filter((name) => name.startsWith('#')).map((name) => name.slice(1)))];
}

function addMeasure(schema: Schema, physical: string, inputs: Map<string, Input>): void {
  const column = schema.columns.find((each) => each.physical === physical);
  if (column === undefined) throw new RangeError(`manifest: schema ${schema.name} has no column ${physical}`);
  const name = measureName(physical);
  inputs.set(name, { name, type: column.type, access: { column: physical, columnType: column.type, steps: [] } });
}

/** The families of one aggregate share their root's condition; compiling has checked its names and types. */
function rootWhere(aggregate: Aggregate, root: Schema): Expression | null {
  const where = aggregate.families[0]?.root.where ?? null;
  if (where === null) return null;
  const causes = new Causes();
  const typed = condition(
    where,
    {
      name: (expr) => {
        const column = root.columns.findLast((each) => nameInRoot(each) === expr.name);
        return column && { kind: 'column', name: measureName(column.physical), type: column.type };
      },
      call: () => undefined,
      at: () => undefined,
    },
    causes,
  );
  if (typed === undefined)
    throw new RangeError(`manifest: the condition of ${aggregate.label} is not one over ${root.name}`);
  return typed;
}

/** The name by which a root's condition knows a column, as compiling has settled it. */
function nameInRoot({ role, physical }: SchemaColumn): string {
  switch (role.kind) {
    case 'dimension':
      return role.dimension;
    case 'attribute':
      return role.attribute;
    case 'roleSource':
      return role.name;
    case 'measure':
      return physical;
  }
}

function lineageOf(candidate: Candidate, inputs: ReadonlyMap<string, Input>, source: string): readonly string[] {
  const read = [candidate.value, candidate.weight].flatMap((each) => (each === null ? [] : columnsOf(each)));
  if (candidate.value === null) return [`${source}.*`];
  return [...new Set(read)].map((name) => `${source}.${inputs.get(name)?.access.column ?? name}`);
}
