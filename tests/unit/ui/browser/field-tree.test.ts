import { describe, expect, it } from 'vitest';
import { dimensionGroups, familyGroup, filterGroups } from '../../../../src/ui/browser/field-tree.ts';
import { middleEllipsis } from '../../../../src/ui/browser/middle-ellipsis.ts';
import { spelled } from '../../../../src/ui/words/spelled.ts';
import { shopSummary } from '../summary.ts';

const outline = (groups: ReturnType<typeof dimensionGroups>) =>
  groups.map((group) => [group.title, ...group.rows.map((row) => `${'  '.repeat(row.depth)}${row.name}`)]);

describe('the fields', () => {
  it('stand under their dimension family, finest first, with attributes under their dimension', () => {
    expect(outline(dimensionGroups(shopSummary))).toEqual([
      ['geography', 'store', '  store name', '  region'],
      ['calendar', 'day', '  month', '  week'],
      ['Order', 'Order'],
    ]);
  });

  it('show every dimension once, also where several lead to it', () => {
    const diamond = {
      ...shopSummary,
      dimensions: ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'text', family: 'f', level: null })),
      attributes: [],
      edges: [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ].map(([child = '', parent = '']) => ({ id: child + parent, child, parent, via: 'l', status: 'holds' as const })),
    };
    expect(outline(dimensionGroups(diamond))).toEqual([['f', 'a', '  b', '    d', '  c']]);
  });

  it('keep the rows that have the letters', () => {
    const groups = filterGroups([familyGroup(shopSummary), ...dimensionGroups(shopSummary)], 'RE');
    expect(outline(groups)).toEqual([
      ['Metric families', 'revenue'],
      ['geography', 'store', '  store name', '  region'],
    ]);
  });
});

describe('names', () => {
  it.each([
    ['revenue', 'revenue'],
    ['store name', '"store name"'],
    ['order', '"order"'],
    ['a"b', '"a""b"'],
  ])('%s is spelt %s', (name, text) => {
    expect(spelled(name)).toBe(text);
  });

  it.each([
    ['short', 10, 'short'],
    ['units_on_hand_at_closing_time', 11, 'units…_time'],
    ['😀😀😀😀😀😀', 5, '😀😀…😀😀'],
  ])('%s in %s letters is %s', (name, longest, text) => {
    expect(middleEllipsis(name, longest)).toBe(text);
  });
});
