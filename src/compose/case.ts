import type { Column, DictionaryColumn, NumberColumn } from '../columns/column.ts';
import { exactDigits, type LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { doubleColumn } from './double-arithmetic.ts';
import { type FlatColumn, flatColumn, integerColumn } from './flat-column.ts';
import { TRUE, type Truths } from './truth.ts';

/** The branch of each row: the first whose condition is TRUE, else one after the last. */
export function chosenBranches(conditions: readonly Truths[], rowCount: number): Int32Array {
  const chosen = new Int32Array(rowCount).fill(conditions.length);
  for (let branch = conditions.length - 1; branch >= 0; branch--) {
    const truths = conditions[branch];
    for (let row = 0; row < rowCount; row++) if (truths?.[row] === TRUE) chosen[row] = branch;
  }
  return chosen;
}

/**
 * Each row's value of the column that is chosen for it, in the type of all: exact numbers brought to its digits, or to
 * doubles. A choice for which there is no column is NULL.
 */
export function chooseRows(chosen: Int32Array, columns: readonly Column[], type: LogicalType): Column {
  if (type.kind === 'text') return chooseTexts(chosen, columns.map(textColumn), type);
  const flat = columns.map(flatColumn);
  if (type.kind === 'double') return chooseNumbers(chosen, flat.map(doubleColumn), type, []);
  const digits = exactDigits(type) ?? 0;
  const powers = flat.map((column) => digits - (exactDigits(column.type) ?? 0));
  const isSafe = flat.every(
    (column, branch) => column.form === 'number' && isSafeTimes(column, 10 ** (powers[branch] ?? 0)),
  );
  return isSafe ? chooseNumbers(chosen, flat, type, powers) : chooseIntegers(chosen, flat, type, powers);
}

/** Whether each value is a safe integer still once it is multiplied. */
function isSafeTimes(column: NumberColumn, factor: number): boolean {
  return factor === 1 || column.values.every((value) => Math.abs(value * factor) <= Number.MAX_SAFE_INTEGER);
}

function chooseNumbers(
  chosen: Int32Array,
  columns: readonly FlatColumn[],
  type: LogicalType,
  powers: readonly number[],
): NumberColumn {
  const factors = columns.map((_, branch) => 10 ** (powers[branch] ?? 0));
  const values = new Float64Array(chosen.length);
  const valid = new Uint8Array(chosen.length);
  for (let row = 0; row < values.length; row++) {
    const branch = chosen[row] ?? -1;
    const column = columns[branch];
    if (column === undefined || column.valid?.[row] === 0) continue;
    values[row] = Number(column.values[row] ?? 0) * (factors[branch] ?? 1);
    valid[row] = 1;
  }
  return { form: 'number', type, values, valid: valid.includes(0) ? valid : null };
}

function chooseIntegers(
  chosen: Int32Array,
  columns: readonly FlatColumn[],
  type: LogicalType,
  powers: readonly number[],
): FlatColumn {
  const valid = new Uint8Array(chosen.length);
  const values = Array.from(chosen, (branch, row) => {
    const column = columns[branch];
    if (column === undefined || column.valid?.[row] === 0) return 0n;
    valid[row] = 1;
    return BigInt(column.values[row] ?? 0) * 10n ** BigInt(powers[branch] ?? 0);
  });
  return integerColumn(type, values, valid.includes(0) ? valid : null);
}

function chooseTexts(chosen: Int32Array, columns: readonly DictionaryColumn[], type: LogicalType): DictionaryColumn {
  const codeOf = new Map<Scalar, number>();
  const renumbered = columns.map(({ values }) => new Int32Array(values.length).fill(-1));
  const codes = chosen.map((branch, row) => {
    const code = columns[branch]?.codes[row] ?? -1;
    const known = renumbered[branch];
    if (known === undefined || code < 0) return -1;
    const seen = known[code] ?? -1;
    if (seen >= 0) return seen;
    const value = columns[branch]?.values[code] ?? '';
    const fresh = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, fresh);
    known[code] = fresh;
    return fresh;
  });
  return { form: 'dictionary', type, codes, values: [...codeOf.keys()] };
}

function textColumn(column: Column): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  throw new TypeError(`expression: a text column in ${column.form} form; expected dictionary form`);
}
