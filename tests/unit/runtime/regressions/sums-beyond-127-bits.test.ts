import { expect, test } from 'vitest';
import type { Progress } from '../../../../src/runtime/api.ts';
import { openLab } from './lab.ts';

const collection = (root: string, columns: string) => `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, shop: {dimension: shop}, ${columns}}}
metric_families:
  - {name: x, family_root: {schema: facts, column: x${root}}, ip_reducers: [{operator: SUM, a_block: []}], cache_hint: {materialize_at: [[shop]]}}
  - {name: y, family_root: {schema: facts, column: y}, ip_reducers: [{operator: SUM, a_block: []}], cache_hint: {materialize_at: [[shop]]}}
`;
const WHOLE = 'x: {type: int64}, y: {type: int64}';
const CENTS = 'x: {type: decimal(2)}, y: {type: decimal(2)}';
const LARGEST = '9223372036854775807';
const tables = { facts: `fact,shop,x,y\n1,a,${LARGEST},${LARGEST}\n2,a,${LARGEST},1\n3,b,2,3\n` };
const cents = { facts: tables.facts.replaceAll(LARGEST, '92233720368547758.07') };

test.each([
  { about: 'a sum', column: 'p', query: 'SELECT SUM(x * x + x * x) AS p AT ()', columns: WHOLE, tables },
  {
    about: 'a sum of decimals',
    column: 'p',
    query: 'SELECT SUM(x * x + x * x) AS p AT ()',
    columns: CENTS,
    tables: cents,
  },
  { about: 'a row', column: 'p', query: 'SELECT SUM(x * y * x) AS p AT shop', columns: WHOLE, tables },
  { about: 'a mean', column: 'm', query: 'SELECT shop, AVG(x * y * x) AS m AT shop', columns: WHOLE, tables },
  {
    about: 'the one of several that does',
    column: 'p',
    query: 'SELECT COUNT(y) AS n, MIN(y) AS low, SUM(x * y * y) AS p, SUM(x * 2) AS d AT ()',
    columns: WHOLE,
    tables,
  },
])('what passes 127 bits in the database is OVERFLOW: $about', async ({ column, query, columns, tables }) => {
  const lab = await openLab({ collections: { 'c/': collection('', columns) }, tables });
  for (const engine of [true, true, false]) {
    const answer = await lab.ask(query, { engine });
    expect(answer).toMatchObject({
      code: 'OVERFLOW',
      mood: 'refuse',
      parameters: { series: column, coordinate: null },
      message: expect.stringMatching(new RegExp(`^\`${column}\` .* 127 bits`)),
    });
    const { from, to } = 'span' in answer ? answer.span : { from: 0, to: 0 };
    expect(query.slice(from, to)).toMatch(new RegExp(`^(SUM|AVG).* AS ${column}$`));
  }
  await lab.close();
});

test('what fits 127 bits and not 64 is told with its coordinate, and the rest is answered', async () => {
  const lab = await openLab({ collections: { 'c/': collection('', WHOLE) }, tables });
  expect(await lab.ask('SELECT SUM(x * y) AS p AT shop')).toMatchObject({
    code: 'OVERFLOW',
    parameters: { series: 'p', coordinate: ['a'] },
  });
  expect(await lab.rows("SELECT SUM(x * y * 2) AS p AT shop WHERE shop = 'b'")).toEqual([['b', 12]]);
  await lab.close();
});

test('a question that shares its pass with one that overflows is answered', async () => {
  const lab = await openLab({ collections: { 'c/': collection('', WHOLE) }, tables });
  const [both, one] = await Promise.all([
    lab.ask('SELECT MIN(y) AS low, SUM(x * y * x) AS p AT shop'),
    lab.rows('SELECT MIN(y) AS low AT shop'),
  ]);
  expect(both).toMatchObject({ code: 'OVERFLOW', parameters: { series: 'p' } });
  expect(one).toEqual([
    ['a', 1],
    ['b', 3],
  ]);
  await lab.close();
});

test('warm-up goes past an anchor whose condition overflows', async () => {
  const root = ', where: "x * x * x > 0"';
  const lab = await openLab({ collections: { 'c/': collection(root, WHOLE) }, tables, warmUp: 'await' });
  expect(await lab.code('SELECT x AT ()')).toBe('OVERFLOW');
  const hinted = await lab.service.entries();
  expect(hinted.ok && hinted.value.filter((each) => each.hinted).map((each) => each.family)).toEqual(['y']);
  await lab.close();
});

test('warm-up checks the other conditions where the one of the filter overflows', async () => {
  const events: Progress[] = [];
  const filtered = `${collection('', `${WHOLE}, z: {dimension: z, type: int64}`)}filter: "z * z * z > 0"\n`;
  const lab = await openLab({
    collections: { 'c/': filtered },
    tables: { facts: `fact,shop,x,y,z\n1,a,1,2,${LARGEST}\n` },
    warmUp: 'await',
    onProgress: (event) => events.push(event),
  });
  expect(await lab.code('SELECT x AT ()')).toBe('OVERFLOW');
  const last = events.filter(({ id }) => id === 'verification').at(-1);
  expect(last).toMatchObject({ state: 'failed', detail: expect.stringContaining('Overflow in multiplication') });
  expect((last?.total ?? 0) - (last?.done ?? 0)).toBe(1);
  await lab.close();
});

test('squares that do not fit 127 bits are kept as moments, whatever the texts of a source look like', async () => {
  // As texts the least is -12 and the largest 7.
  const facts = 'fact,shop,x,y\n1,a,-12,1\n2,a,-9223372036854775808,1\n3,b,7,2\n4,b,-9223372036854775808,3\n';
  const lab = await openLab({ collections: { 'c/': collection('', WHOLE) }, tables: { facts } });
  const [row] = await lab.everyWay('SELECT STDDEV_POP(x) AS s, VAR_SAMP(y) AS v AT ()');
  expect(row?.[0]).toBeCloseTo(2 ** 62, -6);
  expect(row?.[1]).toBeCloseTo(11 / 12, 12);
  await lab.close();
});
