import { describe, expect, it } from 'vitest';
import type { OutlineItem, QuestionOutline } from '../../../../src/runtime/api.ts';
import {
  columnName,
  movedBy,
  withItem,
  withoutItem,
  withoutPoint,
  withPer,
} from '../../../../src/ui/builder/outline-edits.ts';

const revenue: OutlineItem = { kind: 'name', name: 'revenue', role: 'family', alias: null };
const region: OutlineItem = { kind: 'name', name: 'region', role: 'dimension', alias: null };
const largest: OutlineItem = {
  kind: 'operator',
  operator: 'MAX',
  name: 'revenue',
  role: 'family',
  fraction: null,
  alias: null,
};

const QUESTION: QuestionOutline = {
  explain: false,
  definitions: [],
  items: [region, revenue, largest],
  from: null,
  anchor: [
    { name: 'region', via: null },
    { name: 'month', via: null },
  ],
  where: [],
  having: [],
  order: [
    { name: 'region', descending: false },
    { name: 'max_revenue', descending: true },
  ],
  limit: { count: 3, per: ['region'] },
};

describe('edits of a question', () => {
  it('a list is moved within its bounds', () => {
    expect(movedBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(movedBy(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(movedBy(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('columns have the names that the language gives them', () => {
    const expression: OutlineItem = { kind: 'expression', text: 'a + b', alias: null };
    const items: readonly OutlineItem[] = [revenue, largest, { kind: 'rows', alias: null }, expression];
    expect(items.map(columnName)).toEqual(['revenue', 'max_revenue', 'count', null]);
    expect(columnName({ ...expression, alias: 'c' })).toBe('c');
  });

  it('what is no longer shown is no longer ordered by', () => {
    expect(withoutItem(QUESTION, 2).order).toEqual([{ name: 'region', descending: false }]);
    // A dimension of the anchor is a column all the same.
    expect(withoutItem(QUESTION, 0)).toMatchObject({ items: [revenue, largest], order: QUESTION.order });
  });

  it('the order follows the name of its column', () => {
    expect(withItem(QUESTION, 2, { ...largest, alias: 'top' }).order[1]).toEqual({ name: 'top', descending: true });
    expect(withItem(QUESTION, 2, { ...largest, operator: 'MIN' }).order[1]?.name).toBe('min_revenue');
  });

  it('a dimension that leaves the anchor takes its column, order and limit with it', () => {
    expect(withoutPoint(QUESTION, 0)).toMatchObject({
      anchor: [{ name: 'month', via: null }],
      items: [revenue, largest],
      order: [{ name: 'max_revenue', descending: true }],
      limit: { count: 3, per: null },
    });
    expect(withoutPoint(QUESTION, 1)).toMatchObject({ items: QUESTION.items, order: QUESTION.order });
  });

  it('a limit for each of some dimensions puts them first in the order', () => {
    const per = withPer({ ...QUESTION, order: [{ name: 'revenue', descending: true }] }, ['month', 'region']);
    expect(per.limit).toEqual({ count: 3, per: ['month', 'region'] });
    expect(per.order).toEqual([
      { name: 'month', descending: false },
      { name: 'region', descending: false },
      { name: 'revenue', descending: true },
    ]);
    expect(withPer(QUESTION, []).limit).toEqual({ count: 3, per: null });
  });
});
