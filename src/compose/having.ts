import type { Expression } from '../operators/expression.ts';
import { type ColumnLookup, evaluatePredicate } from './evaluate.ts';
import { everyRow } from './order.ts';

/** Those of the rows (null: all rows) of the finished Frame that HAVING keeps, where it is TRUE, in the order they had. */
export function havingRows(
  having: Expression,
  outputs: ColumnLookup,
  rowCount: number,
  rows: Int32Array | null,
): Int32Array {
  const mask = evaluatePredicate(having, outputs, rowCount);
  return (rows ?? everyRow(rowCount)).filter((row) => mask[row] === 1);
}
