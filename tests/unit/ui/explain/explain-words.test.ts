import { describe, expect, it } from 'vitest';
import type { ExplainedAtom } from '../../../../src/runtime/api.ts';
import {
  atomPhrase,
  basisWord,
  graphSentences,
  proofSentence,
  routePhrase,
  withoutExplain,
} from '../../../../src/ui/explain/explain-words.ts';
import { plainPhrase } from '../../../../src/ui/words/phrase.ts';

const ATOM: ExplainedAtom = {
  key: 'k',
  label: 'revenue',
  series: ['revenue'],
  family: 'revenue',
  state: 'sum',
  input: 'revenue',
  anchor: ['region'],
  filter: null,
  schema: 'sales',
  rows: 1200,
  route: { path: 'backend', entry: null, steps: [], notCheaper: [] },
  isKept: true,
};

const entry = { key: 'e', anchor: ['day', 'store'], rows: 1, bytes: 2048 };

const route = (given: ExplainedAtom['route']) =>
  plainPhrase(routePhrase({ ...ATOM, route: given }, 'DuckDB', 'en')).replaceAll('\u00a0', ' ');

describe('the words of an explanation', () => {
  it.each([
    ['EXPLAIN SELECT a AT ()', 'SELECT a AT ()'],
    ['explain\n  SELECT a AT ()', 'SELECT a AT ()'],
    ['-- why\nEXPLAIN SELECT a AT ()', '-- why\nSELECT a AT ()'],
    ['SELECT a AS "EXPLAIN" AT ()', 'SELECT a AS "EXPLAIN" AT ()'],
    ['', ''],
  ])('%s without EXPLAIN', (text, question) => {
    expect(withoutExplain(text)).toBe(question);
  });

  it('a state at its anchor', () => {
    expect(plainPhrase(atomPhrase(ATOM))).toBe('sum of revenue at (region)');
    expect(plainPhrase(atomPhrase({ ...ATOM, family: null, label: 'coordinates', state: 'coordinates' }))).toBe(
      'distinct coordinates at (region)',
    );
    expect(plainPhrase(atomPhrase({ ...ATOM, family: null, label: 'SUM(a - b)' }))).toBe(
      'sum of SUM(a - b) at (region)',
    );
  });

  it('the way it would come', () => {
    expect(route(ATOM.route)).toBe('DuckDB would compute it from sales, 1,200 rows.');
    expect(route({ ...ATOM.route, path: 'exact', entry })).toBe(
      'The stored entry at (day, store) holds it as it is: 1 row, 2 KB.',
    );
    expect(route({ ...ATOM.route, path: 'rollup', entry, steps: ['store→region via stores'] })).toBe(
      'It would be rolled up from the stored entry at (day, store), by store → region via stores: 1 row, 2 KB.',
    );
    expect(route({ ...ATOM.route, path: 'rollup', entry: { ...entry, anchor: ['day', 'region'] } })).toBe(
      'It would be rolled up from the stored entry at (day, region), over day: 1 row, 2 KB.',
    );
  });

  it('what it rests on', () => {
    const proof = { kind: 'fd_holds', subject: 'store→region via stores', basis: 'declared', holds: true } as const;
    expect([proofSentence(proof), basisWord(proof)]).toEqual([
      'store → region via stores holds',
      'declared, not yet attested',
    ]);
    expect(basisWord({ ...proof, basis: 'attested', holds: false })).toBe('contradicted by the data');
  });

  it('the graph as sentences', () => {
    expect(
      graphSentences({
        nodes: [
          { id: '1', kind: 'series', label: 'revenue', detail: '' },
          { id: '2', kind: 'atom', label: 'sum of revenue @ (region)', detail: "day = '2024-01-01'" },
          { id: '3', kind: 'schema', label: 'sales', detail: '4 rows' },
        ],
        edges: [
          { from: '1', to: '2', label: '' },
          { from: '2', to: '3', label: 'computed' },
        ],
      }),
    ).toEqual([
      'shown revenue: from sum of revenue @ (region)',
      "state sum of revenue @ (region) (day = '2024-01-01'): from sales, computed",
      'table sales (4 rows)',
    ]);
  });
});
