import type { CalendarLevel } from '../../../src/columns/calendar.ts';
import { columnOf, valueAt } from '../../../src/columns/column.ts';
import { BOOL, type LogicalType, period, TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { arithmeticType } from '../../../src/operators/arithmetic.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import type { StateName } from '../../../src/operators/state.ts';
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

/** One state, named `s0`, `s1` … by position in `states`. */
export function states(...asked: readonly (readonly [StateName, Expression | null])[]): readonly StateRequest[] {
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
  return { table, inputs: [], keys: [], filter: null, states: [], ...asked };
}

/** Day number of an ISO date, by the platform's calendar. */
export function day(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}
