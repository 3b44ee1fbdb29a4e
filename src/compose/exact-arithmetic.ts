import type { NumberColumn } from '../columns/column.ts';
import { DOUBLE, exactDigits, type LogicalType } from '../columns/logical-type.ts';
import { bigIntegers, bothValid, type FlatColumn, integerColumn, withZeros } from './flat-column.ts';
import { quotient } from './quotient.ts';

/** What gives an exact number from exact numbers. */
export type ExactOperator = '+' | '-' | '*';

const SAFE = Number.MAX_SAFE_INTEGER;

/**
 * `left operator right` on int64 and decimal columns, exact whatever its size: in doubles that hold safe integers
 * while every step does, else in bigints. `type` is the result's; `+ −` rescale both sides to its digits.
 */
export function exactArithmetic(
  operator: ExactOperator,
  left: FlatColumn,
  right: FlatColumn,
  type: LogicalType,
): FlatColumn {
  const valid = bothValid(left.valid, right.valid);
  const digits = digitsOf(type);
  const leftPower = operator === '*' ? 0 : digits - digitsOf(left.type);
  const rightPower = operator === '*' ? 0 : digits - digitsOf(right.type);
  if (left.form === 'number' && right.form === 'number') {
    const values = safeArithmetic(operator, left.values, right.values, 10 ** leftPower, 10 ** rightPower);
    if (values !== null) return { form: 'number', type, values: withZeros(values, valid), valid };
  }
  const values = bigArithmetic(operator, left, right, 10n ** BigInt(leftPower), 10n ** BigInt(rightPower));
  if (valid !== null) for (let i = 0; i < values.length; i++) if (valid[i] === 0) values[i] = 0n;
  return integerColumn(type, values, valid);
}

/** `−operand` of an exact column. */
export function exactNegate(operand: FlatColumn): FlatColumn {
  return operand.form === 'number'
    ? { ...operand, values: operand.values.map((value) => 0 - value) }
    : { ...operand, values: operand.values.map((value) => -value) };
}

/**
 * `left / right` of exact columns as doubles: the units are brought to one scale and divided once, correctly rounded.
 * NULL where the divisor is 0.
 */
export function exactQuotient(left: FlatColumn, right: FlatColumn): NumberColumn {
  const power = digitsOf(right.type) - digitsOf(left.type);
  const up = 10 ** Math.max(power, 0);
  const down = 10 ** Math.max(-power, 0);
  const length = left.values.length;
  const values = new Float64Array(length);
  const valid = new Uint8Array(length);
  let nulls = 0;
  for (let i = 0; i < length; i++) {
    const dividend = left.values[i] ?? 0;
    const divisor = right.values[i] ?? 0;
    if (divisor === 0 || divisor === 0n || left.valid?.[i] === 0 || right.valid?.[i] === 0) {
      nulls++;
      continue;
    }
    valid[i] = 1;
    const scaledDividend = typeof dividend === 'number' ? dividend * up : Number.POSITIVE_INFINITY;
    const scaledDivisor = typeof divisor === 'number' ? divisor * down : Number.POSITIVE_INFINITY;
    values[i] =
      Math.abs(scaledDividend) <= SAFE && Math.abs(scaledDivisor) <= SAFE
        ? scaledDividend / scaledDivisor + 0
        : quotient(BigInt(dividend) * BigInt(up), BigInt(divisor) * BigInt(down));
  }
  return { form: 'number', type: DOUBLE, values, valid: nulls === 0 ? null : valid };
}

/** null: a step left the safe integers. */
function safeArithmetic(
  operator: ExactOperator,
  left: Float64Array,
  right: Float64Array,
  leftFactor: number,
  rightFactor: number,
): Float64Array | null {
  const values = new Float64Array(left.length);
  // A rounded result is never safe where the true one is not, so one comparison a step decides.
  let largest = 0;
  if (operator === '*') {
    for (let i = 0; i < values.length; i++) {
      const product = (left[i] ?? 0) * (right[i] ?? 0) + 0;
      largest = Math.max(largest, Math.abs(product));
      values[i] = product;
    }
    return largest <= SAFE ? values : null;
  }
  const signedFactor = operator === '+' ? rightFactor : -rightFactor;
  for (let i = 0; i < values.length; i++) {
    const a = (left[i] ?? 0) * leftFactor;
    const b = (right[i] ?? 0) * signedFactor;
    const sum = a + b + 0;
    largest = Math.max(largest, Math.abs(a), Math.abs(b), Math.abs(sum));
    values[i] = sum;
  }
  return largest <= SAFE ? values : null;
}

function bigArithmetic(
  operator: ExactOperator,
  left: FlatColumn,
  right: FlatColumn,
  leftFactor: bigint,
  rightFactor: bigint,
): bigint[] {
  const others = bigIntegers(right);
  if (operator === '*') return bigIntegers(left).map((value, i) => value * (others[i] ?? 0n));
  const signedFactor = operator === '+' ? rightFactor : -rightFactor;
  return bigIntegers(left).map((value, i) => value * leftFactor + (others[i] ?? 0n) * signedFactor);
}

/** Digits after the point of an exact type. Throws `TypeError` for any other. */
export function digitsOf(type: LogicalType): number {
  const digits = exactDigits(type);
  if (digits === undefined) throw new TypeError(`expression: ${type.kind} where an exact number stands`);
  return digits;
}
