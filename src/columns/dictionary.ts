import { type BigIntColumn, type Column, type DictionaryColumn, type NumberColumn, valueAt } from './column.ts';
import type { Scalar } from './scalar.ts';

/**
 * The column in dictionary form; the same object where it is in that form already. Values ascend where they are integers of
 * a narrow range, else they follow first occurrence.
 */
export function toDictionary(column: Column): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  return column.form === 'number' ? (denseDictionary(column) ?? hashedDictionary(column)) : hashedDictionary(column);
}

/** Integers of a narrow range (dates, small keys, booleans) need no hash: a table over the range finds their code. */
function denseDictionary(column: NumberColumn): DictionaryColumn | undefined {
  const { values, valid, type } = column;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    if (valid !== null && valid[row] === 0) continue;
    const value = values[row] ?? 0;
    if (!Number.isSafeInteger(value)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high < low) return allNull(column);
  const range = high - low + 1;
  if (range > 4 * values.length + 1024) return undefined;
  const isValid = (row: number) => valid === null || valid[row] !== 0;
  const table = new Int32Array(range).fill(-1);
  for (let row = 0; row < values.length; row++) if (isValid(row)) table[(values[row] ?? 0) - low] = 0;
  const distinct: Scalar[] = [];
  for (let place = 0; place < range; place++) {
    if (table[place] === -1) continue;
    table[place] = distinct.length;
    // + 0 makes −0 the one zero.
    distinct.push(type.kind === 'bool' ? low + place !== 0 : low + place + 0);
  }
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = isValid(row) ? (table[(values[row] ?? 0) - low] ?? -1) : -1;
  return { form: 'dictionary', type, codes, values: distinct };
}

function allNull(column: NumberColumn): DictionaryColumn {
  return { form: 'dictionary', type: column.type, codes: new Int32Array(column.values.length).fill(-1), values: [] };
}

function hashedDictionary(column: NumberColumn | BigIntColumn): DictionaryColumn {
  const codes = new Int32Array(column.values.length);
  const known = new Map<Scalar, number>();
  for (let row = 0; row < codes.length; row++) {
    const value = valueAt(column, row);
    if (value === null) {
      codes[row] = -1;
      continue;
    }
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[row] = code;
  }
  return { form: 'dictionary', type: column.type, codes, values: [...known.keys()] };
}
