import { describe, expect, it } from 'vitest';
import { columnWidth } from '../../../../src/ui/grid/column-width.ts';
import { inRange, moved, rangeBetween } from '../../../../src/ui/grid/selection.ts';

const size = { rows: 100, columns: 4, page: 20 };

describe('moving in the grid', () => {
  it.each([
    ['ArrowDown', false, [5, 1], [6, 1]],
    ['ArrowUp', false, [0, 1], [-1, 1]],
    ['ArrowUp', false, [-1, 1], [-1, 1]],
    ['ArrowRight', false, [5, 3], [5, 3]],
    ['ArrowLeft', false, [5, 0], [5, 0]],
    ['Home', false, [5, 2], [5, 0]],
    ['End', false, [5, 2], [5, 3]],
    ['Home', true, [5, 2], [0, 0]],
    ['End', true, [5, 2], [99, 3]],
    ['PageDown', false, [90, 2], [99, 2]],
    ['PageUp', false, [5, 2], [0, 2]],
  ] as const)('%s (far: %s) from %j to %j', (key, far, [row, column], [toRow, toColumn]) => {
    expect(moved({ row, column }, key, far, size)).toEqual({ row: toRow, column: toColumn });
  });

  it('has only a header where there are no rows', () => {
    const none = { rows: 0, columns: 2, page: 1 };
    expect(moved({ row: -1, column: 0 }, 'ArrowDown', false, none)).toEqual({ row: -1, column: 0 });
    expect(moved({ row: -1, column: 0 }, 'PageUp', false, none)).toEqual({ row: -1, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect(moved({ row: 0, column: 0 }, 'a', false, size)).toBeNull();
  });
});

describe('selections', () => {
  it('are rectangles without the header', () => {
    const range = rangeBetween({ row: 3, column: 2 }, { row: -1, column: 1 });
    expect(range).toEqual({ top: 0, bottom: 3, left: 1, right: 2 });
    expect(inRange(range, 0, 1)).toBe(true);
    expect(inRange(range, 4, 1)).toBe(false);
    expect(inRange(null, 0, 0)).toBe(false);
  });
});

describe('column widths', () => {
  const measure = (text: string) => text.length * 7;
  it.each([
    ['a', '', ['x'], 88],
    ['total_revenue', 'decimal(2)', ['1'], 219],
    ['a', 'text', ['x'.repeat(20)], 172],
    ['a', 'text', ['x'.repeat(400)], 360],
  ])('%s %s', (name, type, cells, width) => {
    expect(columnWidth({ name, type }, cells, measure)).toBe(width);
  });
});
