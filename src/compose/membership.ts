import type { Column, DictionaryColumn } from '../columns/column.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import { FALSE, TRUE, type Truths, UNKNOWN } from './truth.ts';

/** `operand IN (values)`, row by row: unknown where the operand is NULL. Values are of the operand's own type. */
export function membership(operand: Column, values: readonly Scalar[]): Truths {
  const members = new Set(values);
  if (operand.form === 'dictionary') {
    return byCode(operand, (value) => members.has(value), UNKNOWN);
  }
  const truths = new Uint8Array(operand.values.length);
  for (let i = 0; i < truths.length; i++) {
    const value = operand.values[i] ?? 0;
    const scalar =
      typeof value === 'bigint' ? integerScalar(value) : operand.type.kind === 'bool' ? value !== 0 : value;
    truths[i] = operand.valid?.[i] === 0 ? UNKNOWN : members.has(scalar) ? TRUE : FALSE;
  }
  return truths;
}

/** `operand IS NULL`, row by row: never unknown. */
export function nullness(operand: Column): Truths {
  if (operand.form === 'dictionary') return byCode(operand, () => false, TRUE);
  const truths = new Uint8Array(operand.values.length);
  if (operand.valid !== null) for (let i = 0; i < truths.length; i++) if (operand.valid[i] === 0) truths[i] = TRUE;
  return truths;
}

/** A truth per distinct value, looked up by the rows' codes. */
function byCode(column: DictionaryColumn, holds: (value: Scalar) => boolean, atNull: number): Truths {
  const outcomes = Uint8Array.from(column.values, (value) => (holds(value) ? TRUE : FALSE));
  const truths = new Uint8Array(column.codes.length);
  for (let i = 0; i < truths.length; i++) {
    const code = column.codes[i] ?? -1;
    truths[i] = code < 0 ? atNull : (outcomes[code] ?? FALSE);
  }
  return truths;
}
