import { describe, expect, it } from 'vitest';
import { descentText, latticeGroups, latticeOf } from '../../../../src/ui/engine/lattice.ts';
import { byKeyOf, summaryOf } from './summaries.ts';

const fine = summaryOf('1', { anchor: ['day', 'region'], rows: 1329, bytes: 14848, accessCount: 4, hinted: true });
const day = summaryOf('2', { anchor: ['day'], derivedFrom: '1' });
const total = summaryOf('3', { anchor: [], derivedFrom: '2', filter: "day > '2024'" });
const orphan = summaryOf('4', { anchor: ['store'], derivedFrom: 'gone since' });
const cost = summaryOf('5', { family: 'cost', anchor: ['region'], derivedFrom: 'sqlite' });
const finding = summaryOf('6', { domain: 'qm', state: 'edge' });
const ENTRIES = [total, day, fine, orphan, cost, finding];

function drawn(id: string, entries = ENTRIES) {
  const group = latticeGroups(entries).find((each) => each.id === id);
  if (group === undefined) throw new Error(`there is no group ${id}`);
  return latticeOf(group, byKeyOf(entries), 'en');
}

describe('the lattice', () => {
  it('has an edge from what was read to what was made, the backends and what is gone as roots', () => {
    const { nodes, edges, hidden } = drawn('all');
    expect(edges.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
      '1 → 2',
      '2 → 3',
      'backend DuckDB → 1',
      'backend SQLite → 5',
      'gone → 4',
    ]);
    expect(nodes.map(({ id }) => id).sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      'backend DuckDB',
      'backend SQLite',
      'gone',
    ]);
    expect(hidden).toBe(0);
  });

  it('tells anchor, rows, bytes and accesses of an entry', () => {
    const node = drawn('all').nodes.find(({ id }) => id === '1');
    expect(node).toMatchObject({
      word: 'sum of revenue, hint',
      label: '(day, region)',
      details: ['1,329\u00a0rows, 14.5\u00a0KB', 'asked 4\u00a0times'],
      spoken: 'sum of revenue at (day, region), 1,329\u00a0rows, 14.5\u00a0KB, asked 4\u00a0times, from DuckDB',
    });
    expect(descentText(total, byKeyOf(ENTRIES))).toBe(
      "DuckDB → revenue @ (day, region) → revenue @ (day) → revenue @ () where day > '2024'",
    );
    expect(descentText(orphan, byKeyOf(ENTRIES))).toBe('an entry since evicted → revenue @ (store)');
  });

  it('is of one state of one family where it is asked to be', () => {
    expect(latticeGroups(ENTRIES).map(({ label, entries }) => `${label} ${entries.length}`)).toEqual([
      'everything 5',
      'sum of revenue 4',
      'sum of cost 1',
    ]);
    expect(drawn('["cost","sum"]').nodes.map(({ id }) => id)).toEqual(['backend SQLite', '5']);
  });

  it('of many entries draws the most asked, with all that they come from', () => {
    const many = Array.from({ length: 60 }, (_, i) => summaryOf(`m${i}`, { accessCount: i, derivedFrom: 'm0' }));
    const [first, ...rest] = many;
    const entries = [...(first === undefined ? [] : [{ ...first, derivedFrom: 'duckdb' }]), ...rest];
    const [group] = latticeGroups(entries);
    expect(group?.label).toBe('sum of revenue');
    const { nodes, hidden } = drawn(group?.id ?? '', entries);
    const ids = nodes.filter(({ kind }) => kind === 'entry').map(({ id }) => id);
    expect(ids.sort()).toEqual(['m0', ...Array.from({ length: 40 }, (_, i) => `m${i + 20}`)].sort());
    expect(hidden).toBe(19);
  });

  it('of nothing stored has no groups', () => {
    expect(latticeGroups([finding])).toEqual([]);
  });
});
