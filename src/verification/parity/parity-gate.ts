import { encodeBatch } from '../../columns/arrow.ts';
import { type Batch, type Column, columnOf, type Field, valueAt } from '../../columns/column.ts';
import { BOOL, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import { sameDouble } from '../../columns/tolerance.ts';
import { finish } from '../../compose/finish.ts';
import { printScalar } from '../../compose/printed-value.ts';
import { OPERATORS, type OperatorName } from '../../operators/catalog.ts';
import type { Expression } from '../../operators/expression.ts';
import { STATES } from '../../operators/state.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import { decodeAggregate, stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, LoadRequest, StateRequest } from '../../protocol/request.ts';
import { VECTORS, type VectorSet } from './vectors.ts';

/** What an engine gave where it had to give something else. */
export interface ParityDeviation {
  readonly operator: OperatorName;
  /** Type and group of the vector. */
  readonly input: string;
  readonly expected: string;
  readonly found: string;
}

/** `probed` operators of the `total` that the engine binds gave every answer; where they are not equal, one deviates. */
export interface ParityReport {
  readonly probed: number;
  readonly total: number;
  readonly deviation: ParityDeviation | null;
}

type VectorInput = VectorSet['groups'][number]['x'];

/** No source has such a name: what begins so is ours. */
const TABLE = '#parity';

/** Runs the golden vectors through every operator that the engine binds, up to the first deviation. */
export async function probeParity(
  backend: DataAPIBackend,
  vectors: readonly VectorSet[] = VECTORS,
): Promise<ParityReport> {
  const bound = (await backend.operatorRegistry()).operators.map(({ operator }) => operator);
  const probes = vectors.map((set, place): Probe => {
    const operators = bound.filter((operator) => OPERATORS[operator].accepts.includes(set.inputType.kind));
    return { set, operators, name: (column) => `${column}${place}` };
  });
  const probed = new Set<OperatorName>();
  const report = (deviation: ParityDeviation | null): ParityReport => {
    const passed = [...probed].filter((operator) => operator !== deviation?.operator).length;
    return { probed: passed, total: bound.length, deviation };
  };
  await backend.load(loadRequest(probes));
  try {
    for (const probe of probes) {
      for (const operator of probe.operators) probed.add(operator);
      const deviation = await deviationIn(backend, probe);
      if (deviation !== null) return report(deviation);
    }
    const deviation = await deviationOverNothing(backend, probes);
    if (deviation !== null) return report(deviation);
  } finally {
    await backend.drop(TABLE);
  }
  const missing = bound.find((operator) => !probed.has(operator));
  // An operator without a vector has not passed.
  return report(
    missing === undefined ? null : { operator: missing, input: 'none', expected: 'a vector', found: 'none' },
  );
}

/** A set as it stands in the one table of all: its columns under names of their own. */
interface Probe {
  readonly set: VectorSet;
  readonly operators: readonly OperatorName[];
  readonly name: (column: 'g' | 'x' | 'y') => string;
}

async function deviationIn(backend: DataAPIBackend, probe: Probe): Promise<ParityDeviation | null> {
  const { set, operators, name } = probe;
  const key = name('g');
  const group: Expression = { kind: 'column', name: key, type: TEXT };
  // Sets of fewer rows than the longest end in rows without a group.
  const inSet: Expression = { kind: 'not', operand: { kind: 'isNull', operand: group, type: BOOL }, type: BOOL };
  const requestOf = (asked: readonly OperatorName[]): AggregateRequest => ({
    table: TABLE,
    inputs: inputsOf(probe),
    keys: [key],
    filter: inSet,
    states: asked.flatMap((operator) => statesOf(probe, operator)),
  });
  const answered = await answerOf(backend, requestOf, operators, set.type.kind);
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  const groups = columnOf(batch, key);
  const rowOf = new Map(Array.from({ length: batch.rowCount }, (_, row) => [valueAt(groups, row), row]));
  if (rowOf.size !== set.groups.length) {
    const input = `groups of ${set.type.kind}`;
    return { operator: 'COUNT(*)', input, expected: `${set.groups.length}`, found: `${rowOf.size}` };
  }
  for (const operator of operators) {
    const values = finished(batch, probe, operator);
    for (const { name: label, x, y, expected } of set.groups) {
      const wanted = expected[operator];
      if (wanted === undefined) continue;
      const found = valueAt(values, rowOf.get(label) ?? -1);
      if (isEqual(found, wanted, values.type, x)) continue;
      const input = `${set.type.kind}, ${label}: ${printed(x, set.type)}${y === undefined ? '' : ` ÷ ${printed(y, set.type)}`}`;
      return { operator, input, expected: String(wanted), found: Object.is(found, -0) ? '-0' : String(found) };
    }
  }
  return null;
}

/** Over no rows there is one answer: 0 for what counts, NULL for everything else. */
async function deviationOverNothing(
  backend: DataAPIBackend,
  probes: readonly Probe[],
): Promise<ParityDeviation | null> {
  const requestOf = (asked: readonly OperatorName[]): AggregateRequest => ({
    table: TABLE,
    inputs: probes.flatMap(inputsOf),
    keys: [],
    filter: { kind: 'literal', value: false, type: BOOL },
    states: probes.flatMap((probe) =>
      probe.operators.filter((each) => asked.includes(each)).flatMap((operator) => statesOf(probe, operator)),
    ),
  });
  const operators = [...new Set(probes.flatMap((probe) => probe.operators))];
  const answered = await answerOf(backend, requestOf, operators, 'all types, no rows');
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  for (const probe of probes) {
    for (const operator of probe.operators) {
      const wanted = OPERATORS[operator].empty === 'zero' ? 0 : null;
      const found = batch.rowCount === 1 ? valueAt(finished(batch, probe, operator), 0) : `${batch.rowCount} rows`;
      if (found !== wanted) {
        const input = `${probe.set.type.kind}, no rows`;
        return { operator, input, expected: String(wanted), found: String(found) };
      }
    }
  }
  return null;
}

/** What the operators give together; where the engine fails at that, the first that fails alone deviates. */
async function answerOf(
  backend: DataAPIBackend,
  requestOf: (operators: readonly OperatorName[]) => AggregateRequest,
  operators: readonly OperatorName[],
  input: string,
): Promise<{ readonly batch: Batch } | { readonly deviation: ParityDeviation }> {
  const request = requestOf(operators);
  try {
    return { batch: decodeAggregate(request, await backend.aggregate('parity', request)) };
  } catch (error) {
    const [first, ...others] = operators;
    if (first === undefined || !isFailure(error)) throw error;
    if (others.length === 0) {
      return { deviation: { operator: first, input, expected: 'an answer', found: error.message } };
    }
    for (const operator of operators) {
      const alone = await answerOf(backend, requestOf, [operator], input);
      if ('deviation' in alone) return alone;
    }
    throw error;
  }
}

/** Whether the engine could not compute what it was asked, rather than having been ended or not answering at all. */
function isFailure(error: unknown): error is BackendError {
  return (
    error instanceof BackendError && (error.fault.code === 'STATEMENT_FAILED' || error.fault.code === 'OUT_OF_RANGE')
  );
}

function inputsOf({ set, name }: Probe): AggregateRequest['inputs'] {
  const own = (column: string, type: LogicalType) => ({
    name: column,
    type,
    access: { column, columnType: type, steps: [] },
  });
  return [own(name('g'), TEXT), own(name('x'), set.type), own(name('y'), set.type)];
}

function statesOf({ set, name, operators }: Probe, operator: OperatorName): readonly StateRequest[] {
  const input = set.input(name('x'), name('y'));
  return OPERATORS[operator].states.map((state, i) => {
    const own = `${name('x')}o${operators.indexOf(operator)}s${i}`;
    return STATES[state].hasInput
      ? { name: own, state, input, inputType: input.type }
      : { name: own, state, input: null, inputType: null };
  });
}

function finished(batch: Batch, probe: Probe, operator: OperatorName): Column {
  const columns = statesOf(probe, operator).flatMap((state) =>
    STATES[state.state]
      .columns(state.inputType ?? INT64)
      .map(({ name }) => columnOf(batch, stateColumnName(state, name))),
  );
  const inputType = probe.set.inputType;
  const type = OPERATORS[operator].result(inputType);
  return finish({ name: operator, label: operator, operator, atoms: [], inputType, type }, columns);
}

/** Exact values bit for bit, doubles as answers agree; −0 is no value that an engine may give. */
function isEqual(found: Scalar | null, wanted: Scalar | null, { kind }: LogicalType, x: VectorInput): boolean {
  if (found === wanted) return !Object.is(found, -0);
  if (kind !== 'double' || typeof found !== 'number' || typeof wanted !== 'number') return false;
  const sumOfMagnitudes = x.reduce<number>((sum, value) => sum + Math.abs(Number(value ?? 0)), 0);
  return sameDouble(found, wanted, sumOfMagnitudes);
}

function printed(values: VectorInput, type: LogicalType): string {
  const quoted = (value: Scalar | null) =>
    type.kind === 'text' && value !== null ? `'${value}'` : printScalar(value, type);
  return `[${values.map(quoted).join(', ')}]`;
}

/** All sets side by side in one table; where one has no more rows, its columns are NULL. */
function loadRequest(probes: readonly Probe[]): LoadRequest {
  const rowCount = Math.max(...probes.map(({ set }) => set.groups.reduce((rows, { x }) => rows + x.length, 0)));
  const filled = <Value>(values: readonly Value[]): readonly (Value | null)[] => [
    ...values,
    ...Array<null>(rowCount - values.length).fill(null),
  ];
  const fields: readonly Field[] = probes.flatMap(({ set: { type, groups }, name }) => [
    { name: name('g'), column: columnFrom(TEXT, filled(groups.flatMap((group) => group.x.map(() => group.name)))) },
    { name: name('x'), column: columnFrom(type, filled(groups.flatMap(({ x }) => x))) },
    { name: name('y'), column: columnFrom(type, filled(groups.flatMap(({ x, y }) => y ?? x.map(() => null)))) },
  ]);
  return {
    table: TABLE,
    columns: fields.map(({ name, column }) => ({ name, type: column.type })),
    ipc: encodeBatch({ rowCount, fields }),
    rowCount,
  };
}

function columnFrom(type: LogicalType, values: VectorInput): Column {
  if (type.kind === 'text') {
    const texts = new TextColumnBuilder();
    for (const value of values) texts.push(value === null ? null : String(value));
    return texts.column();
  }
  const valid = Uint8Array.from(values, (value) => (value === null ? 0 : 1));
  return values.some((value) => typeof value === 'bigint')
    ? { form: 'bigint', type, values: values.map((value) => BigInt(value ?? 0)), valid }
    : { form: 'number', type, values: Float64Array.from(values, (value) => Number(value ?? 0)), valid };
}
