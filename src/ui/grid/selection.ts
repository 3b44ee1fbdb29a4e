/** A cell: its column, and its row counted from 0; row −1 is the header. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, ends included. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one page down moves. */
  readonly page: number;
}

/** The rectangle between two cells; the header is never in it. */
export function rangeBetween(a: CellPlace, b: CellPlace): CellRange {
  return {
    top: Math.max(0, Math.min(a.row, b.row)),
    bottom: Math.max(0, a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

/** Whether a cell lies in a rectangle. */
export function inRange(range: CellRange | null, row: number, column: number): boolean {
  return range !== null && row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

/** Where a key leads from a cell; null for keys that do not move. `far` is Ctrl or ⌘. */
export function moved(from: CellPlace, key: string, far: boolean, size: GridSize): CellPlace | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row: number, column: number): CellPlace => ({
    row: Math.max(-1, Math.min(last.row, row)),
    column: Math.max(0, Math.min(last.column, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return far ? to(Math.min(0, last.row), from.column) : to(from.row - 1, from.column);
    case 'ArrowDown':
      return far ? to(last.row, from.column) : to(from.row + 1, from.column);
    case 'ArrowLeft':
      return far ? to(from.row, 0) : to(from.row, from.column - 1);
    case 'ArrowRight':
      return far ? to(from.row, last.column) : to(from.row, from.column + 1);
    case 'Home':
      return far ? to(Math.min(0, last.row), 0) : to(from.row, 0);
    case 'End':
      return far ? to(last.row, last.column) : to(from.row, last.column);
    case 'PageUp':
      return to(Math.max(Math.min(0, last.row), from.row - size.page), from.column);
    case 'PageDown':
      return to(from.row + size.page, from.column);
    default:
      return null;
  }
}
