import type { JSX } from 'solid-js';

type Attributes = JSX.HTMLAttributes<HTMLDivElement>;

/*
 * What the grid's elements are to assistive technology, and what they do. Rows off screen are not in the page, so every
 * count and index is stated.
 */

/** The whole grid: one stop for Tab, its keys and its focus are handled here. */
export function gridPart(
  rowCount: number,
  columnCount: number,
  handlers: Pick<Attributes, 'onKeyDown' | 'onScroll' | 'onFocusIn' | 'onFocusOut'>,
): Attributes {
  return {
    ...handlers,
    role: 'grid',
    'aria-label': 'Answer',
    'aria-rowcount': rowCount + 1,
    'aria-colcount': columnCount,
    'aria-multiselectable': true,
  };
}

/** The header row is row 1 of the grid. */
export function headRowPart(): Attributes {
  return { role: 'row', 'aria-rowindex': 1 };
}

/** The rows that are in the page. */
export function bodyPart(): Attributes {
  return { role: 'rowgroup' };
}

/** A row by its number among the shown rows, counted from 0. */
export function rowPart(row: number): Attributes {
  return { role: 'row', 'aria-rowindex': row + 2 };
}

/** A header: a press sorts, as Enter does in the grid's keys. */
export function headerPart(
  column: number,
  sort: 'ascending' | 'descending' | 'none',
  tabStop: boolean,
  onClick: () => void,
): Attributes {
  return { role: 'columnheader', 'aria-colindex': column + 1, 'aria-sort': sort, tabindex: tabStop ? 0 : -1, onClick };
}

/** A cell; `spoken` says what its sign means. */
export function cellPart(column: number, spoken: string | null, selected: boolean, tabStop: boolean): Attributes {
  return {
    role: 'gridcell',
    'aria-colindex': column + 1,
    'aria-selected': selected,
    'aria-label': spoken ?? undefined,
    tabindex: tabStop ? 0 : -1,
  };
}
