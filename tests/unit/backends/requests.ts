import type { CalendarLevel } from '../../../src/columns/calendar.ts';
import { columnOf, valueAt } from '../../../src/columns/column.ts';
import {
  BOOL,
  DOUBLE,
  decimal,
  exactDigits,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { arithmeticType } from '../../../src/operators/arithmetic.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import type { NumberFunction } from '../../../src/operators/functions.ts';
import type { BackendState } from '../../../src/operators/state.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { decodeAggregate } from '../../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../../src/protocol/request.ts';
import type { Input, Step } from '../../../src/resolution/access.ts';

/** Short constructors for requests, as tests write them. */

export function own(name: string, type: LogicalType, column = name): Input {
  return { name, type, access: { column, columnType: type, steps: [] } };
}

/** A value reached from another by one more step. */
export function reached(name: string, from: Input, step: Step): Input {
  const type = step.kind === 'lookup' ? step.type : period(step.to);
  return { name, type, access: { ...from.access, steps: [...from.access.steps, step] } };
}

export function lookup(source: string, childColumn: string, parentColumn: string, type = TEXT, childType = TEXT): Step {
  const edge = `${childColumn}→${parentColumn} via ${source}`;
  return { kind: 'lookup', edge, schema: source, source, childColumn, parentColumn, childType, type };
}

export function calendar(to: CalendarLevel, from: CalendarLevel = 'day'): Step {
  return { kind: 'calendar', edge: `${from}→${to}`, from, to };
}

export function column({ name, type }: Input): Expression {
  return { kind: 'column', name, type };
}

export function literal(value: Scalar | null, type: LogicalType): Expression {
  return { kind: 'literal', value, type };
}

export function compare(left: Expression, operator: ComparisonOperator, right: Expression): Expression {
  return { kind: 'compare', operator, left, right, type: BOOL };
}

export function arithmetic(left: Expression, operator: ArithmeticOperator, right: Expression): Expression {
  const type = arithmeticType(operator, left.type, right.type);
  if (type === undefined) throw new RangeError(`test: ${operator} is not typed here`);
  return { kind: 'arithmetic', operator, left, right, type };
}

export function and(...operands: Expression[]): Expression {
  return { kind: 'and', operands, type: BOOL };
}

export function or(...operands: Expression[]): Expression {
  return { kind: 'or', operands, type: BOOL };
}

export function not(operand: Expression): Expression {
  return { kind: 'not', operand, type: BOOL };
}

export function isNull(operand: Expression): Expression {
  return { kind: 'isNull', operand, type: BOOL };
}

export function isIn(operand: Expression, values: readonly Scalar[]): Expression {
  return { kind: 'in', operand, values, type: BOOL };
}

/** Of the type of the first value, if another is not given. */
export function cases(
  branches: readonly (readonly [when: Expression, then: Expression])[],
  otherwise: Expression | null = null,
  type: LogicalType | undefined = branches[0]?.[1].type,
): Expression {
  if (type === undefined) throw new RangeError('test: a CASE of no branches needs a type');
  return { kind: 'case', branches: branches.map(([when, then]) => ({ when, then })), otherwise, type };
}

/** A function of numbers; FLOOR and MOD of exact ones are exact. */
export function call(name: NumberFunction, ...args: readonly Expression[]): Expression {
  return { kind: 'call', function: name, args, type: callType(name, args) };
}

function callType(name: NumberFunction, args: readonly Expression[]): LogicalType {
  const digits = args.map(({ type }) => exactDigits(type));
  const isExact = digits.every((each) => each !== undefined);
  if (name === 'FLOOR' && isExact) return INT64;
  if (name !== 'MOD') return DOUBLE;
  if (!isExact) throw new RangeError('test: MOD is of exact numbers');
  return args.every(({ type }) => type.kind === 'int64')
    ? INT64
    : decimal(Math.max(...digits.map((each) => each ?? 0)));
}

/** A function of an input that is given by its table. */
export function map(
  { name, type }: Input,
  entries: readonly (readonly [from: Scalar | null, to: Scalar | null])[],
  to: LogicalType,
): Expression {
  const operand = { kind: 'column', name, type } as const;
  return { kind: 'map', operand, entries: entries.map(([from, value]) => ({ from, to: value })), type: to };
}

/** Values to group by, named `v0`, `v1` … by position. */
export function values(...expressions: readonly Expression[]): AggregateRequest['values'] {
  return expressions.map((expression, position) => ({ name: `v${position}`, expression }));
}

/** One state, named `s0`, `s1` … by position in `states`. */
export function states(...asked: readonly (readonly [BackendState, Expression | null])[]): readonly StateRequest[] {
  return asked.map(([state, input], position) => ({
    name: `s${position}`,
    state,
    input,
    inputType: input?.type ?? null,
  }));
}

export type Row = readonly (Scalar | null)[];

/** The rows of a decoded result, in an order of their own: by their printed keys. */
export function rowsOf(request: AggregateRequest, ipc: Uint8Array): readonly Row[] {
  const batch = decodeAggregate(request, { ipc });
  const columns = batch.fields.map(({ name }) => columnOf(batch, name));
  const rows = Array.from({ length: batch.rowCount }, (_, row) => columns.map((each) => valueAt(each, row)));
  return sorted(rows);
}

export function sorted(rows: readonly Row[]): readonly Row[] {
  const printed = (row: Row) => row.map((value) => `${typeof value} ${value}`).join('\0');
  return [...rows].sort((a, b) => (printed(a) < printed(b) ? -1 : 1));
}

/** Asks a backend and gives the rows. */
export async function ask(backend: DataAPIBackend, request: AggregateRequest): Promise<readonly Row[]> {
  const { ipc } = await backend.aggregate('test', request);
  return rowsOf(request, ipc);
}

/** A request with what is not said left empty. */
export function request(table: string, asked: Partial<AggregateRequest>): AggregateRequest {
  return { table, inputs: [], keys: [], values: [], filter: null, states: [], ...asked };
}

/** Day number of an ISO date, by the platform's calendar. */
export function day(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}
