import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Progress } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { NODE_BASE, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { targetsParquet } from '../../support/shop.ts';
import { Site, type SiteFile } from '../../support/site.ts';

/** A source that cannot be used, and what its reader is told of it. */
interface BadSource {
  readonly name: string;
  /** Extension of the file's name. */
  readonly kind: 'csv' | 'parquet' | 'json';
  /** null: nothing is there. */
  readonly file: SiteFile | null;
  /** Type that the collection declares for the column `value`; default: int64. */
  readonly type?: string;
  readonly reason: RegExp;
  readonly remedy: string;
}

const PARQUET = targetsParquet([1, 2, 3]);
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 7654321\n`;
const PAGE = '<!doctype html>\n<html><head><title>Sign in</title></head><body></body></html>\n';

const WRITE_AGAIN = 'Write the file again.';
const COPY_AGAIN = 'Copy or download the file again.';
const POINT_AT_IT = 'Point the source at the file itself, or rename it.';
const COMPLETE = 'Quote cells that hold commas, or complete the row.';
const CORRECT = 'Correct the cell or declare another type.';

const BAD_SOURCES: readonly BadSource[] = [
  {
    name: 'missing',
    kind: 'csv',
    file: null,
    reason: /nothing is at .*missing\.csv \(status 404\)/,
    remedy: "Put the file there or correct the source's path.",
  },
  {
    name: 'gone',
    kind: 'parquet',
    file: { body: '', status: 410 },
    reason: /nothing is at .*gone\.parquet \(status 410\)/,
    remedy: "Put the file there or correct the source's path.",
  },
  {
    name: 'refused',
    kind: 'csv',
    file: { body: '', status: 503 },
    reason: /the server answered 503 for .*refused\.csv, expected 200/,
    remedy: 'Open the address in a browser to see why.',
  },
  { name: 'empty', kind: 'csv', file: { body: '' }, reason: /empty\.csv is empty/, remedy: WRITE_AGAIN },
  { name: 'blank', kind: 'csv', file: { body: '\n\n' }, reason: /blank\.csv is empty/, remedy: WRITE_AGAIN },
  { name: 'hollow', kind: 'parquet', file: { body: '' }, reason: /hollow\.parquet is empty/, remedy: WRITE_AGAIN },
  {
    name: 'half_parquet',
    kind: 'parquet',
    file: { body: PARQUET.slice(0, PARQUET.length / 2) },
    reason: /half_parquet\.parquet is cut short: expected PAR1 at its end/,
    remedy: COPY_AGAIN,
  },
  {
    name: 'cut_by_server',
    kind: 'csv',
    file: { body: csv('store,value', 'S1,1'), headers: { 'Content-Length': '40' } },
    reason: /cut_by_server\.csv is cut short: expected 40 bytes, found 17/,
    remedy: COPY_AGAIN,
  },
  {
    name: 'cut_in_a_row',
    kind: 'csv',
    file: { body: 'store,value\nS1,1\nS2' },
    reason: /cut_in_a_row\.csv, line 3 has 1 cell, the header has 2/,
    remedy: COMPLETE,
  },
  {
    name: 'cut_in_a_quote',
    kind: 'csv',
    file: { body: 'store,value\nS1,1\n"S2' },
    reason: /cut_in_a_quote\.csv, line 3 opens a quote that never closes/,
    remedy: 'Close it, or double the quotes inside the cell.',
  },
  {
    name: 'page_as_parquet',
    kind: 'parquet',
    file: { body: PAGE },
    reason: /not what its name says: expected Parquet, found an HTML page/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'page_as_csv',
    kind: 'csv',
    file: { body: PAGE },
    reason: /not what its name says: expected CSV, found an HTML page/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'pointer_as_parquet',
    kind: 'parquet',
    file: { body: POINTER },
    reason: /not what its name says: expected Parquet, found a Git LFS pointer/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'pointer_as_csv',
    kind: 'csv',
    file: { body: POINTER },
    reason: /not what its name says: expected CSV, found a Git LFS pointer/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'parquet_as_csv',
    kind: 'csv',
    file: { body: PARQUET },
    reason: /not what its name says: expected CSV, found a Parquet file/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'csv_as_parquet',
    kind: 'parquet',
    file: { body: csv('store,value', 'S1,1') },
    reason: /not what its name says: expected Parquet, found text/,
    remedy: POINT_AT_IT,
  },
  {
    name: 'utf16',
    kind: 'csv',
    file: { body: new Uint8Array([0xff, 0xfe, 0x73, 0, 0x74, 0]) },
    reason: /utf16\.csv holds text that is not UTF-8/,
    remedy: 'Save the file as UTF-8.',
  },
  {
    name: 'malformed_json',
    kind: 'json',
    file: { body: '[{"store": "S1", "value": 1},' },
    reason: /malformed_json\.json is not readable as JSON/,
    remedy: WRITE_AGAIN,
  },
  {
    name: 'long_row',
    kind: 'csv',
    file: { body: csv('store,value', 'S1,1', 'S2,2,3') },
    reason: /long_row\.csv, line 3 has 3 cells, the header has 2/,
    remedy: COMPLETE,
  },
  {
    name: 'short_row',
    kind: 'csv',
    file: { body: csv('store,value', 'S1', 'S2,2') },
    reason: /short_row\.csv, line 2 has 1 cell, the header has 2/,
    remedy: COMPLETE,
  },
  {
    name: 'twice',
    kind: 'csv',
    file: { body: csv('store,value,value', 'S1,1,2') },
    reason: /twice\.csv has more than one column named value/,
    remedy: 'Rename all but one.',
  },
  {
    name: 'nameless',
    kind: 'csv',
    file: { body: csv('store,,value', 'S1,1,2') },
    reason: /nameless\.csv: column 2 has no name in the first line/,
    remedy: 'Name it or remove the column.',
  },
  {
    name: 'word',
    kind: 'csv',
    file: { body: csv('store,value', 'S1,1', 'S2,two') },
    reason: /column value, row 2 \(line 3\): expected a whole number, found "two"/,
    remedy: CORRECT,
  },
  {
    name: 'fraction',
    kind: 'csv',
    file: { body: csv('store,value', 'S1,1.5') },
    reason: /column value, row 1 \(line 2\): expected a whole number, found "1\.5"/,
    remedy: CORRECT,
  },
  {
    name: 'digits',
    kind: 'csv',
    type: 'decimal(2)',
    file: { body: csv('store,value', 'S1,0.125') },
    reason: /column value, row 1 \(line 2\): "0\.125" has more than 2 digits after the point/,
    remedy: 'Declare decimal with more digits, or round the file.',
  },
  {
    name: 'large',
    kind: 'csv',
    file: { body: csv('store,value', 'S1,9223372036854775808') },
    reason: /column value, row 1 \(line 2\): "9223372036854775808" is outside the 64 bits of int64/,
    remedy: 'Declare double, or correct the cell.',
  },
  {
    name: 'no_such_day',
    kind: 'csv',
    type: 'date',
    file: { body: csv('store,value', 'S1,2024-02-30') },
    reason: /column value, row 1 \(line 2\): expected a date as 2024-01-31, found "2024-02-30"/,
    remedy: CORRECT,
  },
];

/** One sound source stands last, so that whatever is done for all of them meets every other one first. */
const SOUND = { name: 'sound', kind: 'csv', type: 'int64' } as const;
const SOURCES = [...BAD_SOURCES, SOUND];

const INSTALLATION = [
  'name: bad',
  'sources:',
  ...SOURCES.map(({ name, kind }) => `  ${name}: {path: ${name}.${kind}}`),
  'backend: {type: duckdb}',
  'metric_engine: {enabled: true}',
  'acs: [{path: bad/}]',
  '',
].join('\n');

const COLLECTION = [
  'coframe: 1',
  'name: bad',
  'schemas:',
  ...SOURCES.map(
    ({ name, type = 'int64' }) =>
      `  - {name: ${name}, source: ${name}, grain: [store], columns: {store: {dimension: store}, value: {type: ${type}}}}`,
  ),
  'metric_families:',
  ...SOURCES.flatMap(({ name }) => [
    `  - name: of_${name}`,
    `    family_root: {schema: ${name}, column: value}`,
    '    ip_reducers: [{operator: MAX, a_block: []}]',
    '    cache_hint: {materialize_at: [[store]]}',
  ]),
  '',
].join('\n');

describe('a collection all of whose sources are bad but one', () => {
  const progress = new Map<string, Progress>();
  let session: NodeSession;
  beforeAll(async () => {
    const site = new Site(NODE_BASE, { 'sound.csv': csv('store,value', 'S1,1', 'S2,2') });
    for (const { name, kind, file } of BAD_SOURCES) if (file !== null) site.put(`${name}.${kind}`, file);
    session = await openInNode({
      installation: INSTALLATION,
      collections: { 'bad/': COLLECTION },
      files: {},
      fetch: site.fetch,
      onProgress: (event) => progress.set(event.id, event),
    });
  });
  afterAll(() => session.close());

  test.each(BAD_SOURCES)('$name: refused by name, with the trouble and the remedy', async (source) => {
    const { name, kind, reason, remedy } = source;
    const answer = await session.query(`SELECT of_${name} AT ()`);
    expect(answer).toMatchObject({ mood: 'refuse', code: 'SOURCE_UNREADABLE', parameters: { source: name } });
    if (!('code' in answer)) throw new Error('it was answered');
    expect(answer.message).toContain(`\`${name}\` (${NODE_BASE}${name}.${kind}) cannot be read: `);
    expect(answer.message).toMatch(reason);
    expect(answer.message).toMatch(/\. [A-Z]/);
    expect(answer.message.endsWith(remedy)).toBe(true);
  });

  test.each([
    { query: 'SELECT of_sound AT ()', rows: [[2]] },
    {
      query: 'SELECT store, of_sound AT store',
      rows: [
        ['S1', 1],
        ['S2', 2],
      ],
    },
  ])('the sound one goes on: $query', async ({ query, rows }) => {
    const answer = await session.query(query);
    expect(answer).toMatchObject({ rows, mood: 'serve', level: 'AAA', served_from: 'engine_cache' });
  });

  test('warm-up filled and verified what it could, and says what it could not', async () => {
    const entries = valueIn(await session.service.entries());
    expect(entries.flatMap((each) => (each.hinted ? [each.family] : []))).toEqual(['of_sound']);
    const warmUp = progress.get('warm-up');
    expect(warmUp).toMatchObject({ state: 'failed', done: 1, total: SOURCES.length });
    for (const { name } of BAD_SOURCES) expect(warmUp?.detail).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test('the sources are listed with what is wrong with them', async () => {
    const { sources } = valueIn(await session.service.summary());
    // What is wrong with a single cell is found only when its column is read.
    const found = new Set(['word', 'fraction', 'digits', 'large', 'no_such_day']);
    for (const { name, reason, remedy } of BAD_SOURCES) {
      const listed = sources.find((each) => each.name === name);
      if (found.has(name)) expect(listed).toMatchObject({ state: 'verified', reason: null });
      else expect(listed).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) });
      if (!found.has(name)) expect(listed?.reason).toContain(remedy);
    }
    expect(sources.find((each) => each.name === 'sound')).toMatchObject({ state: 'verified', rows: 2, reason: null });
  });

  test('nothing of it counts as a fault of the engine', async () => {
    expect(valueIn(await session.service.statistics()).faults).toEqual([]);
  });
});

describe('two columns of one source, one of them bad', () => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openInNode({
      installation:
        'name: cells\nsources:\n  t: {path: t.csv}\nbackend: {type: duckdb}\nmetric_engine: {enabled: true}\nacs: [{path: c/}]\n',
      collections: {
        'c/': `coframe: 1
name: cells
schemas:
  - {name: t, source: t, grain: [k], columns: {k: {dimension: k}, good: {type: int64}, bad: {type: int64}}}
metric_families:
  - {name: good, family_root: {schema: t, column: good}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: bad, family_root: {schema: t, column: bad}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
      },
      files: { 't.csv': csv('k,good,bad', 'a,1,x', 'b,2,2') },
    });
  });
  afterAll(() => session.close());

  test('the bad one is refused and the good one answers, whichever comes first', async () => {
    const bad = { code: 'SOURCE_UNREADABLE', message: expect.stringContaining('column bad, row 1 (line 2)') };
    expect(await session.query('SELECT bad AT ()')).toMatchObject(bad);
    expect(await session.query('SELECT good AT ()')).toMatchObject({ rows: [[3]] });
    expect(await session.query('SELECT bad AT ()')).toMatchObject(bad);
    expect(await session.query('SELECT good, bad AT ()')).toMatchObject(bad);
    expect(await session.query('SELECT k, good AT k')).toMatchObject({
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    });
  });
});
