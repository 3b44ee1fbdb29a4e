import type { CalendarLevel } from '../../columns/calendar.ts';
import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { Dialect, Integers } from '../sql/dialect.ts';
import { identifier, textLiteral } from '../sql/quoting.ts';

/**
 * The SQL of SQLite with the functions of `functions.ts`. Text compares by its UTF-8 bytes, which is code-point order. Dates
 * are day numbers and truth is 0 or 1, both in INTEGER columns. The wide form of an integer is its decimal text.
 */
export const SQLITE_DIALECT: Dialect = {
  name: 'sqlite',
  identifier,
  literal,
  text: (sql) => sql,
  wide: {
    of: (sql) => `CAST(${sql} AS TEXT)`,
    literal: (value) => `'${value}'`,
    rescale: (sql, digits) => `exact_multiply(${sql}, '${10n ** BigInt(digits)}')`,
    arithmetic: (operator, left, right) => `${WIDE_ARITHMETIC[operator]}(${left}, ${right})`,
    negate: (sql) => `exact_subtract('0', ${sql})`,
    compare: (operator, left, right) => `(exact_compare(${left}, ${right}) ${operator} 0)`,
    floor: (sql, digits) => `exact_floor(${sql}, ${digits})`,
    modulo: (left, right) => `exact_modulo(${left}, ${right})`,
    toDouble: (sql, digits) => `exact_to_double(${sql}, ${digits})`,
  },
  rescale: (sql, digits) => `(${sql} * ${10n ** BigInt(digits)})`,
  arithmetic: (operator, left, right) => `(${left} ${operator} ${right})`,
  negate: (sql) => `(- ${sql})`,
  // Division cuts towards 0; a comparison is 1 or 0.
  floor: (sql, digits) => `(${sql} / ${10n ** BigInt(digits)} - (${sql} % ${10n ** BigInt(digits)} < 0))`,
  modulo: (left, right) => `(${left} % ${right})`,
  real: {
    FLOOR: (x) => `real_floor(${x})`,
    SQRT: (x) => `real_sqrt(${x})`,
    EXP: (x) => `real_exp(${x})`,
    LN: (x) => `real_ln(${x})`,
    LOG10: (x) => `real_log10(${x})`,
    POWER: (x, y) => `real_power(${x}, ${y})`,
  },
  toDouble: (sql, digits) => (digits === 0 ? `CAST(${sql} AS REAL)` : `(CAST(${sql} AS REAL) / 1e${digits})`),
  finite,
  periodStart,
  aggregate: {
    sum: (input, { each, total }) => {
      // SQLite's own sum of integers raises an error where a sum on the way passes 64 bits.
      if (each === 'wide') return [`exact_sum(${input})`];
      return [total === 'beyond' ? `exact_sum(CAST(${input} AS TEXT))` : `sum(${input})`];
    },
    count: (input) => [`count(${input})`],
    rows: () => ['count(*)'],
    min: (input, { each }) => [`${each === 'wide' ? 'exact_min' : 'min'}(${input})`],
    max: (input, { each }) => [`${each === 'wide' ? 'exact_max' : 'max'}(${input})`],
    median: (input, { each }) => {
      const middles = `middles(${each === 'int64' ? `CAST(${input} AS TEXT)` : input})`;
      return [`low_middle(${middles})`, `high_middle(${middles})`];
    },
    distinct: (input) => [`count(DISTINCT ${input})`],
  },
  merge: {
    add: (state, integers) => `${isText(integers) ? 'exact_sum' : 'sum'}(${state})`,
    min: (state, { each }) => `${each === 'wide' ? 'exact_min' : 'min'}(${state})`,
    max: (state, { each }) => `${each === 'wide' ? 'exact_max' : 'max'}(${state})`,
  },
  result: (sql, type, empty, isSafe) => {
    if (empty === 'zero') return `coalesce(${sql}, 0)`;
    return type.kind === 'double' ? finite(sql) : exact(sql, type, isSafe);
  },
  pairs,
  isAmong: (sql, values, type, isWide) => {
    const members = values.map((value) => (isWide ? wideLiteral(value) : literal(value, type)));
    return `(${sql} IN (${members.join(', ')}))`;
  },
  key: exact,
  code: (sql) => {
    throw new RangeError(`SQLite holds no text in a coded form: ${sql}`);
  },
};

const WIDE_ARITHMETIC = { '+': 'exact_add', '-': 'exact_subtract', '*': 'exact_multiply' } as const;

const MAX_DOUBLE = Number.MAX_VALUE;

/** SQLite's type for a column as it is loaded. */
export function storedType(type: LogicalType): 'TEXT' | 'INTEGER' | 'REAL' {
  switch (type.kind) {
    case 'text':
      return 'TEXT';
    case 'double':
      return 'REAL';
    case 'int64':
    case 'decimal':
    case 'bool':
    case 'date':
      return 'INTEGER';
  }
}

/** Whether sums of such integers are texts. */
function isText({ each, total }: Integers): boolean {
  return each === 'wide' || total === 'beyond';
}

/** Results are read as doubles: exact numbers that one may not hold leave as their text. */
function exact(sql: string, type: LogicalType, isSafe: boolean): string {
  return isSafe || exactDigits(type) === undefined ? sql : `CAST(${sql} AS TEXT)`;
}

/**
 * SQLite indexes what it joins only where it is a table of its own, which the grouping makes of it, and compares in the
 * column's own affinity, which a listed value has not: without the index every row would read the whole list.
 */
function pairs(of: ReadonlyMap<Scalar, Scalar>, child: LogicalType, parent: LogicalType, isWide: boolean): string {
  const rows = [...of].map(([from, to]) => {
    return `(${literal(from, child)}, ${isWide ? wideLiteral(to) : literal(to, parent)})`;
  });
  const list = `WITH "v"("child", "parent") AS (VALUES ${rows.join(', ')})`;
  return `${list} SELECT CAST("child" AS ${storedType(child)}) AS "child", min("parent") AS "parent" FROM "v" GROUP BY 1`;
}

function wideLiteral(value: Scalar): string {
  return `'${BigInt(value)}'`;
}

function literal(value: Scalar | null, type: LogicalType): string {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'text':
      if (typeof value === 'string') return textLiteral(value, 'char(0)');
      break;
    case 'int64':
    case 'decimal':
    case 'date':
      if (typeof value === 'bigint' || Number.isInteger(value)) return BigInt(value).toString();
      break;
    case 'double':
      if (typeof value === 'number') return Number.isFinite(value) ? double(value + 0) : 'NULL';
      break;
    case 'bool':
      if (typeof value === 'boolean') return value ? '1' : '0';
      break;
  }
  throw new RangeError(`literal: ${String(value)} (${typeof value}) is no value of type ${type.kind}`);
}

/** A number that SQLite takes for a double and not for an integer. */
function double(value: number): string {
  const digits = String(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** Day numbers: ISO weeks begin three days after a multiple of seven. */
function periodStart(sql: string, level: CalendarLevel): string {
  if (level === 'day') return sql;
  return level === 'week'
    ? `(${sql} - (((${sql} + 3) % 7) + 7) % 7)`
    : `CAST(period_start(${sql}, '${level}') AS INTEGER)`;
}

function finite(sql: string): string {
  // Adding 0 turns −0 into 0.
  return `CASE WHEN abs(${sql}) <= ${MAX_DOUBLE} THEN ${sql} + 0.0 END`;
}
