import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import { nextOrder, QUERY_ORDER, rowOrder } from '../../../../src/ui/grid/order.ts';

const ordered = (values: readonly (Scalar | null)[], direction: 'ascending' | 'descending') => {
  const rows = rowOrder({ by: 'column', column: 0, direction }, values.length, (_, row) => values[row] ?? null);
  return [...(rows ?? [])].map((row) => values[row] ?? null);
};

describe('sorting the rows shown', () => {
  it('goes by code point, NULLs last both ways', () => {
    const values = ['😀', null, '～', 'a'];
    expect(ordered(values, 'ascending')).toEqual(['a', '～', '😀', null]);
    expect(ordered(values, 'descending')).toEqual(['😀', '～', 'a', null]);
  });

  it('compares big integers with small ones exactly', () => {
    const values = [9_007_199_254_740_993n, 1, 9_007_199_254_740_992n, -1];
    expect(ordered(values, 'ascending')).toEqual([-1, 1, 9_007_199_254_740_992n, 9_007_199_254_740_993n]);
  });

  it('presses through ascending, descending, the question', () => {
    const first = nextOrder(QUERY_ORDER, 2);
    const second = nextOrder(first, 2);
    expect(first).toEqual({ by: 'column', column: 2, direction: 'ascending' });
    expect(second).toEqual({ by: 'column', column: 2, direction: 'descending' });
    expect(nextOrder(second, 2)).toEqual(QUERY_ORDER);
    expect(nextOrder(second, 1)).toEqual({ by: 'column', column: 1, direction: 'ascending' });
    expect(rowOrder(QUERY_ORDER, 3, () => 0)).toBeNull();
  });

  it('is a stable permutation', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 3 }))), (values) => {
        const rows = [
          ...(rowOrder(
            { by: 'column', column: 0, direction: 'ascending' },
            values.length,
            (_, row) => values[row] ?? null,
          ) ?? []),
        ];
        const naive = values
          .map((value, row) => ({ value, row }))
          .sort((a, b) => (a.value ?? 9) - (b.value ?? 9) || a.row - b.row)
          .map(({ row }) => row);
        expect(rows).toEqual(naive);
      }),
    );
  });
});
