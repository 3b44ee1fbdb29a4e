import { exactDigits, isNumeric, parseType } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import type { Input } from './access.ts';

/** No stored exact number passes it in magnitude. */
const INT64_BOUND = 2n ** 63n;
const LIMIT = 2n ** 127n;

/**
 * Whether Σx² over all rows of a source is proven to fit 127 bits for an exact number x: from the bounds of its columns
 * where the snapshot has them, else from the 64 bits that each column has.
 */
export function squaresFit(value: Expression, inputs: ReadonlyMap<string, Input>, snapshot: SourceSnapshot): boolean {
  const bound = magnitude(value, inputs, snapshot);
  return bound !== undefined && bound * bound * BigInt(Math.max(1, snapshot.rowCount)) < LIMIT;
}

/** An upper bound on the magnitude of an exact number in units of its digits; undefined where it is none. */
function magnitude(
  expression: Expression,
  inputs: ReadonlyMap<string, Input>,
  snapshot: SourceSnapshot,
): bigint | undefined {
  const digits = exactDigits(expression.type);
  if (digits === undefined) return undefined;
  const of = (each: Expression) => magnitude(each, inputs, snapshot);
  /** At the digits of the whole. */
  const scaled = (each: Expression) => {
    const bound = of(each);
    return bound === undefined ? undefined : bound * 10n ** BigInt(Math.max(0, digits - (exactDigits(each.type) ?? 0)));
  };
  switch (expression.kind) {
    case 'column': {
      const access = inputs.get(expression.name)?.access;
      return access?.steps.length === 0 ? columnBound(access.column, digits, snapshot) : INT64_BOUND;
    }
    case 'literal':
      return typeof expression.value === 'number' || typeof expression.value === 'bigint'
        ? absolute(BigInt(expression.value))
        : 0n;
    case 'negate':
      return of(expression.operand);
    case 'arithmetic': {
      const multiplies = expression.operator === '*';
      const [left, right] = [expression.left, expression.right].map(multiplies ? of : scaled);
      if (left === undefined || right === undefined) return undefined;
      return multiplies ? left * right : left + right;
    }
    case 'case': {
      const values = expression.branches.map((branch) => branch.then);
      if (expression.otherwise !== null) values.push(expression.otherwise);
      const bounds = values.map(scaled);
      return bounds.includes(undefined) ? undefined : bounds.reduce<bigint>(larger, 0n);
    }
    case 'call': {
      // FLOOR of an exact number stays within it but for one, MOD within its dividend; at the digits of the result.
      const [argument] = expression.args;
      const bound = argument === undefined ? undefined : of(argument);
      return bound === undefined ? undefined : bound * 10n ** BigInt(digits) + 1n;
    }
    case 'map':
      return INT64_BOUND;
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'isNull':
    case 'in':
      return undefined;
  }
}

function columnBound(column: string, digits: number, snapshot: SourceSnapshot): bigint {
  const statistics = snapshot.statistics.find((each) => each.column === column);
  const type = parseType(snapshot.columns.find((each) => each.name === column)?.type ?? '');
  // What a source holds as text has the extremes of texts: '-12' is below '-9'.
  if (statistics === undefined || type === undefined || !isNumeric(type)) return INT64_BOUND;
  let bound = 0n;
  for (const extreme of [statistics.min, statistics.max]) {
    if (extreme === null) continue;
    // One unit more than the bound as it is printed: a source of another type may have been rounded to this one.
    const whole = /^-?(\d+)(?:\.\d*)?$/.exec(String(extreme))?.[1];
    if (whole === undefined) return INT64_BOUND;
    const units = (BigInt(whole) + 1n) * 10n ** BigInt(digits);
    if (units > bound) bound = units;
  }
  return bound < INT64_BOUND ? bound : INT64_BOUND;
}

function larger(bound: bigint, other: bigint | undefined): bigint {
  return other !== undefined && other > bound ? other : bound;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
