import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../../src/protocol/backend.ts';
import type { Answer, ExplainedAtom, Explanation, Refusal } from '../../../src/runtime/api.ts';
import { type NodeSession, openInNode, retailInstallation, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

async function explained({ service }: NodeSession, text: string): Promise<Explanation> {
  const found = valueIn(await service.explain(text));
  if ('code' in found) throw new Error(`${text}: ${found.message}`);
  return found;
}

/** One of every kind of construct, over the retail demo. */
const CONSTRUCTS = [
  'SELECT revenue AT region',
  'SELECT revenue, cost, orders, stock AT month',
  'SELECT profit AT (region, month)',
  'SELECT profit / revenue AS margin AT category',
  'SELECT region FROM stores AT region',
  'SELECT store, store_name, revenue AT store',
  'SELECT COUNT(*), revenue AT ()',
  'SELECT COUNT_DISTINCT(customer) FROM transactions AT region',
  'SELECT MEDIAN(cost), QUANTILE(revenue, 0.9) AS p90, MODE(cost) AS usual AT region',
  'SELECT APPROX_DISTINCT(customer) AS many FROM transactions AT region',
  'SELECT SUM(revenue - cost) AS won AT store',
  'SELECT AVG(revenue @ (day)) AS mean AT region',
  'SELECT SUM(stock @ (store)) AS shelf AT month',
  'SELECT revenue / (revenue @ ()) AS share AT region',
  'SELECT LAG(revenue, 1) AS before, CUMSUM(revenue, reset => year) AS year_to_date AT (region, month)',
  'SELECT RANK(revenue, within => region) AS place AT (region, store)',
  'SELECT revenue AT promotion VIA product_promotions',
  "SELECT CASE WHEN revenue > 100 THEN 'much' ELSE 'little' END AS size AT store",
  'WITH margin = profit / revenue SELECT margin AS m AT region HAVING m > 0.1',
  "SELECT revenue AT region WHERE STARTS_WITH(category, 'B') AND day BETWEEN '2024-01-01' AND '2024-02-29'",
  'SELECT revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 2 PER region',
  'EXPLAIN SELECT revenue AT region',
];

describe('explaining touches nothing', () => {
  it('no backend is started, no statement run, no source read, no entry looked into', async () => {
    const started: BackendName[] = [];
    let asked = 0;
    const session = await openInNode({
      ...(await retailInstallation()),
      warmUp: 'off',
      fetch: () => {
        asked += 1;
        return Promise.reject(new TypeError('a source was asked for'));
      },
      startBackend: (name) => {
        started.push(name);
        throw new Error(`${name} was started`);
      },
    });
    const before = valueIn(await session.service.statistics());
    for (const text of CONSTRUCTS) {
      const explanation = await explained(session, text);
      expect([text, explanation.atoms.length > 0, explanation.statements.length > 0]).toEqual([text, true, true]);
    }
    const after = valueIn(await session.service.statistics());
    expect(after).toEqual(before);
    expect([started, asked, after.backendStatements]).toEqual([[], 0, 0]);
    await session.close();
  });

  it('entries that would serve are named, and neither read nor counted as used', async () => {
    const session = await openShop();
    await session.query('SELECT amount AT store');
    const uses = async () =>
      valueIn(await session.service.entries()).map(({ key, lastAccess, accessCount }) => ({
        key,
        lastAccess,
        accessCount,
      }));
    const [before, counted] = [await uses(), valueIn(await session.service.statistics())];
    expect((await explained(session, 'SELECT amount AT store')).atoms[0]?.route.path).toBe('exact');
    expect((await explained(session, 'SELECT amount AT ()')).atoms[0]?.route.path).toBe('rollup');
    expect(await uses()).toEqual(before);
    expect(valueIn(await session.service.statistics())).toEqual(counted);
    await session.close();
  });
});

function openShop(given: { readonly engine?: boolean } = {}): Promise<NodeSession> {
  return openInNode({
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
    ...given,
  });
}

describe('the way an atom would come', () => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openShop();
  });
  afterAll(async () => {
    await session?.close();
  });

  const way = async (text: string): Promise<ExplainedAtom['route']> => {
    const [atom, ...others] = (await explained(session, text)).atoms;
    if (atom === undefined || others.length > 0) throw new Error(`${text}: not one atom`);
    return atom.route;
  };

  it('from the backend, then rolled up, then as it is stored: as entries come', async () => {
    const text = 'SELECT amount AT region';
    expect(await way(text)).toEqual({
      path: 'backend',
      entry: null,
      steps: [],
      notCheaper: ['no entry at exactly this anchor and filter', 'no entry holds this state'],
    });

    await session.query('SELECT amount AT (store, day)');
    const rolled = await way(text);
    expect(rolled).toMatchObject({ path: 'rollup', entry: { anchor: ['day', 'store'], rows: 4 } });
    expect(rolled.steps).toEqual(['store→region via stores']);

    await session.query('SELECT amount AT store');
    // Of several entries that would do the smallest serves.
    expect(await way(text)).toMatchObject({ path: 'rollup', entry: { anchor: ['store'], rows: 3 } });

    const { provenance } = answered(await session.query(text));
    expect(provenance.series[0]?.atoms[0]).toMatchObject({ path: 'rollup', entry: { anchor: ['store'] } });
    expect(await way(text)).toMatchObject({ path: 'exact', entry: { anchor: ['region'], rows: 2 }, steps: [] });

    await session.service.evict(null);
    expect((await way(text)).path).toBe('backend');
  });

  it('says why an entry that holds the state does not do', async () => {
    await session.query('SELECT amount AT region');
    const { path, notCheaper } = await way('SELECT amount AT day');
    expect(path).toBe('backend');
    expect(notCheaper).toEqual(['no entry at exactly this anchor and filter', 'no entry has day']);
  });

  it('is the backend for all without the engine', async () => {
    const off = await openShop({ engine: false });
    const { atoms } = await explained(off, 'SELECT amount AT region');
    expect(atoms.map(({ route }) => [route.path, route.notCheaper])).toEqual([['backend', ['the engine is off']]]);
    await off.close();
  });
});

function answered(asked: Answer | Refusal): Answer {
  if (!('provenance' in asked)) throw new Error(asked.message);
  return asked;
}

describe('what an explanation says', () => {
  let retail: NodeSession;
  beforeAll(async () => {
    retail = await openInNode({ ...(await retailInstallation()), warmUp: 'off' });
  });
  afterAll(async () => {
    await retail?.close();
  });

  it.each([
    'SELECT revenue, cost AT store',
    'SELECT orders AT day',
    "SELECT revenue AT product WHERE day >= '2024-02-01'",
    'SELECT MAX(revenue), COUNT(*) AT (store, product)',
    'SELECT MEDIAN(cost) AT region',
  ])('%s: the statement is the one that runs', async (text) => {
    const told = (await explained(retail, text)).statements.filter((each) => each.isDefault).map((each) => each.text);
    const { provenance } = answered(await retail.query(text, { engine: false }));
    const ran = new Set(provenance.series.flatMap(({ atoms }) => atoms.map((atom) => atom.statement)));
    expect(told).toEqual([...ran]);
    expect(told).toHaveLength(1);
  });

  it('has a statement for every backend, of the same atoms', async () => {
    const { statements, atoms } = await explained(retail, 'SELECT revenue, AVG(orders @ (day)) AS d AT region');
    const byBackend = new Map<string, readonly string[]>();
    for (const { backend, atoms: keys } of statements)
      byBackend.set(backend, [...(byBackend.get(backend) ?? []), ...keys]);
    expect([...byBackend.keys()].sort()).toEqual(['arquero', 'duckdb', 'sqlite']);
    const all = atoms.map(({ key }) => key).sort();
    for (const keys of byBackend.values()) expect([...keys].sort()).toEqual(all);
  });

  it('names the inputs whose distinct values are read first', async () => {
    const tabulated = async (text: string) => [
      ...new Set((await explained(retail, text)).statements.flatMap((each) => each.tabulated)),
    ];
    expect(await tabulated("SELECT revenue AT region WHERE STARTS_WITH(category, 'B')")).toEqual(['category']);
    expect(await tabulated("SELECT revenue AT region WHERE category = 'B'")).toEqual([]);
  });

  it('tells the schema chosen and why the others lost', async () => {
    const schemas = async (text: string) => (await explained(retail, text)).schemas;
    expect(await schemas("SELECT revenue AT region WHERE category = 'Books'")).toEqual([
      {
        domain: 'schema',
        subject: 'revenue',
        chosen: 'transactions',
        alternatives: [{ name: 'region_daily_summary', reason: 'does not reach category' }],
      },
    ]);
    const [plain] = await schemas('SELECT revenue AT region');
    expect(plain?.chosen).toBe('transactions');
    expect(plain?.alternatives.map(({ name }) => name)).toEqual(['region_daily_summary']);
    expect(plain?.alternatives[0]?.reason).toMatch(/not.*verified/);
  });

  it('lists what is not yet attested until it is', async () => {
    const fresh = await openShop();
    const before = await explained(fresh, 'SELECT amount AT region');
    expect(before.missing).toEqual(['each store has one region']);
    expect(before.proofs).toContainEqual({
      kind: 'fd_holds',
      subject: 'store→region via stores',
      basis: 'declared',
      holds: true,
    });
    await fresh.query('SELECT amount AT region');
    const after = await explained(fresh, 'SELECT amount AT region');
    expect(after.missing).toEqual([]);
    expect(after.proofs.find(({ kind }) => kind === 'fd_holds')?.basis).toBe('attested');
    await fresh.close();
  });

  it('a graph whose edges join its nodes, from every series to where it is read', async () => {
    for (const text of CONSTRUCTS) {
      const { graph, columns } = await explained(retail, text);
      const ids = graph.nodes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { from, to } of graph.edges)
        expect([text, ids.includes(from), ids.includes(to)]).toEqual([text, true, true]);
      const series = columns.filter(({ role }) => role === 'series').map(({ name }) => name);
      expect(graph.nodes.filter(({ kind }) => kind === 'series').map(({ label }) => label)).toEqual(series);
      const ends = graph.nodes.filter(({ id }) => !graph.edges.some(({ from }) => from === id));
      expect([text, ends.every(({ kind }) => kind === 'schema' || kind === 'entry')]).toEqual([text, true]);
    }
  });

  it('counts one row as one', async () => {
    const { graph } = await explained(retail, 'SELECT revenue AT ()');
    expect(graph.nodes.find(({ kind }) => kind === 'schema')?.detail).toBe('523,023 rows');
    await retail.query('SELECT revenue AT ()');
    const stored = await explained(retail, 'SELECT revenue AT ()');
    expect(stored.graph.nodes.find(({ kind }) => kind === 'entry')?.detail).toBe('1 row');
  });

  it('a text that begins with EXPLAIN is explained, and never asked', async () => {
    const query = { id: 1, format: 'json', backend: null, engine: null } as const;
    const asked = valueIn(
      await retail.service.query({ ...query, text: 'explain select revenue at store' }, null, null),
    );
    const told = valueIn(await retail.service.explain('SELECT revenue AT store'));
    expect(asked).toEqual(told);
    expect(told).toMatchObject({ mood: 'explain', canonical: 'SELECT revenue AT store' });
  });

  it('of a question that is refused there is the refusal', async () => {
    const refused = valueIn(await retail.service.explain('SELECT revenue AT nowhere'));
    const checked = valueIn(await retail.service.check('SELECT revenue AT nowhere'));
    expect(checked).toEqual({ ok: false, refusal: refused });
  });
});
