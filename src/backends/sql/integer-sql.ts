import { larger, smaller } from '../magnitudes.ts';
import type { Dialect } from './dialect.ts';

/** An exact number in SQL: its form, and an upper bound on its magnitude. */
export interface IntegerSql {
  readonly sql: string;
  readonly isWide: boolean;
  readonly bound: bigint;
  /** The number itself, where it is a literal. */
  readonly literal?: bigint;
}

/** No column of exact numbers passes it in magnitude. */
export const INT64_BOUND = 2n ** 63n;

/** Whether magnitudes up to the bound fit 64 bits, whatever their sign. */
export function fits(bound: bigint): boolean {
  return bound < INT64_BOUND;
}

/** `left operator right`: in 64 bits where the bounds prove that these hold it, else in the wide form. */
export function combined(operator: '+' | '-' | '*', left: IntegerSql, right: IntegerSql, dialect: Dialect): IntegerSql {
  const bound = operator === '*' ? left.bound * right.bound : left.bound + right.bound;
  if (fits(bound) && !left.isWide && !right.isWide) {
    return { sql: dialect.arithmetic(operator, left.sql, right.sql), isWide: false, bound };
  }
  const sql = dialect.wide.arithmetic(operator, wideSql(left, dialect), wideSql(right, dialect));
  return { sql, isWide: true, bound };
}

/** × 10^digits, digits ≥ 0. */
export function rescaled(integer: IntegerSql, digits: number, dialect: Dialect): IntegerSql {
  if (digits === 0) return integer;
  const bound = integer.bound * 10n ** BigInt(digits);
  if (fits(bound) && !integer.isWide) return { sql: dialect.rescale(integer.sql, digits), isWide: false, bound };
  return { sql: dialect.wide.rescale(wideSql(integer, dialect), digits), isWide: true, bound };
}

/** The largest integer ≤ 10^−digits units, digits ≥ 0. */
export function floored(integer: IntegerSql, digits: number, dialect: Dialect): IntegerSql {
  if (digits === 0) return integer;
  const bound = integer.bound / 10n ** BigInt(digits) + 1n;
  return integer.isWide
    ? { sql: dialect.wide.floor(integer.sql, digits), isWide: true, bound }
    : { sql: dialect.floor(integer.sql, digits), isWide: false, bound };
}

/** What remains of the dividend, with its sign; NULL where the divisor is 0. */
export function remainder(dividend: IntegerSql, divisor: IntegerSql, dialect: Dialect): IntegerSql {
  const bound = smaller(dividend.bound, divisor.bound);
  // −2^63 is divided by −1 in the wide form: in 64 bits an engine may refuse it.
  if (fits(dividend.bound) && !dividend.isWide && !divisor.isWide) {
    return { sql: dialect.modulo(dividend.sql, divisor.sql), isWide: false, bound };
  }
  return { sql: dialect.wide.modulo(wideSql(dividend, dialect), wideSql(divisor, dialect)), isWide: true, bound };
}

/** A condition in SQL, and what stands where it is the first that holds. */
export type BranchSql<Value> = readonly [when: string, value: Value];

/** The number of the first branch that holds, else `otherwise`; all in one form. */
export function chosen(
  branches: readonly BranchSql<IntegerSql>[],
  otherwise: IntegerSql,
  dialect: Dialect,
): IntegerSql {
  const values = [...branches.map(([, value]) => value), otherwise];
  const isWide = values.some((value) => value.isWide);
  const bound = values.reduce((most, value) => larger(most, value.bound), 0n);
  const sql = (value: IntegerSql) => (isWide ? wideSql(value, dialect) : value.sql);
  const printed = branches.map(([when, value]): BranchSql<string> => [when, sql(value)]);
  return { sql: caseSql(printed, sql(otherwise)), isWide, bound };
}

/** A CASE in SQL; of no branch it is `otherwise`. */
export function caseSql(branches: readonly BranchSql<string>[], otherwise: string): string {
  if (branches.length === 0) return otherwise;
  return `CASE ${branches.map(([when, value]) => `WHEN ${when} THEN ${value}`).join(' ')} ELSE ${otherwise} END`;
}

/** The number in the wide form. */
export function wideSql({ sql, isWide, literal }: IntegerSql, dialect: Dialect): string {
  if (isWide) return sql;
  return literal === undefined ? dialect.wide.of(sql) : dialect.wide.literal(literal);
}
