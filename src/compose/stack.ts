import type { DictionaryColumn } from '../columns/column.ts';
import type { Scalar } from '../columns/scalar.ts';

/** Columns one below the other, on one dictionary. */
export function stackColumns(columns: readonly DictionaryColumn[]): DictionaryColumn {
  const values: Scalar[] = [];
  const index = new Map<Scalar, number>();
  const codes = new Int32Array(columns.reduce((sum, column) => sum + column.codes.length, 0));
  let offset = 0;
  for (const column of columns) {
    const renumbered = Int32Array.from(column.values, (value) => {
      const known = index.get(value);
      if (known !== undefined) return known;
      index.set(value, values.length);
      return values.push(value) - 1;
    });
    for (let i = 0; i < column.codes.length; i++) {
      const code = column.codes[i] ?? -1;
      codes[offset + i] = code < 0 ? -1 : (renumbered[code] ?? -1);
    }
    offset += column.codes.length;
  }
  const [first] = columns;
  if (first === undefined) throw new RangeError('stack: no column');
  return { form: 'dictionary', type: first.type, codes, values };
}
