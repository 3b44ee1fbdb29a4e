import type { Column, DictionaryColumn } from '../columns/column.ts';
import { exactDigits, isNumeric, printType } from '../columns/logical-type.ts';
import { compareScalars } from '../columns/scalar.ts';
import type { ComparisonOperator } from '../operators/expression.ts';
import { doubleColumn } from './double-arithmetic.ts';
import { bothValid, type FlatColumn, flatColumn } from './flat-column.ts';
import { type Truths, UNKNOWN } from './truth.ts';

/** Truth of `less`, `equal`, `greater` under an operator: what a three-way comparison is looked up in. */
const OUTCOMES: { readonly [Operator in ComparisonOperator]: readonly [number, number, number] } = {
  '=': [0, 1, 0],
  '<>': [1, 0, 1],
  '<': [1, 0, 0],
  '<=': [1, 1, 0],
  '>': [0, 0, 1],
  '>=': [0, 1, 1],
};

/**
 * `left operator right`, row by row; unknown where either is NULL. Exact numbers compare exactly whatever their digits
 * and size, with a double as doubles; text by code point; dates by day, booleans with FALSE before TRUE. Throws
 * `TypeError` where the types do not compare.
 */
export function compareColumns(operator: ComparisonOperator, left: Column, right: Column): Truths {
  const outcomes = Uint8Array.from(OUTCOMES[operator]);
  const a = left.type;
  const b = right.type;
  if (a.kind === 'text' && b.kind === 'text') {
    return compareTexts(outcomes, textColumn(left), textColumn(right));
  }
  if (isNumeric(a) && isNumeric(b)) {
    const leftDigits = exactDigits(a);
    const rightDigits = exactDigits(b);
    if (leftDigits !== undefined && rightDigits !== undefined) {
      return compareExact(outcomes, flatColumn(left), flatColumn(right), leftDigits, rightDigits);
    }
    return compareExact(outcomes, doubleColumn(flatColumn(left)), doubleColumn(flatColumn(right)), 0, 0);
  }
  if (a.kind === b.kind) return compareExact(outcomes, flatColumn(left), flatColumn(right), 0, 0);
  throw new TypeError(`expression: ${printType(a)} ${operator} ${printType(b)} does not compare`);
}

function compareExact(
  outcomes: Uint8Array,
  left: FlatColumn,
  right: FlatColumn,
  leftDigits: number,
  rightDigits: number,
): Truths {
  const valid = bothValid(left.valid, right.valid);
  const sides =
    leftDigits === rightDigits && left.form === 'number' && right.form === 'number'
      ? compareNumbers(left.values, right.values)
      : compareUnits(
          left,
          right,
          10 ** Math.max(rightDigits - leftDigits, 0),
          10 ** Math.max(leftDigits - rightDigits, 0),
        );
  return truthsFrom(outcomes, sides, valid);
}

/** 0, 1, 2: less, equal, greater. */
function compareNumbers(left: Float64Array, right: Float64Array): Uint8Array {
  const sides = new Uint8Array(left.length);
  for (let i = 0; i < sides.length; i++) {
    const a = left[i] ?? 0;
    const b = right[i] ?? 0;
    sides[i] = a < b ? 0 : a > b ? 2 : 1;
  }
  return sides;
}

/** The same on integers of any size, brought to one scale. */
function compareUnits(left: FlatColumn, right: FlatColumn, leftFactor: number, rightFactor: number): Uint8Array {
  const sides = new Uint8Array(left.values.length);
  for (let i = 0; i < sides.length; i++) {
    const a = scaled(left.values[i] ?? 0, leftFactor);
    const b = scaled(right.values[i] ?? 0, rightFactor);
    // `<` compares numbers with bigints exactly.
    sides[i] = a < b ? 0 : a > b ? 2 : 1;
  }
  return sides;
}

function scaled(value: number | bigint, factor: number): number | bigint {
  if (factor === 1) return value;
  const product = typeof value === 'number' ? value * factor : Number.POSITIVE_INFINITY;
  return Math.abs(product) <= Number.MAX_SAFE_INTEGER ? product : BigInt(value) * BigInt(factor);
}

function compareTexts(outcomes: Uint8Array, left: DictionaryColumn, right: DictionaryColumn): Truths {
  const truths = new Uint8Array(left.codes.length);
  for (let i = 0; i < truths.length; i++) {
    const leftCode = left.codes[i] ?? -1;
    const rightCode = right.codes[i] ?? -1;
    if (leftCode < 0 || rightCode < 0) {
      truths[i] = UNKNOWN;
      continue;
    }
    const side = compareScalars(left.values[leftCode] ?? '', right.values[rightCode] ?? '');
    truths[i] = outcomes[side < 0 ? 0 : side > 0 ? 2 : 1] ?? UNKNOWN;
  }
  return truths;
}

function textColumn(column: Column): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  throw new TypeError(`expression: a text column in ${column.form} form; expected dictionary form`);
}

function truthsFrom(outcomes: Uint8Array, sides: Uint8Array, valid: Uint8Array | null): Truths {
  for (let i = 0; i < sides.length; i++) {
    sides[i] = valid !== null && valid[i] === 0 ? UNKNOWN : (outcomes[sides[i] ?? 1] ?? UNKNOWN);
  }
  return sides;
}
