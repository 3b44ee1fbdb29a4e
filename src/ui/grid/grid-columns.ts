import { alignsRight, type CellFormatter, cellFormatter } from '../format/cell.ts';
import type { FrameColumn, FrameView } from '../result/frame.ts';
import { canvasMeasure, columnWidth, MEASURED_ROWS } from './column-width.ts';

/** A column with what is needed to draw it. */
export interface GridColumn {
  readonly column: FrameColumn;
  readonly format: CellFormatter;
  readonly width: number;
  readonly right: boolean;
  /** Offset of a pinned column from the left edge; null: it scrolls. */
  readonly pinnedAt: number | null;
  /** The last pinned column: a line follows it. */
  readonly edge: boolean;
}

/** Doubles of a column that its fraction digits are taken from. */
function* doublesOf(frame: FrameView, column: FrameColumn): Iterable<number> {
  for (let row = 0; row < frame.rowCount; row++) {
    const value = column.read(row);
    if (typeof value === 'number') yield value;
  }
}

/** Widths, formats and pinned places of the columns. */
export function gridColumns(frame: FrameView, locale: string, narrow: boolean, rem: number): readonly GridColumn[] {
  const size = 0.8125 * rem;
  const measure = canvasMeasure(`500 ${size}px "Inter Variable", "Inter Fallback", sans-serif`, size);
  const leading = frame.columns.findIndex((column) => column.role !== 'anchor');
  const anchors = leading < 0 ? frame.columns.length : leading;
  const pinned = narrow ? Math.min(1, anchors) : anchors;
  const widestPinned = 0.45 * document.documentElement.clientWidth;
  let left = 0;
  return frame.columns.map((column, index) => {
    const format = cellFormatter(column.type, locale, () => doublesOf(frame, column));
    const measured = Math.min(frame.rowCount, MEASURED_ROWS);
    const cells = Array.from({ length: measured }, (_, row) => format(column.read(row)).text);
    const natural = columnWidth({ name: column.name, type: column.typeText }, cells, measure);
    const isPinned = index < pinned;
    const width = narrow && isPinned ? Math.min(natural, widestPinned) : natural;
    const pinnedAt = isPinned ? left : null;
    if (isPinned) left += width;
    return { column, format, width, right: alignsRight(column.type), pinnedAt, edge: isPinned && index === pinned - 1 };
  });
}
