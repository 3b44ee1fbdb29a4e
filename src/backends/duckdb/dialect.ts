import { type CalendarLevel, printDay } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { Dialect } from '../sql/dialect.ts';
import { identifier, textLiteral } from '../sql/quoting.ts';

/** Day numbers of 0001-01-01 and 9999-12-31: dates whose ISO form DuckDB reads. */
const FIRST_ISO_DAY = -719_162;
const LAST_ISO_DAY = 2_932_896;
/** A list of more values is joined: DuckDB compares a value with each of a list that it pushes into a scan. */
const FEW_VALUES = 8;
/** What may stand between the values of a list: the first that none of them holds. */
const SEPARATORS = ['|', ',', ';', '\t', '\u001f'];
const MAX_INT64 = 9_223_372_036_854_775_807n;
const MIN_INT64 = -9_223_372_036_854_775_808n;

/**
 * The SQL of DuckDB 1.4 without any extension. Text compares by its UTF-8 bytes, which is code-point order; text columns
 * may be stored as ENUM, whose positions are in that order too. HUGEINT arithmetic raises an error where it would wrap.
 */
export const DUCKDB_DIALECT: Dialect = {
  name: 'duckdb',
  identifier,
  literal,
  text: (sql) => `CAST(${sql} AS VARCHAR)`,
  wide: {
    of: (sql) => `CAST(${sql} AS HUGEINT)`,
    literal: integer,
    rescale,
    arithmetic: (operator, left, right) => `(${left} ${operator} ${right})`,
    negate: (sql) => `(- ${sql})`,
    compare: (operator, left, right) => `(${left} ${operator} ${right})`,
    floor,
    modulo: (left, right) => `(${left} % ${right})`,
    toDouble,
  },
  rescale,
  arithmetic: (operator, left, right) => `(${left} ${operator} ${right})`,
  negate: (sql) => `(- ${sql})`,
  floor,
  modulo: (left, right) => `(${left} % ${right})`,
  // Outside their domain DuckDB's own raise errors.
  real: {
    FLOOR: (x) => `floor(${x})`,
    SQRT: (x) => `sqrt(CASE WHEN ${x} >= 0 THEN ${x} END)`,
    EXP: (x) => finite(`exp(${x})`),
    LN: (x) => `ln(CASE WHEN ${x} > 0 THEN ${x} END)`,
    LOG10: (x) => `log10(CASE WHEN ${x} > 0 THEN ${x} END)`,
    POWER: (x, y) => finite(`pow(${x}, ${y})`),
  },
  toDouble,
  finite,
  periodStart,
  aggregate: {
    sum: (input) => [`sum(${input})`],
    count: (input) => [`count(${input})`],
    rows: () => ['count(*)'],
    min: (input) => [`min(${input})`],
    max: (input) => [`max(${input})`],
    // The discrete quantile at ½ is the lower middle; just past ½ it is the upper one (exact below 5 × 10⁸ values).
    median: (input) => [
      `quantile_disc(${input}, [0.5, 0.500000001])[1]`,
      `quantile_disc(${input}, [0.5, 0.500000001])[2]`,
    ],
    distinct: (input) => [`count(DISTINCT ${input})`],
  },
  merge: {
    add: (state) => `sum(${state})`,
    min: (state) => `min(${state})`,
    max: (state) => `max(${state})`,
  },
  result: (sql, type, empty) => {
    if (empty === 'zero') return `CAST(coalesce(${sql}, 0) AS BIGINT)`;
    if (type.kind === 'double') return finite(sql);
    return type.kind === 'text' ? `CAST(${sql} AS VARCHAR)` : sql;
  },
  pairs: (of, child, parent, isWide) =>
    `SELECT ${listed([...of.keys()], child, false)} AS "child", ${listed([...of.values()], parent, isWide)} AS "parent"`,
  isAmong: (sql, values, type, isWide) => {
    if (values.length > FEW_VALUES) return `(${sql} IN (SELECT ${listed(values, type, isWide)}))`;
    return `(${sql} IN (${values.map((value) => literal(value, type)).join(', ')}))`;
  },
  key: (sql, type) => (type.kind === 'text' ? `CAST(${sql} AS VARCHAR)` : sql),
  code: (sql) => `enum_code(${sql})`,
};

/** DuckDB's type for a column as it is loaded; text may be held as an ENUM instead. */
export function storedType(type: LogicalType): string {
  switch (type.kind) {
    case 'text':
      return 'VARCHAR';
    case 'int64':
    case 'decimal':
      return 'BIGINT';
    case 'double':
      return 'DOUBLE';
    case 'bool':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
  }
}

/**
 * Values as rows. They stand in one text that is split: DuckDB takes some fifty microseconds to read a value of a VALUES
 * list, and less than one to split it off.
 */
function listed(values: readonly Scalar[], type: LogicalType, isWide: boolean): string {
  const texts = values.map((value) => listedText(value, type));
  const separator = separatorOf(texts);
  const rows = `unnest(string_split(${textLiteral(texts.join(separator), 'chr(0)')}, ${textLiteral(separator, 'chr(0)')}))`;
  switch (type.kind) {
    case 'text':
      return rows;
    case 'date':
      return `CAST('1970-01-01' AS DATE) + CAST(${rows} AS INTEGER)`;
    default:
      return `CAST(${rows} AS ${isWide ? 'HUGEINT' : storedType(type)})`;
  }
}

/** A value as its type reads it from text; a date is its day number. */
function listedText(value: Scalar, type: LogicalType): string {
  if (typeof value === 'string' && type.kind !== 'text') {
    throw new RangeError(`literal: ${value} (string) is no value of type ${type.kind}`);
  }
  return String(typeof value === 'number' ? value + 0 : value);
}

function separatorOf(texts: readonly string[]): string {
  const isFree = (separator: string) => !texts.some((text) => text.includes(separator));
  const plain = SEPARATORS.find(isFree);
  if (plain !== undefined) return plain;
  // Private use: a text that holds every one of them is longer than a statement may be.
  for (let point = 0xe000; point < 0xf8ff; point++)
    if (isFree(String.fromCharCode(point))) return String.fromCharCode(point);
  return '\uf8ff';
}

function literal(value: Scalar | null, type: LogicalType): string {
  if (value === null) return `CAST(NULL AS ${storedType(type)})`;
  switch (type.kind) {
    case 'text':
      if (typeof value === 'string') return textLiteral(value, 'chr(0)');
      break;
    case 'int64':
    case 'decimal':
      if (typeof value === 'bigint' || Number.isInteger(value)) return integer(BigInt(value));
      break;
    case 'double':
      if (typeof value === 'number')
        return Number.isFinite(value) ? `CAST('${value + 0}' AS DOUBLE)` : literal(null, type);
      break;
    case 'bool':
      if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
      break;
    case 'date':
      if (typeof value === 'number' && Number.isInteger(value)) return date(value);
      break;
  }
  throw new RangeError(`literal: ${String(value)} (${typeof value}) is no value of type ${type.kind}`);
}

function rescale(sql: string, digits: number): string {
  return `(${sql} * ${integer(10n ** BigInt(digits))})`;
}

/** `//` cuts towards 0. */
function floor(sql: string, digits: number): string {
  const unit = integer(10n ** BigInt(digits));
  return `(${sql} // ${unit} - CASE WHEN ${sql} % ${unit} < 0 THEN 1 ELSE 0 END)`;
}

function toDouble(sql: string, digits: number): string {
  return digits === 0 ? `CAST(${sql} AS DOUBLE)` : `(CAST(${sql} AS DOUBLE) / CAST('1e${digits}' AS DOUBLE))`;
}

function integer(value: bigint): string {
  const type = value >= MIN_INT64 && value <= MAX_INT64 ? 'BIGINT' : 'HUGEINT';
  return `CAST(${value} AS ${type})`;
}

function date(days: number): string {
  return days >= FIRST_ISO_DAY && days <= LAST_ISO_DAY
    ? `CAST('${printDay(days)}' AS DATE)`
    : `(CAST('1970-01-01' AS DATE) + CAST(${days} AS INTEGER))`;
}

/** By arithmetic: in DuckDB 1.4.3 `date_trunc` of a NULL date is grouped and counted as a date. */
function periodStart(sql: string, level: CalendarLevel): string {
  switch (level) {
    case 'day':
      return sql;
    case 'week':
      return `(${sql} - CAST(isodow(${sql}) - 1 AS INTEGER))`;
    case 'month':
      return `(${sql} - CAST(dayofmonth(${sql}) - 1 AS INTEGER))`;
    case 'quarter':
      return `make_date(year(${sql}), 3 * quarter(${sql}) - 2, 1)`;
    case 'year':
      return `(${sql} - CAST(dayofyear(${sql}) - 1 AS INTEGER))`;
  }
}

function finite(sql: string): string {
  // Adding 0 turns −0 into 0.
  return `CASE WHEN isfinite(${sql}) THEN ${sql} + CAST('0' AS DOUBLE) END`;
}
