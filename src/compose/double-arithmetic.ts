import type { NumberColumn } from '../columns/column.ts';
import { DOUBLE, exactDigits } from '../columns/logical-type.ts';
import { unitsToDouble } from '../columns/scalar.ts';
import type { ArithmeticOperator } from '../operators/expression.ts';
import { bothValid, type FlatColumn, withZeros } from './flat-column.ts';

/**
 * The column as doubles: exact numbers become the nearest double of their value, −0 becomes 0, and what is not finite
 * becomes NULL.
 */
export function doubleColumn(column: FlatColumn): NumberColumn {
  const digits = exactDigits(column.type) ?? 0;
  if (column.form === 'number' && digits === 0) return finiteColumn(column.values, column.valid);
  const values = new Float64Array(column.values.length);
  for (let i = 0; i < values.length; i++) values[i] = unitsToDouble(column.values[i] ?? 0, digits);
  return { form: 'number', type: DOUBLE, values, valid: column.valid };
}

/** `left operator right` in doubles; NULL where the result is not finite, division by zero included. */
export function doubleArithmetic(operator: ArithmeticOperator, left: FlatColumn, right: FlatColumn): NumberColumn {
  const a = doubleColumn(left);
  const b = doubleColumn(right);
  const valid = bothValid(a.valid, b.valid);
  return finiteColumn(withZeros(combine(operator, a.values, b.values), valid), valid);
}

/** `−operand` of a double column. */
export function doubleNegate(operand: FlatColumn): NumberColumn {
  const { values, valid } = doubleColumn(operand);
  return { form: 'number', type: DOUBLE, values: values.map((value) => 0 - value), valid };
}

/** Doubles with NULL where `valid` says so or the value is not finite, and 0 for −0; copied only where that changes a value. */
export function finiteColumn(values: Float64Array, valid: Uint8Array | null): NumberColumn {
  let first = 0;
  while (first < values.length && isPlain(values[first] ?? 0)) first++;
  if (first === values.length) return { form: 'number', type: DOUBLE, values, valid };
  const plain = values.slice();
  const kept = valid === null ? new Uint8Array(values.length).fill(1) : valid.slice();
  for (let i = first; i < plain.length; i++) {
    const value = plain[i] ?? 0;
    if (isPlain(value)) continue;
    plain[i] = 0;
    if (value !== 0) kept[i] = 0;
  }
  return { form: 'number', type: DOUBLE, values: plain, valid: kept.includes(0) ? kept : null };
}

/** Finite and not −0. */
function isPlain(value: number): boolean {
  return value === 0 ? 1 / value > 0 : value - value === 0;
}

function combine(operator: ArithmeticOperator, left: Float64Array, right: Float64Array): Float64Array {
  const values = new Float64Array(left.length);
  switch (operator) {
    case '+':
      for (let i = 0; i < values.length; i++) values[i] = (left[i] ?? 0) + (right[i] ?? 0);
      return values;
    case '-':
      for (let i = 0; i < values.length; i++) values[i] = (left[i] ?? 0) - (right[i] ?? 0);
      return values;
    case '*':
      for (let i = 0; i < values.length; i++) values[i] = (left[i] ?? 0) * (right[i] ?? 0);
      return values;
    case '/':
      for (let i = 0; i < values.length; i++) values[i] = (left[i] ?? 0) / (right[i] ?? 0);
      return values;
  }
}
