import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sameDouble } from '../../../src/columns/tolerance.ts';
import type { Answer, AtomProvenance, Json } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { BACKENDS, startedInNode } from '../../support/backends.ts';
import { type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';

/**
 * Everything that rolls up, at every anchor of a lattice: along each of its paths, from the finest anchor to the grand
 * total, a state made of the one before is the state made of the rows.
 */
const PLACES = ['store', 'region', null] as const;
const TIMES = ['day', 'month', 'year', null] as const;

/** As columns of one question; `d` are doubles, `n` has cents, `f` flags. */
const MERGED = [
  'SUM(n)',
  'SUM(d)',
  'COUNT(n)',
  'COUNT(*)',
  'MIN(t)',
  'MAX(d)',
  'AVG(n)',
  'AVG(d)',
  'VAR_POP(n)',
  'VAR_SAMP(d)',
  'STDDEV_POP(d)',
  'STDDEV_SAMP(n)',
  'WEIGHTED_AVG(n, k)',
  'WEIGHTED_AVG(d, k)',
  'FIRST(n, order => day, combine => SUM)',
  'LAST(n, order => day, combine => MAX)',
  'LAST(t, order => day, combine => MIN)',
  'PRODUCT(k)',
  'BOOL_AND(f)',
  'BOOL_OR(f)',
  'APPROX_DISTINCT(t)',
  'APPROX_QUANTILE(d, 0.75)',
];
const NOT_MERGED = ['MEDIAN(n)', 'QUANTILE(d, 0.9)', 'MODE(t)', 'COUNT_DISTINCT(t)'];

const COLLECTION = `coframe: 1
name: lattice
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      store: {dimension: store}
      day: {dimension: day, type: date}
      n: {type: decimal(2)}
      d: {type: double}
      k: {type: int64}
      t: {type: text}
      f: {type: bool}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [month, year]}}
metric_families:
  - {name: n, family_root: {schema: sales, column: n}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: d, family_root: {schema: sales, column: d}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: k, family_root: {schema: sales, column: k}, ip_reducers: [{operator: PRODUCT, a_block: []}]}
  - {name: t, family_root: {schema: sales, column: t}, ip_reducers: [{operator: MIN, a_block: []}]}
  - {name: f, family_root: {schema: sales, column: f}, ip_reducers: [{operator: BOOL_OR, a_block: []}]}
`;

const INSTALLATION = [
  'name: lattice',
  'sources: {sales: {path: sales.csv}, stores: {path: stores.csv}}',
  'backend: {type: duckdb}',
  'metric_engine: {enabled: true}',
  'acs: [{path: ac/}]',
  '',
].join('\n');

/** 400 sales of 7 stores, one of them unknown, over two years; some days, values and stores are missing. */
function sales(): string {
  let state = 7;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
  const some = (text: string) => (below(12) === 0 ? '' : text);
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = `202${3 + below(2)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(5)).padStart(2, '0')}`;
    const cents = (below(200_000) - 100_000) / 100;
    const cells = [cents.toFixed(2), String((below(2000) - 1000) / 7), String(1 + below(3)), `t${below(40)}`];
    return [
      `s${i}`,
      some(`S${1 + below(7)}`),
      some(day),
      ...cells.map(some),
      some(below(2) === 0 ? 'true' : 'false'),
    ].join();
  });
  return csv('sale,store,day,n,d,k,t,f', ...rows);
}

const FILES = {
  'sales.csv': sales(),
  'stores.csv': csv('store,region', 'S1,East', 'S2,East', 'S3,West', 'S4,West', 'S5,West', 'S6,'),
};

/** An anchor as a place and a time of the chains; 0 is the finest of each. */
type Anchor = readonly [place: number, time: number];

const FINEST: Anchor = [0, 0];
const LAST_PLACE = PLACES.length - 1;
const LAST_TIME = TIMES.length - 1;

/** The ways from an anchor to the grand total, one step of one chain at a time. */
function pathsFrom([place, time]: Anchor): readonly (readonly Anchor[])[] {
  const next: Anchor[] = [];
  if (place < LAST_PLACE) next.push([place + 1, time]);
  if (time < LAST_TIME) next.push([place, time + 1]);
  if (next.length === 0) return [[[place, time]]];
  return next.flatMap((each) => pathsFrom(each).map((path) => [[place, time] as const, ...path]));
}

function anchors(): readonly Anchor[] {
  return PLACES.flatMap((_, place) => TIMES.map((_, time): Anchor => [place, time]));
}

function question([place, time]: Anchor, series: readonly string[]): string {
  const names = [PLACES[place], TIMES[time]].filter((name) => name != null);
  const columns = series.map((each, i) => `${each} AS c${i}`);
  return `SELECT ${[...names, ...columns].join(', ')} FROM sales AT (${names.join(', ')})`;
}

describe.each(BACKENDS)('on $name', ({ name }) => {
  let session: NodeSession;
  /** Computed straight from the rows. */
  const direct = new Map<string, Answer>();

  beforeAll(async () => {
    const given = { installation: INSTALLATION, collections: { 'ac/': COLLECTION }, files: FILES };
    session = await openInNode({ ...given, startBackend: (backend) => startedInNode(backend) });
    for (const anchor of anchors()) {
      const text = question(anchor, MERGED);
      direct.set(text, await answered(text, false));
    }
  }, 120_000);
  afterAll(() => session?.close());

  const answered = async (text: string, engine: boolean): Promise<Answer> => {
    const answer = await session.query(text, { backend: name, engine });
    if ('code' in answer) throw new Error(`${text}: ${answer.code} ${answer.message}`);
    return answer;
  };
  /** The question with the engine on: every state came that way, and the answer is the direct one. */
  const comes = async (anchor: Anchor, path: AtomProvenance['path']): Promise<void> => {
    const text = question(anchor, MERGED);
    const answer = await answered(text, true);
    const paths = new Set(answer.provenance.series.flatMap(({ atoms }) => atoms.map((atom) => atom.path)));
    expect([text, ...paths]).toEqual([text, path]);
    expectSame(answer, direct.get(text));
  };
  const evict = async (): Promise<void> => void valueIn(await session.service.evict(null));
  /** Only what was made last stays. */
  const evictBut = async (keys: ReadonlySet<string>): Promise<void> => {
    const entries = valueIn(await session.service.entries());
    const gone = entries.filter(({ domain, key }) => domain === 'metric' && !keys.has(key)).map(({ key }) => key);
    valueIn(await session.service.evict(gone));
  };
  const entryKeys = async (anchor: Anchor): Promise<ReadonlySet<string>> => {
    const { provenance } = await answered(question(anchor, MERGED), true);
    return new Set(provenance.series.flatMap(({ atoms }) => atoms.map(({ key }) => key)));
  };

  test('from each anchor straight to every coarser one', async () => {
    for (const finer of anchors()) {
      await evict();
      await comes(finer, 'backend');
      const keys = await entryKeys(finer);
      for (const coarser of anchors()) {
        if (coarser[0] < finer[0] || coarser[1] < finer[1]) continue;
        if (coarser[0] === finer[0] && coarser[1] === finer[1]) continue;
        await comes(coarser, 'rollup');
        await evictBut(keys);
      }
    }
  });

  test('along every path, each from the one before alone', async () => {
    const paths = pathsFrom(FINEST);
    expect(paths).toHaveLength(10);
    for (const [first = FINEST, ...others] of paths) {
      await evict();
      await comes(first, 'backend');
      for (const anchor of others) {
        await comes(anchor, 'rollup');
        await evictBut(await entryKeys(anchor));
      }
    }
  });

  test('what does not merge is computed at each anchor, and is marked so', async () => {
    await evict();
    for (const anchor of [FINEST, [0, LAST_TIME], [LAST_PLACE, LAST_TIME]] as const) {
      const text = question(anchor, NOT_MERGED);
      const answer = await answered(text, true);
      expect(answer.provenance.series.flatMap(({ atoms }) => atoms.map(({ path }) => path))).toEqual(
        NOT_MERGED.map(() => 'backend'),
      );
      expectSame(answer, await answered(text, false));
    }
    const entries = valueIn(await session.service.entries()).filter(({ domain }) => domain === 'metric');
    expect(entries).toHaveLength(3 * NOT_MERGED.length);
    expect(entries.every(({ notFurtherRollable }) => notFurtherRollable)).toBe(true);
  });
});

function expectSame(answer: Answer, wanted: Answer | undefined): void {
  expect(answer.columns).toEqual(wanted?.columns);
  expect(answer.rows.length).toBe(wanted?.rows.length);
  answer.rows.forEach((row, i) => {
    row.forEach((cell, j) => {
      const other = wanted?.rows[i]?.[j] ?? null;
      if (!isSame(cell, other)) throw new Error(`${answer.columns[j]} at row ${i}: ${cell}, and directly ${other}`);
    });
  });
}

function isSame(a: Json, b: Json): boolean {
  // No sum of magnitudes here passes 400 × 1000 squared.
  return typeof a === 'number' && typeof b === 'number' ? sameDouble(a, b, 1e6) : a === b;
}
