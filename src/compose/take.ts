import type { Column, DictionaryColumn } from '../columns/column.ts';
import type { Scalar } from '../columns/scalar.ts';

/**
 * The column's values at the given rows, in their order. A row of −1 is an absent cell: NULL, or 0 where `absent` says
 * so. A dictionary with more values than there are rows left is cut to those that occur.
 */
export function takeRows(column: Column, rows: Int32Array, absent: 'null' | 'zero' = 'null'): Column {
  switch (column.form) {
    case 'dictionary':
      return takeCodes(column, rows);
    case 'number': {
      const { values: source } = column;
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? -1;
        if (row >= 0) values[i] = source[row] ?? 0;
      }
      return { form: 'number', type: column.type, values, valid: takeValid(column.valid, rows, absent) };
    }
    case 'bigint': {
      const values = Array.from(rows, (row) => (row < 0 ? 0n : (column.values[row] ?? 0n)));
      return { form: 'bigint', type: column.type, values, valid: takeValid(column.valid, rows, absent) };
    }
  }
}

/** The same for a column in dictionary form, where an absent cell is NULL. */
export function takeCodes(column: DictionaryColumn, rows: Int32Array): DictionaryColumn {
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    codes[i] = row < 0 ? -1 : (column.codes[row] ?? -1);
  }
  return cutDictionary({ form: 'dictionary', type: column.type, codes, values: column.values });
}

/** The column with only the values that occur, in the order they had, where it has more values than rows; else as it is. */
export function cutDictionary(column: DictionaryColumn): DictionaryColumn {
  const { codes, values } = column;
  if (values.length <= codes.length) return column;
  const occurs = new Uint8Array(values.length);
  for (const code of codes) if (code >= 0) occurs[code] = 1;
  const renumbered = new Int32Array(values.length);
  const kept: Scalar[] = [];
  values.forEach((value, code) => {
    if (occurs[code] === 0) return;
    renumbered[code] = kept.length;
    kept.push(value);
  });
  return { ...column, codes: codes.map((code) => (code < 0 ? -1 : (renumbered[code] ?? -1))), values: kept };
}

function takeValid(valid: Uint8Array | null, rows: Int32Array, absent: 'null' | 'zero'): Uint8Array | null {
  if (valid === null && (absent === 'zero' || !rows.includes(-1))) return null;
  const taken = new Uint8Array(rows.length);
  let nulls = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? -1;
    const flag = row < 0 ? (absent === 'zero' ? 1 : 0) : valid === null ? 1 : (valid[row] ?? 0);
    taken[i] = flag;
    if (flag === 0) nulls++;
  }
  return nulls === 0 ? null : taken;
}
