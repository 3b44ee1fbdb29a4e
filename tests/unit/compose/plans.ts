import type { LogicalType } from '../../../src/columns/logical-type.ts';
import type { AtomStates } from '../../../src/compose/frame.ts';
import { OPERATORS, type OperatorName } from '../../../src/operators/catalog.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { StateName } from '../../../src/operators/state.ts';
import type { Atom } from '../../../src/planning/atom.ts';
import type { FrameColumn, Metric, Plan } from '../../../src/planning/plan.ts';
import type { Determined } from '../../../src/resolution/query.ts';
import { batchOf, type Cell, coded, flat } from './table.ts';

/** Named dimensions with their types, in the Frame's order. */
export type Dimensions = Readonly<Record<string, LogicalType>>;

/** One atom with its states as rows: its coordinate in the order of `dimensions`, then its state's cells. */
export interface TestAtom {
  readonly atom: Atom;
  readonly states: AtomStates;
}

/** An atom whose anchor is sorted by name, as plans have it. */
export function atomOf(
  key: string,
  state: StateName,
  dimensions: Dimensions,
  columns: readonly { readonly name: string; readonly type: LogicalType }[],
  rows: readonly (readonly Cell[])[],
): TestAtom {
  const names = Object.keys(dimensions);
  const anchor = names.toSorted();
  const coordinate = anchor.map((name) => {
    const place = names.indexOf(name);
    return [
      name,
      coded(
        Object.values(dimensions)[place] ?? { kind: 'text' },
        rows.map((row) => row[place] ?? null),
      ),
    ] as const;
  });
  const cells = columns.map(
    ({ name, type }, i) =>
      [
        name,
        flat(
          type,
          rows.map((row) => row[names.length + i] ?? null),
        ),
      ] as const,
  );
  const fields = [...coordinate, ...cells].map(([name, column]) => ({ name, column }));
  const atom: Atom = {
    key,
    stateKey: key,
    family: null,
    schema: 'sales',
    source: 'sales',
    state,
    argument: null,
    input: null,
    inputType: null,
    anchor,
    memberships: [],
    base: anchor,
    filter: [],
    scope: null,
    inputs: [],
    boundary: null,
    sourceHashes: {},
    conditions: [],
    rollable: true,
    blockedAlong: [],
    memoise: true,
    sourceRows: 0,
  };
  return { atom, states: { key, batch: { ...batchOf({}), rowCount: rows.length, fields } } };
}

/** A metric over atoms, by their keys. */
export function metricOf(
  name: string,
  operator: OperatorName,
  inputType: LogicalType,
  ...atoms: readonly string[]
): Metric {
  const { result, stateNames } = OPERATORS[operator];
  return { name, label: name, operator, q: null, states: stateNames, atoms, inputType, type: result(inputType) };
}

/** A name as an expression. */
export function nameOf(name: string, type: LogicalType): Expression {
  return { kind: 'column', name, type };
}

/** A series column. */
export function seriesOf(name: string, expression: Expression): FrameColumn {
  return { kind: 'series', name, expression, type: expression.type };
}

/** A plan that shows its anchor, then the given columns; `changes` replace what is not the default. */
export function planOf(
  dimensions: Dimensions,
  atoms: readonly TestAtom[],
  metrics: readonly Metric[],
  columns: readonly FrameColumn[],
  changes: Partial<Plan> = {},
  determined: readonly Determined[] = [],
): Plan {
  const anchor = Object.entries(dimensions).map(([name, type]) => ({ name, type }));
  const used = new Set(metrics.flatMap((metric) => metric.atoms));
  const rows = atoms.find(({ atom }) => !used.has(atom.key))?.atom.key ?? null;
  return {
    fingerprint: '',
    canonical: '',
    astFingerprint: '',
    manifestFingerprint: '',
    anchor,
    atoms: atoms.map(({ atom }) => atom),
    substitutes: {},
    level: { anchor, metrics, coordinates: rows, reductions: [], replicas: [], determined },
    windows: [],
    columns: [
      ...anchor.map(({ name, type }): FrameColumn => ({ kind: 'anchor', name, dimension: name, type })),
      ...columns,
    ],
    having: null,
    order: [],
    limit: null,
    decisions: [],
    proofs: [],
    missing: [],
    conditions: [],
    lineage: {},
    requiredColumns: {},
    derived: {},
    blocked: [],
    cuts: [],
    ...changes,
  };
}

/** The atoms' states by key. */
export function statesOf(atoms: readonly TestAtom[]): ReadonlyMap<string, AtomStates> {
  return new Map(atoms.map(({ states }) => [states.key, states]));
}
