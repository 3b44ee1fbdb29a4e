import { type Batch, type Column, columnOf, valueAt } from '../../columns/column.ts';
import { BOOL, DAY, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import { compareScalars } from '../../columns/scalar.ts';
import { OPERATORS, type OperatorInput, type OperatorName } from '../../operators/catalog.ts';
import type { Expression } from '../../operators/expression.ts';
import { isBackendState, STATES, type StateDefinition } from '../../operators/state.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import { stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../protocol/request.ts';
import { answerOf, isEqual, type ParityDeviation, printed, printedAll } from './deviation.ts';
import { input, type Probe, TABLE } from './parity-table.ts';
import type { Expected, VectorGroup } from './vectors.ts';

/**
 * Probes the operators whose states the backend computes: `probed` hears of each that had an answer to give. Undefined:
 * every answer was right.
 */
export async function deviationInStates(
  backend: DataAPIBackend,
  probe: Probe,
  probed: Set<OperatorName>,
): Promise<ParityDeviation | undefined> {
  const { set, name } = probe;
  const operators = probe.operators.filter((operator) => madeOf(probe, operator) === 'backend');
  const requestOf = (asked: readonly OperatorName[]): AggregateRequest => ({
    ...grouped(probe),
    states: asked.flatMap((operator) => statesOf(probe, operator)),
  });
  const answered = await answerOf(backend, requestOf, operators, set.type.kind, (operator) => operator);
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  const groups = columnOf(batch, name('g'));
  const rowOf = new Map(Array.from({ length: batch.rowCount }, (_, row) => [valueAt(groups, row), row]));
  if (rowOf.size !== set.groups.length) {
    const of = `groups of ${set.type.kind}`;
    return { operator: 'COUNT(*)', input: of, expected: `${set.groups.length}`, found: `${rowOf.size}` };
  }
  for (const operator of operators) {
    const columns = stateColumns(batch, probe, operator);
    const types = columns.map(({ type }) => type);
    for (const group of set.groups) {
      const wanted = group.expected[operator];
      if (wanted === undefined) continue;
      probed.add(operator);
      const found = columns.map((column) => valueAt(column, rowOf.get(group.name) ?? -1));
      const isRight = columns.every(({ type }, i) => isEqual(found[i] ?? null, wanted[i] ?? null, type, group.x));
      if (isRight && columns.length === wanted.length) continue;
      const [expected, given] = [wanted, found].map((values) => printedAll(values, types));
      return { operator, input: told(probe, group), expected: expected ?? '', found: given ?? '' };
    }
  }
  return undefined;
}

/** Probes the rows that folded operators are made of: values with their number of rows, or days with their sums. */
export async function deviationInRows(
  backend: DataAPIBackend,
  probe: Probe,
  madeFrom: 'values' | 'periods',
  probed: Set<OperatorName>,
): Promise<ParityDeviation | undefined> {
  const { set, name } = probe;
  const wantedOf = ({ counts, periods }: VectorGroup) => (madeFrom === 'values' ? counts : periods);
  const operators = probe.operators.filter((operator) => madeOf(probe, operator) === madeFrom);
  const [first] = operators;
  if (first === undefined || !set.groups.some((group) => wantedOf(group) !== undefined)) return undefined;
  const value = set.input(name('x'), name('y'));
  const key = madeFrom === 'values' ? 'value' : name('o');
  const request: AggregateRequest =
    madeFrom === 'values'
      ? {
          ...grouped(probe),
          values: [{ name: key, expression: value }],
          states: [{ name: 'n', state: 'rows', input: null, inputType: null }],
        }
      : {
          ...grouped(probe),
          keys: [name('g'), key],
          states: [{ name: 'n', state: 'sum', input: value, inputType: value.type }],
        };
  const answered = await answerOf(
    backend,
    () => request,
    [first],
    set.type.kind,
    (operator) => operator,
  );
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  const [groups, keys] = [columnOf(batch, name('g')), columnOf(batch, key)];
  const states = columnOf(batch, madeFrom === 'values' ? 'n_rows' : 'n_sum');
  const types = [keys.type, states.type];
  for (const group of set.groups) {
    const wanted = wantedOf(group);
    if (wanted === undefined) continue;
    const found: (readonly [Expected, Expected])[] = [];
    for (let row = 0; row < batch.rowCount; row++) {
      if (valueAt(groups, row) === group.name) found.push([valueAt(keys, row), valueAt(states, row)]);
    }
    const [sortedFound, sortedWanted] = [found.toSorted(byKey), wanted.toSorted(byKey)];
    const isRight =
      found.length === wanted.length &&
      sortedFound.every(([of, state], i) => {
        const [wantedOfRow = null, wantedState = null] = sortedWanted[i] ?? [];
        return isEqual(of, wantedOfRow, keys.type, group.x) && isEqual(state, wantedState, states.type, group.x);
      });
    if (isRight) continue;
    const [expected, given] = [sortedWanted, sortedFound].map((rows) =>
      rows.map((row) => printedAll(row, types)).join('; '),
    );
    return { operator: first, input: told(probe, group), expected: expected ?? '', found: given ?? '' };
  }
  for (const operator of operators) probed.add(operator);
  return undefined;
}

/** Over no rows there is one answer: 0 for what counts, NULL for everything else. */
export async function deviationOverNothing(
  backend: DataAPIBackend,
  probes: readonly Probe[],
): Promise<ParityDeviation | undefined> {
  const asked = probes.flatMap((probe) =>
    probe.operators
      .filter((operator) => madeOf(probe, operator) === 'backend')
      .map((operator) => ({ probe, operator })),
  );
  const requestOf = (each: readonly (typeof asked)[number][]): AggregateRequest => ({
    table: TABLE,
    inputs: probes.flatMap(inputsOf),
    keys: [],
    values: [],
    filter: { kind: 'literal', value: false, type: BOOL },
    states: each.flatMap(({ probe, operator }) => statesOf(probe, operator)),
  });
  const answered = await answerOf(backend, requestOf, asked, 'all types, no rows', ({ operator }) => operator);
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  for (const { probe, operator } of asked) {
    const wanted = statesOf(probe, operator).flatMap((state) => {
      const definition = definitionOf(state);
      return columnsOf(state).map(() => (definition.empty === 'zero' ? 0 : null));
    });
    const columns = stateColumns(batch, probe, operator);
    const types = columns.map(({ type }) => type);
    const given = () => columns.map((column) => valueAt(column, 0));
    const found = batch.rowCount === 1 ? printedAll(given(), types) : `${batch.rowCount} rows`;
    const expected = printedAll(wanted, types);
    if (found !== expected) return { operator, input: `${probe.set.type.kind}, no rows`, expected, found };
  }
  return undefined;
}

/** What the rows of a set are grouped by; sets of fewer rows than the longest end in rows without a group. */
function grouped(probe: Probe): AggregateRequest {
  const group: Expression = { kind: 'column', name: probe.name('g'), type: TEXT };
  return {
    table: TABLE,
    inputs: inputsOf(probe),
    keys: [probe.name('g')],
    values: [],
    filter: { kind: 'not', operand: { kind: 'isNull', operand: group, type: BOOL }, type: BOOL },
    states: [],
  };
}

function inputsOf({ set, name }: Probe): AggregateRequest['inputs'] {
  return [input(name('g'), TEXT), input(name('x'), set.type), input(name('y'), set.type), input(name('o'), DAY)];
}

function usesOf({ set, name }: Probe, operator: OperatorName) {
  const given: OperatorInput = {
    value: set.input(name('x'), name('y')),
    weight: { kind: 'column', name: name('y'), type: set.type },
    q: 0.5,
    order: { name: name('o'), type: DAY },
    combine: 'sum',
    squaresFit: set.squaresFit ?? true,
  };
  return OPERATORS[operator].states(given);
}

/** What the states of an operator over the set are made of. */
function madeOf(probe: Probe, operator: OperatorName): StateDefinition['madeOf'] {
  for (const { state } of usesOf(probe, operator)) {
    const { madeOf: kind } = STATES[state];
    if (kind !== 'backend') return kind;
  }
  return 'backend';
}

function statesOf(probe: Probe, operator: OperatorName): readonly StateRequest[] {
  return usesOf(probe, operator).flatMap(({ state, input: of }, i): readonly StateRequest[] => {
    if (!isBackendState(state)) return [];
    const own = `${probe.name('x')}o${probe.operators.indexOf(operator)}s${i}`;
    return [{ name: own, state, input: of, inputType: of?.type ?? null }];
  });
}

function definitionOf({ state }: StateRequest): StateDefinition {
  return STATES[state];
}

function columnsOf(state: StateRequest): readonly { readonly name: string; readonly type: LogicalType }[] {
  return definitionOf(state).columns(state.inputType ?? INT64, null);
}

function stateColumns(batch: Batch, probe: Probe, operator: OperatorName): readonly Column[] {
  return statesOf(probe, operator).flatMap((state) =>
    columnsOf(state).map(({ name }) => columnOf(batch, stateColumnName(state, name))),
  );
}

function told({ set: { type } }: Probe, { name, x, y, days }: VectorGroup): string {
  const beside = y === undefined ? '' : ` with ${printed(y, type)}`;
  const on = days === undefined ? '' : ` on ${printed(days, DAY)}`;
  return `${type.kind}, ${name}: ${printed(x, type)}${beside}${on}`;
}

/** NULL first. */
function byKey([a]: readonly [Expected, Expected], [b]: readonly [Expected, Expected]): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return compareScalars(a, b);
}
