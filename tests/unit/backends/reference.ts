import type { CalendarLevel } from '../../../src/columns/calendar.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { AggregateRequest, StateRequest } from '../../../src/protocol/request.ts';
import type { Access } from '../../../src/resolution/access.ts';
import type { Row } from './requests.ts';
import type { PlainTable } from './tables.ts';

/**
 * What a request means, in plain loops over plain rows, with no thought for speed and none of the code under test: each
 * row's values, then its filter, then its group, then its states. Exact numbers are bigints of units.
 */
export function evaluate(tables: Readonly<Record<string, PlainTable>>, request: AggregateRequest): readonly Row[] {
  const table = tables[request.table] ?? {};
  const rowCount = Object.values(table)[0]?.values.length ?? 0;
  const groups = new Map<string, { key: Row; rows: number[] }>();
  if (request.keys.length + request.values.length === 0) groups.set('[]', { key: [], rows: [] });
  const valueAt = (name: string, row: number) => {
    const input = request.inputs.find((each) => each.name === name);
    if (input === undefined) throw new Error(`reference: no input ${name}`);
    return follow(tables, table, input.access, row);
  };
  for (let row = 0; row < rowCount; row++) {
    if (request.filter !== null && meaning(request.filter, (name) => valueAt(name, row)) !== true) continue;
    const key = [
      ...request.keys.map((name) => valueAt(name, row)),
      ...request.values.map(({ expression }) => whole(meaning(expression, (name) => valueAt(name, row)))),
    ];
    const id = JSON.stringify(key.map((value) => (typeof value === 'bigint' ? `${value}n` : value)));
    const group = groups.get(id) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ key, rows }) => [
    ...key.map(plain),
    ...request.states.flatMap((state) => stateOf(state, rows, valueAt)),
  ]);
}

type Value = string | number | bigint | boolean | null;

function follow(tables: Readonly<Record<string, PlainTable>>, table: PlainTable, access: Access, row: number): Value {
  const own = table[access.column];
  let value: Value = exact(own?.values[row] ?? null, access.columnType.kind);
  for (const step of access.steps) {
    if (value === null) return null;
    if (step.kind === 'calendar') {
      value = periodStart(Number(value), step.to);
      continue;
    }
    const source = tables[step.source] ?? {};
    const children = source[step.childColumn]?.values ?? [];
    const at = children.findIndex((child) => child !== null && exact(child, step.childType.kind) === value);
    value = at < 0 ? null : exact(source[step.parentColumn]?.values[at] ?? null, step.type.kind);
  }
  return value;
}

function exact(value: Scalar | null, kind: string): Value {
  return (kind === 'int64' || kind === 'decimal') && value !== null ? BigInt(value) : value;
}

/** −0 is 0. */
function whole(value: Value): Value {
  return typeof value === 'number' ? value + 0 : value;
}

/** Back to the one form of an integer: a number while it is safe. */
function plain(value: Value): Scalar | null {
  if (typeof value !== 'bigint') return value;
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** By the platform's calendar. */
function periodStart(days: number, level: CalendarLevel): number {
  const date = new Date(days * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const first = (m: number) => Date.UTC(year, m, 1) / 86_400_000;
  switch (level) {
    case 'day':
      return days;
    case 'week':
      return days - ((date.getUTCDay() + 6) % 7);
    case 'month':
      return first(month);
    case 'quarter':
      return first(month - (month % 3));
    case 'year':
      return first(0);
  }
}

function digitsOf(expression: Expression): number {
  return expression.type.kind === 'decimal' ? expression.type.digits : 0;
}

function isExact(expression: Expression): boolean {
  return expression.type.kind === 'int64' || expression.type.kind === 'decimal';
}

function toDouble(value: bigint, digits: number): number {
  return Number(value) / 10 ** digits;
}

function double(value: Value, expression: Expression): number {
  return typeof value === 'bigint' ? toDouble(value, digitsOf(expression)) : Number(value);
}

function meaning(expression: Expression, column: (name: string) => Value): Value {
  switch (expression.kind) {
    case 'column':
      return column(expression.name);
    case 'literal':
      return exact(expression.value, expression.type.kind);
    case 'negate': {
      const value = meaning(expression.operand, column);
      return value === null ? null : typeof value === 'bigint' ? -value : -Number(value);
    }
    case 'arithmetic': {
      const { operator, left, right } = expression;
      const a = meaning(left, column);
      const b = meaning(right, column);
      if (a === null || b === null) return null;
      if (operator !== '/' && typeof a === 'bigint' && typeof b === 'bigint') {
        if (operator === '*') return a * b;
        const digits = Math.max(digitsOf(left), digitsOf(right));
        const [x, y] = [a * 10n ** BigInt(digits - digitsOf(left)), b * 10n ** BigInt(digits - digitsOf(right))];
        return operator === '+' ? x + y : x - y;
      }
      const [x, y] = [double(a, left), double(b, right)];
      const result = operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : x / y;
      return Number.isFinite(result) ? result : null;
    }
    case 'compare': {
      const { left, right, operator } = expression;
      const a = meaning(left, column);
      const b = meaning(right, column);
      if (a === null || b === null) return null;
      const order = comparison(a, left, b, right);
      switch (operator) {
        case '=':
          return order === 0;
        case '<>':
          return order !== 0;
        case '<':
          return order < 0;
        case '<=':
          return order <= 0;
        case '>':
          return order > 0;
        case '>=':
          return order >= 0;
      }
      break;
    }
    case 'and': {
      const values = expression.operands.map((operand) => meaning(operand, column));
      return values.includes(false) ? false : values.includes(null) ? null : true;
    }
    case 'or': {
      const values = expression.operands.map((operand) => meaning(operand, column));
      return values.includes(true) ? true : values.includes(null) ? null : false;
    }
    case 'not': {
      const value = meaning(expression.operand, column);
      return value === null ? null : !value;
    }
    case 'isNull':
      return meaning(expression.operand, column) === null;
    case 'in': {
      const value = meaning(expression.operand, column);
      if (value === null) return null;
      return expression.values.some((each) => exact(each, expression.operand.type.kind) === value);
    }
    case 'case': {
      const branch = expression.branches.find(({ when }) => meaning(when, column) === true);
      const value = branch === undefined ? expression.otherwise : branch.then;
      return value === null ? null : broughtTo(expression, meaning(value, column), value);
    }
    case 'call':
      return called(expression, column);
    case 'map': {
      const value = meaning(expression.operand, column);
      const entry = expression.entries.find(({ from }) => exact(from, expression.operand.type.kind) === value);
      return entry === undefined ? null : exact(entry.to, expression.type.kind);
    }
  }
}

/** A value at the digits, or as the double, that the type has. */
function broughtTo(target: Expression, value: Value, from: Expression): Value {
  if (value === null) return null;
  if (isExact(target) && typeof value === 'bigint') return value * 10n ** BigInt(digitsOf(target) - digitsOf(from));
  return target.type.kind === 'double' ? double(value, from) : value;
}

function called(
  { function: name, args }: Extract<Expression, { kind: 'call' }>,
  column: (name: string) => Value,
): Value {
  const [x, y] = args.map((argument) => meaning(argument, column));
  const [left, right] = args;
  if (left === undefined || x === undefined || x === null || y === null) return null;
  if (name === 'MOD') {
    if (right === undefined || typeof x !== 'bigint' || typeof y !== 'bigint' || y === 0n) return null;
    const digits = Math.max(digitsOf(left), digitsOf(right));
    return (x * 10n ** BigInt(digits - digitsOf(left))) % (y * 10n ** BigInt(digits - digitsOf(right)));
  }
  if (name === 'FLOOR' && typeof x === 'bigint') {
    const unit = 10n ** BigInt(digitsOf(left));
    // Counted up from the remainder that is not negative.
    return (x - (((x % unit) + unit) % unit)) / unit;
  }
  const [a, b] = [double(x, left), right === undefined || y === undefined ? Number.NaN : double(y, right)];
  const result = real(name, a, b);
  return Number.isFinite(result) ? result : null;
}

function real(name: string, a: number, b: number): number {
  switch (name) {
    case 'FLOOR':
      return Math.floor(a);
    case 'SQRT':
      return a ** 0.5;
    case 'EXP':
      return Math.E ** a;
    case 'LN':
      return Math.log2(a) / Math.log2(Math.E);
    case 'LOG10':
      return Math.log2(a) / Math.log2(10);
    case 'POWER':
      return a ** b;
    default:
      throw new Error(`reference: no function ${name} of numbers`);
  }
}

function comparison(a: Value, left: Expression, b: Value, right: Expression): number {
  if (typeof a === 'bigint' && typeof b === 'bigint' && isExact(left) && isExact(right)) {
    const digits = Math.max(digitsOf(left), digitsOf(right));
    return order(a * 10n ** BigInt(digits - digitsOf(left)), b * 10n ** BigInt(digits - digitsOf(right)));
  }
  if (typeof a === 'string' || typeof a === 'boolean' || left.type.kind === 'date') return order(a, b);
  return order(double(a, left), double(b, right));
}

/** Text by code points, one after another. */
function order(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [[...a], [...b]].map((each) => each.map((character) => character.codePointAt(0) ?? 0));
    for (let i = 0; i < Math.min(x?.length ?? 0, y?.length ?? 0); i++) {
      const difference = (x?.[i] ?? 0) - (y?.[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return (x?.length ?? 0) - (y?.length ?? 0);
  }
  if (a === b) return 0;
  return (a ?? 0) < (b ?? 0) ? -1 : 1;
}

function stateOf(
  { state, input }: StateRequest,
  rows: readonly number[],
  valueAt: (name: string, row: number) => Value,
): readonly (Scalar | null)[] {
  const values: (string | number | bigint | boolean)[] = [];
  for (const row of rows) {
    const value = input === null ? null : meaning(input, (name) => valueAt(name, row));
    // + 0: −0 is 0.
    if (value !== null) values.push(typeof value === 'number' ? value + 0 : value);
  }
  const ascending = () => [...values].sort(order);
  const at = (index: number) => plain(ascending()[index] ?? null);
  switch (state) {
    case 'rows':
      return [rows.length];
    case 'count':
      return [values.length];
    case 'distinct':
      return [new Set(values).size];
    case 'min':
      return [at(0)];
    case 'max':
      return [at(values.length - 1)];
    case 'median':
      return [at(Math.ceil(values.length / 2) - 1), at(Math.floor(values.length / 2))];
    case 'sum':
      return [sumOf(values)];
    case 'coordinates':
      return [];
  }
}

function sumOf(values: readonly Value[]): Scalar | null {
  if (values.length === 0) return null;
  if (typeof values[0] === 'bigint') return plain(values.reduce((sum: bigint, value) => sum + BigInt(value ?? 0), 0n));
  const sum = values.reduce((total: number, value) => total + Number(value), 0);
  return Number.isFinite(sum) ? sum : null;
}
