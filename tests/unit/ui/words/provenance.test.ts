import { describe, expect, it } from 'vitest';
import type { AtomProvenance } from '../../../../src/runtime/api.ts';
import { phraseOf, plainPhrase } from '../../../../src/ui/words/phrase.ts';
import { atomPhrase, originSentence, seriesPathWord } from '../../../../src/ui/words/provenance.ts';

const atom: AtomProvenance = {
  key: 'k',
  family: 'revenue',
  state: 'sum',
  anchor: ['region'],
  schema: 'transactions',
  path: 'exact',
  entry: { key: 'e', anchor: ['region'], rows: 3, bytes: 1024, ageMilliseconds: 190_000, tier: 'memory' },
  steps: [],
  statement: null,
  rowsScanned: 3,
  milliseconds: 0.1,
  notCheaper: [],
};
const finer = { key: 'e', anchor: ['day', 'region'], rows: 1329, bytes: 1, ageMilliseconds: 0, tier: 'file' } as const;

const sentences: readonly [name: string, Partial<AtomProvenance>, text: string][] = [
  ['exact', {}, 'read from the stored entry at (region), 3 rows, kept 3 min ago'],
  [
    'roll-up by dropping',
    { path: 'rollup', entry: finer },
    'rolled up from an entry at (day, region), 1,329 rows, kept just now: added up over day',
  ],
  [
    'roll-up by climbing',
    { path: 'rollup', anchor: ['month', 'region'], entry: finer, steps: ['day→month'] },
    'rolled up from an entry at (day, region), 1,329 rows, kept just now: day → month',
  ],
  [
    'backend',
    { path: 'backend', entry: null, rowsScanned: 523_023 },
    'computed by DuckDB from transactions, 523,023 rows read',
  ],
  [
    'backend that does not count',
    { path: 'backend', entry: null, rowsScanned: null },
    'computed by DuckDB from transactions',
  ],
];

describe('where a series came from', () => {
  it.each(sentences)('%s', (_name, change, text) => {
    const phrase = atomPhrase({ ...atom, ...change }, 'duckdb', 'en-US');
    expect(plainPhrase(phrase).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it('names one path, or says that there are several', () => {
    const rolled: AtomProvenance = { ...atom, path: 'rollup' };
    expect(seriesPathWord({ series: 'a', atoms: [atom, atom] }, 'duckdb')).toBe('exact');
    expect(seriesPathWord({ series: 'a', atoms: [atom, rolled] }, 'duckdb')).toBe('mixed');
  });

  it('counts derived series too', () => {
    const provenance = {
      manifestFingerprint: '',
      planFingerprint: '',
      canonical: '',
      series: [{ series: 'revenue', atoms: [atom] }],
      derived: { profit: 'revenue - cost' },
      decisions: [],
      sources: [],
      conditions: [],
      lineage: {},
      level: 'AAA',
      crossCheck: null,
      backend: 'duckdb',
      engineOff: null,
      milliseconds: { plan: 0, serve: 0, compose: 0, total: 0 },
    } as const;
    const sentence = originSentence({ served_from: 'engine_cache', provenance }, 'en-US');
    expect(sentence.replaceAll('\u00a0', ' ')).toBe('2 series, without touching a database.');
  });
});

describe('phrases', () => {
  it('set the names of a message in code', () => {
    expect(phraseOf('There is no family named `revenu`; did you mean `revenue`?')).toEqual([
      'There is no family named ',
      { code: 'revenu' },
      '; did you mean ',
      { code: 'revenue' },
      '?',
    ]);
    expect(phraseOf('plain')).toEqual(['plain']);
  });
});
