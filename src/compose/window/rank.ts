import type { Column, DictionaryColumn, NumberColumn } from '../../columns/column.ts';
import { INT64 } from '../../columns/logical-type.ts';
import type { Grouping } from '../grouping.ts';
import { coordinateRows, everyRow, orderRows } from '../order.ts';
import { byPartition } from './track.ts';

export type Ranking = 'RANK' | 'DENSE_RANK' | 'ROW_NUMBER';

/**
 * Each row's place among its partition by the input, 1 the largest; NULL has none. Ties share it, `RANK` with a gap
 * after them, `DENSE_RANK` without; `ROW_NUMBER` numbers them in coordinate order.
 */
export function rankColumn(
  ranking: Ranking,
  input: Column,
  partition: Grouping,
  coordinate: readonly DictionaryColumn[],
): NumberColumn {
  const rowCount = partition.groupOf.length;
  const start = (ranking === 'ROW_NUMBER' ? coordinateRows(coordinate, rowCount) : null) ?? everyRow(rowCount);
  const rows = byPartition(orderRows([{ column: input, descending: true }], start), partition);
  const cells = input.form === 'dictionary' ? input.codes : input.values;
  const values = new Float64Array(rowCount);
  const valid = new Uint8Array(rowCount);
  let nulls = 0;
  let group = -1;
  let position = 0;
  let rank = 0;
  let previous: number | bigint | undefined;
  for (const row of rows) {
    const here = partition.groupOf[row] ?? 0;
    if (here !== group) {
      group = here;
      position = 0;
      rank = 0;
      previous = undefined;
    }
    if (isNull(input, row)) {
      nulls++;
      continue;
    }
    position++;
    const cell = cells[row];
    if (ranking === 'ROW_NUMBER' || cell !== previous) rank = ranking === 'DENSE_RANK' ? rank + 1 : position;
    previous = cell;
    values[row] = rank;
    valid[row] = 1;
  }
  return { form: 'number', type: INT64, values, valid: nulls === 0 ? null : valid };
}

function isNull(column: Column, row: number): boolean {
  return column.form === 'dictionary' ? (column.codes[row] ?? -1) < 0 : column.valid?.[row] === 0;
}
