import { afterEach, describe, expect, test } from 'vitest';
import { loadCollection } from '../../../src/collection/collection.ts';
import type { EntrySummary, Recommendation, RecommendationThresholds } from '../../../src/runtime/api.ts';
import { csv, installationOf } from '../../cases/case.ts';
import { type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';

const tables = {
  sales: csv(
    'sale,day,store,amount,buyer',
    'a,2024-01-01,S1,10,x',
    'b,2024-01-01,S2,20,y',
    'c,2024-01-02,S3,30,x',
    'd,2024-02-03,S1,5,x',
  ),
  stores: csv('store,region,city', 'S1,East,Ulm', 'S2,East,Bonn', 'S3,West,Ulm'),
};

const COLLECTION = `coframe: 1
name: shop
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      store: {dimension: store}
      amount: {type: int64}
      buyer: {}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}, city: {attribute_of: store}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers:
      - {operator: SUM, a_block: []}
    cache_hint:
      materialize_at:
        - [region]
  - name: mean
    family_root: {schema: sales, column: amount}
    ip_reducers:
      - {operator: AVG, a_block: []}
      - {operator: SUM, a_block: []}
  - name: buyers
    family_root: {schema: sales, column: buyer}
    reducer: COUNT_DISTINCT
  - name: doubled
    derived: {formula: 2 * amount, inputs: [amount]}
`;

const ALL: RecommendationThresholds = { min_hits: 0, min_age_days: 0, min_hits_per_day: 0 };

const sessions: NodeSession[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

function given(collection = COLLECTION) {
  const files = Object.fromEntries(Object.entries(tables).map(([name, text]) => [`${name}.csv`, text]));
  return { installation: installationOf({ tables }), collections: { 'case/': collection }, files };
}

async function opened(collection = COLLECTION): Promise<NodeSession> {
  const session = await openInNode(given(collection));
  sessions.push(session);
  return session;
}

async function asked(...questions: readonly string[]): Promise<NodeSession> {
  const session = await opened();
  for (const question of questions) expect(await session.query(question), question).not.toHaveProperty('code');
  return session;
}

async function recommended(session: NodeSession, thresholds: Partial<RecommendationThresholds> = ALL) {
  return valueIn(await session.service.recommendations(thresholds));
}

/** Family, anchor and hits of each, in the order of their names. */
async function hitsOf(session: NodeSession): Promise<readonly string[]> {
  const found = await recommended(session);
  return found.map(({ family, anchor, hits }) => `${family} @ (${anchor.join(', ')}): ${hits}`).sort();
}

async function entriesOf(session: NodeSession, anchor: readonly string[]): Promise<readonly EntrySummary[]> {
  const entries = valueIn(await session.service.entries());
  return entries.filter((each) => each.domain === 'metric' && each.anchor.join() === anchor.join());
}

describe('hits of an anchor', () => {
  test('are questions that read what is stored at it, the one that made it included; declared anchors have none', async () => {
    const session = await asked(
      'SELECT amount AT store',
      'SELECT amount AT store',
      'SELECT amount AT region',
      'SELECT doubled AT store',
    );
    expect(await hitsOf(session)).toEqual(['amount @ (store): 3']);
  });

  test('count an average once, though it reads a sum and a count', async () => {
    const session = await asked('SELECT mean AT store', 'SELECT mean AT store', 'SELECT mean AT month');
    const stored = await entriesOf(session, ['store']);
    expect(stored.map(({ state, accessCount }) => [state, accessCount]).sort()).toEqual([
      ['count', 2],
      ['sum', 2],
    ]);
    // The month does not follow from stores: a question of its own.
    expect(await hitsOf(session)).toEqual(['mean @ (month): 1', 'mean @ (store): 2']);
  });

  test('add up over states that were asked for apart', async () => {
    const session = await asked('SELECT SUM(mean) AT day', 'SELECT COUNT(mean) AT day', 'SELECT mean AT day');
    expect(await hitsOf(session)).toEqual(['mean @ (day): 3']);
  });

  test('count the finer anchor that a roll-up reads, and the coarser that it makes', async () => {
    const session = await asked('SELECT amount AT (day, store)', 'SELECT amount AT day', 'SELECT amount AT day');
    expect(await hitsOf(session)).toEqual(['amount @ (day): 2', 'amount @ (day, store): 2']);
  });

  test('count one question once, though it reads an entry twice', async () => {
    const session = await asked('SELECT amount AT (day, store)', 'SELECT amount, AVG(amount @ (store)) AS each AT day');
    const [finest] = await entriesOf(session, ['day', 'store']);
    expect(finest?.accessCount).toBe(3);
    expect(await hitsOf(session)).toContain('amount @ (day, store): 2');
  });

  test('under a filter count for the anchor with what the filter reads, as far as the anchor does not give it', async () => {
    const session = await asked(
      "SELECT amount AT day WHERE store = 'S1'",
      "SELECT amount AT day WHERE store = 'S2'",
      "SELECT amount AT store WHERE region = 'East'",
      "SELECT amount AT day WHERE city = 'Ulm' AND region = 'East'",
    );
    expect(await hitsOf(session)).toEqual(['amount @ (day, store): 3', 'amount @ (store): 1']);
  });

  test('of what a hint would not keep, or not be any help for, are none', async () => {
    const session = await asked(
      'SELECT MAX(amount) AT store',
      "SELECT buyers AT region WHERE store = 'S1'",
      'SELECT COUNT(*) AS n FROM sales AT store',
    );
    expect(await hitsOf(session)).toEqual([]);
    await session.query('SELECT buyers AT store');
    expect(await hitsOf(session)).toEqual(['buyers @ (store): 1']);
  });
});

describe('the evidence', () => {
  test('is that of the entries: what they saved, what a backend took, bytes of what the hint keeps', async () => {
    const session = await asked('SELECT mean AT store', 'SELECT mean AT store', 'SELECT MAX(mean) AT store');
    const [found] = await recommended(session);
    const stored = await entriesOf(session, ['store']);
    const sum = (read: (entry: EntrySummary) => number, states = ['sum', 'count', 'max']) =>
      stored.filter(({ state }) => states.includes(state)).reduce((total, entry) => total + read(entry), 0);
    expect(found).toMatchObject({ family: 'mean', anchor: ['store'], hits: 3, states: ['count', 'max', 'sum'] });
    expect(found?.millisecondsSaved).toBeCloseTo(sum((entry) => entry.millisecondsSaved));
    const made = sum((entry) => entry.computeMilliseconds, ['sum', 'count']);
    expect(found?.millisecondsWouldSave).toBeCloseTo((found?.millisecondsSaved ?? 0) + made);
    expect(made).toBeGreaterThan(0);
    expect(found?.bytes).toBe(sum((entry) => entry.bytes, ['sum', 'count']));
    expect(found?.days).toBeLessThan(0.01);
    expect(found?.hitsPerDay).toBe(3);
  });

  test('has no bytes while what the hint would keep is not stored', async () => {
    const session = await asked("SELECT amount AT day WHERE store = 'S1'");
    expect(await recommended(session)).toMatchObject([{ anchor: ['day', 'store'], bytes: null }]);
  });
});

describe('thresholds', () => {
  test('are inclusive, and by default nothing of a fresh profile is hot', async () => {
    const session = await asked('SELECT amount AT store', 'SELECT amount AT store');
    expect(await recommended(session, {})).toEqual([]);
    const cases: readonly [Partial<RecommendationThresholds>, number][] = [
      [{ ...ALL, min_hits: 2 }, 1],
      [{ ...ALL, min_hits: 2.5 }, 0],
      [{ ...ALL, min_hits_per_day: 2 }, 1],
      [{ ...ALL, min_hits_per_day: 2.1 }, 0],
      [{ ...ALL, min_age_days: 1 }, 0],
      [{ min_hits: 0, min_age_days: 0 }, 1],
    ];
    for (const [thresholds, count] of cases) expect(await recommended(session, thresholds)).toHaveLength(count);
  });

  test('that are negative or not finite are refused by name', async () => {
    const session = await opened();
    for (const [name, value] of [
      ['min_hits', -1],
      ['min_age_days', Number.NaN],
      ['min_hits_per_day', Number.POSITIVE_INFINITY],
    ] as const) {
      expect(await session.service.recommendations({ [name]: value })).toEqual({
        ok: false,
        error: { kind: 'range', message: `recommendations: ${name} is ${value}; it must be a number of 0 or more` },
      });
    }
  });

  test('with the engine off nothing is recommended', async () => {
    const session = await openInNode({ ...given(), engine: false });
    sessions.push(session);
    await session.query('SELECT amount AT store');
    expect(await recommended(session)).toEqual([]);
  });
});

describe('the YAML, pasted', () => {
  /** The collection with a recommendation in it, as a person would paste it. */
  function pasted(collection: string, { family, yaml }: Recommendation): string {
    const [before = '', after = ''] = collection.split(new RegExp(`(?<=- name: ${family}\\n)`));
    const end = after.search(/^ {2}- name: /m);
    const [own, rest] = end < 0 ? [after, ''] : [after.slice(0, end), after.slice(end)];
    return `${before}${own.replace(/^ {4}cache_hint:\n(?: {6,}.*\n)*/m, '')}${yaml}${rest}`;
  }

  test.each([
    'SELECT amount AT store', // The family has a hint already, which it takes the place of.
    'SELECT amount AT ()',
    'SELECT mean AT (day, region)',
    'SELECT buyers AT store',
    "SELECT amount AT day WHERE city = 'Ulm'",
  ])('after %s: the collection compiles, warm-up fills the anchor, and it is recommended no more', async (question) => {
    const session = await asked(question);
    const [found, ...others] = await recommended(session);
    if (found === undefined) throw new Error('nothing is recommended');
    expect(others).toEqual([]);
    const collection = pasted(COLLECTION, found);
    expect(loadCollection(collection, 'ac.yaml').ok).toBe(true);
    const next = await opened(collection);
    const filled = (await entriesOf(next, found.anchor)).filter(
      ({ family, hinted }) => hinted && family === found.family,
    );
    expect(filled.length).toBeGreaterThan(0);
    const declared = (await entriesOf(next, ['region'])).filter(({ family }) => family === 'amount');
    expect(declared).toMatchObject([{ hinted: true }]);
    const answer = await next.query(question);
    expect(answer).toMatchObject({ served_from: 'engine_cache' });
    expect(await recommended(next)).toEqual([]);
  });
});
