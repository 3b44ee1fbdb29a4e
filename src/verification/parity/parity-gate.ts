import { encodeBatch } from '../../columns/arrow.ts';
import { type Batch, type Column, columnLength, columnOf, type Field, valueAt } from '../../columns/column.ts';
import { INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import { sameDouble } from '../../columns/tolerance.ts';
import { finish } from '../../compose/finish.ts';
import { OPERATORS, type OperatorName } from '../../operators/catalog.ts';
import type { Expression } from '../../operators/expression.ts';
import { STATES } from '../../operators/state.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import { decodeAggregate, stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../protocol/request.ts';
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
  const probed = new Set<OperatorName>();
  const report = (deviation: ParityDeviation | null): ParityReport => {
    const passed = deviation === null ? probed.size : [...probed].filter((each) => each !== deviation.operator).length;
    return { probed: passed, total: bound.length, deviation };
  };
  for (const set of vectors) {
    const operators = bound.filter((operator) => OPERATORS[operator].accepts.includes(set.input.type.kind));
    await backend.load(loadRequest(set));
    try {
      const deviation =
        (await deviationIn(backend, set, operators)) ?? (await deviationOverNothing(backend, set, operators));
      for (const operator of operators) probed.add(operator);
      if (deviation !== null) return report(deviation);
    } finally {
      await backend.drop(TABLE);
    }
  }
  const missing = bound.find((operator) => !probed.has(operator));
  // An operator without a vector has not passed.
  return report(
    missing === undefined ? null : { operator: missing, input: 'none', expected: 'a vector', found: 'none' },
  );
}

async function deviationIn(
  backend: DataAPIBackend,
  set: VectorSet,
  operators: readonly OperatorName[],
): Promise<ParityDeviation | null> {
  const request = requestOf(set, operators, ['g'], null);
  const batch = decodeAggregate(request, await backend.aggregate('parity', request));
  const groups = columnOf(batch, 'g');
  const rowOf = new Map(Array.from({ length: batch.rowCount }, (_, row) => [valueAt(groups, row), row]));
  if (rowOf.size !== set.groups.length) {
    const input = `groups of ${set.type.kind}`;
    return { operator: 'COUNT(*)', input, expected: `${set.groups.length}`, found: `${rowOf.size}` };
  }
  for (const [place, operator] of operators.entries()) {
    const values = finished(batch, set, operator, place);
    for (const { name, x, y, expected } of set.groups) {
      const wanted = expected[operator];
      if (wanted === undefined) continue;
      const found = valueAt(values, rowOf.get(name) ?? -1);
      if (isEqual(found, wanted, values.type, x)) continue;
      const input = `${set.type.kind}, ${name}: ${printed(x)}${y === undefined ? '' : ` ÷ ${printed(y)}`}`;
      return { operator, input, expected: String(wanted), found: Object.is(found, -0) ? '-0' : String(found) };
    }
  }
  return null;
}

/** Over no rows there is one answer: 0 for what counts, NULL for everything else. */
async function deviationOverNothing(
  backend: DataAPIBackend,
  set: VectorSet,
  operators: readonly OperatorName[],
): Promise<ParityDeviation | null> {
  const none: Expression = {
    kind: 'compare',
    operator: '=',
    left: { kind: 'column', name: 'g', type: TEXT },
    right: { kind: 'literal', value: 'no such group', type: TEXT },
    type: { kind: 'bool' },
  };
  const request = requestOf(set, operators, [], none);
  const batch = decodeAggregate(request, await backend.aggregate('parity', request));
  for (const [place, operator] of operators.entries()) {
    const wanted = OPERATORS[operator].empty === 'zero' ? 0 : null;
    const found = batch.rowCount === 1 ? valueAt(finished(batch, set, operator, place), 0) : `${batch.rowCount} rows`;
    if (found !== wanted) {
      return { operator, input: `${set.type.kind}, no rows`, expected: String(wanted), found: String(found) };
    }
  }
  return null;
}

function requestOf(
  { type, input }: VectorSet,
  operators: readonly OperatorName[],
  keys: readonly string[],
  filter: Expression | null,
): AggregateRequest {
  const own = (name: string, columnType: LogicalType) => ({
    name,
    type: columnType,
    access: { column: name, columnType, steps: [] },
  });
  return {
    table: TABLE,
    inputs: [own('g', TEXT), own('x', type), own('y', type)],
    keys,
    filter,
    states: operators.flatMap((operator, place) => statesOf(operator, place, input)),
  };
}

function statesOf(operator: OperatorName, place: number, input: Expression): readonly StateRequest[] {
  return OPERATORS[operator].states.map((state, i) => {
    const name = `o${place}s${i}`;
    return STATES[state].hasInput
      ? { name, state, input, inputType: input.type }
      : { name, state, input: null, inputType: null };
  });
}

function finished(batch: Batch, { input }: VectorSet, operator: OperatorName, place: number): Column {
  const columns = statesOf(operator, place, input).flatMap((state) =>
    STATES[state.state]
      .columns(state.inputType ?? INT64)
      .map(({ name }) => columnOf(batch, stateColumnName(state, name))),
  );
  const type = OPERATORS[operator].result(input.type);
  return finish({ name: operator, label: operator, operator, atoms: [], inputType: input.type, type }, columns);
}

/** Exact values bit for bit, doubles as answers agree; −0 is no value that an engine may give. */
function isEqual(found: Scalar | null, wanted: Scalar | null, { kind }: LogicalType, x: VectorInput): boolean {
  if (found === wanted) return !Object.is(found, -0);
  if (kind !== 'double' || typeof found !== 'number' || typeof wanted !== 'number') return false;
  const sumOfMagnitudes = x.reduce<number>((sum, value) => sum + Math.abs(Number(value ?? 0)), 0);
  return sameDouble(found, wanted, sumOfMagnitudes);
}

function printed(values: VectorInput): string {
  const texts = values.map((value) =>
    value === null ? 'NULL' : typeof value === 'string' ? `'${value}'` : `${value}`,
  );
  return `[${texts.join(', ')}]`;
}

function loadRequest({ type, groups }: VectorSet) {
  const names = new TextColumnBuilder();
  for (const { name, x } of groups) for (const _ of x) names.push(name);
  const x = groups.flatMap((group) => group.x);
  const zero: Scalar | null = type.kind === 'text' || type.kind === 'bool' ? null : 0;
  const y = groups.flatMap((group) => group.y ?? group.x.map(() => zero));
  const fields: readonly Field[] = [
    { name: 'g', column: names.column() },
    { name: 'x', column: columnFrom(type, x) },
    { name: 'y', column: columnFrom(type, y) },
  ];
  return {
    table: TABLE,
    columns: fields.map(({ name, column }) => ({ name, type: column.type })),
    ipc: encodeBatch({ rowCount: columnLength(names.column()), fields }),
    rowCount: x.length,
  };
}

function columnFrom(type: LogicalType, values: readonly (Scalar | null)[]): Column {
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
