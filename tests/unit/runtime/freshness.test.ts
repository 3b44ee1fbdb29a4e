import { afterEach, describe, expect, test } from 'vitest';
import { emptyShelf, type MemoryShelf } from '../../../src/engine/store/memory-store.ts';
import type { Answer, ArrowAnswer, Refusal } from '../../../src/runtime/api.ts';
import type { Freshness } from '../../../src/runtime/source-shelf.ts';
import { Random } from '../../differential/random.ts';
import { NODE_BASE, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_PATHS, sha256, shopInstallation, targetsParquet } from '../../support/shop.ts';
import { Site } from '../../support/site.ts';

/** Replacements for each kind of server; `npm run freshness` makes more. */
const REPLACEMENTS = Number(process.env.COFRAME_REPLACEMENTS ?? 125);
const SEED = Number(process.env.COFRAME_SEED ?? 7);

type Cell = string | number;
type Rows = readonly (readonly Cell[])[];

/** Sales and stores of one moment: every version of a file has as many bytes. */
interface Bytes {
  readonly sales: readonly { readonly store: string; readonly amount: number }[];
  /** Store → region. */
  readonly regions: Readonly<Record<string, string>>;
}

const STORES = ['S1', 'S2', 'S3'] as const;

function generated(random: Random): Bytes {
  const sales = Array.from({ length: 12 }, () => ({ store: random.pick(STORES), amount: random.between(10, 99) }));
  return { sales, regions: generatedRegions(random) };
}

function generatedRegions(random: Random): Bytes['regions'] {
  return Object.fromEntries(STORES.map((store) => [store, random.pick(['East', 'West'])]));
}

function filesOf({ sales, regions }: Bytes): { readonly sales: string; readonly stores: string } {
  const rows = sales.map(({ store, amount }, i) => `${10 + i},2024-01-01,${store},${amount}`);
  return {
    sales: ['sale,day,store,amount', ...rows, ''].join('\n'),
    stores: ['store,region', ...Object.entries(regions).map((each) => each.join()), ''].join('\n'),
  };
}

/** Questions with their right rows by plain loops. */
const QUESTIONS: readonly { readonly text: string; readonly rows: (bytes: Bytes) => Rows }[] = [
  { text: 'SELECT amount AT ()', rows: ({ sales }) => [[sum(sales)]] },
  { text: 'SELECT store, amount AT store', rows: ({ sales }) => grouped(sales, ({ store }) => store) },
  {
    text: 'SELECT region, amount AT region',
    rows: ({ sales, regions }) => grouped(sales, ({ store }) => regions[store] ?? ''),
  },
  {
    text: "SELECT store, amount AT store WHERE region = 'East'",
    rows: ({ sales, regions }) =>
      grouped(
        sales.filter(({ store }) => regions[store] === 'East'),
        ({ store }) => store,
      ),
  },
  { text: 'SELECT SUM(amount * 2) AS twice AT ()', rows: ({ sales }) => [[2 * sum(sales)]] },
];

function sum(sales: Bytes['sales']): number {
  return sales.reduce((total, { amount }) => total + amount, 0);
}

function grouped(sales: Bytes['sales'], nameOf: (sale: Bytes['sales'][number]) => string): Rows {
  const names = [...new Set(sales.map(nameOf))].sort();
  return names.map((name) => [name, sum(sales.filter((sale) => nameOf(sale) === name))]);
}

/** What a server says beside the bytes; of weak words none changes with the bytes. */
const SERVERS = {
  'a strong ETag': (body: string) => ({ ETag: `"${sha256(body)}"` }),
  'a weak ETag': () => ({ ETag: 'W/"1"' }),
  'Last-Modified of one second': () => ({ 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }),
  nothing: () => ({}),
} as const;

let session: NodeSession | undefined;
let site: Site;

afterEach(async () => {
  await session?.close();
  session = undefined;
});

async function visit(
  shelf: MemoryShelf,
  installation: string,
  {
    fetch = site.fetch,
    freshness = LOOKED_AT,
  }: { readonly fetch?: typeof site.fetch; readonly freshness?: Freshness } = {},
): Promise<NodeSession> {
  await session?.close();
  session = await openInNode({
    installation: installation.replace('duckdb', 'arquero'),
    collections: { 'shop/': SHOP_COLLECTION },
    files: { [SHOP_PATHS.targets]: targetsParquet([100, 200, 300]) },
    fetch,
    warmUp: 'off',
    shelf,
    freshness,
  });
  return session;
}

/** The answer that a question gets, and the one that takes its place, once there is one. */
async function asked(shop: NodeSession, id: number, text: string) {
  let replace = (_: Answer | ArrowAnswer | Refusal) => {};
  const replaced = new Promise<Answer | ArrowAnswer | Refusal>((resolve) => {
    replace = resolve;
  });
  const query = { id, text, format: 'json', backend: null, engine: null } as const;
  const answer = valueIn(await shop.service.query(query, null, (each) => replace(each)));
  if ('ipc' in answer || answer.mood === 'explain') throw new TypeError(`${text}: no rows were asked for`);
  return { answer, replaced };
}

/** Every source is looked at before every answer, and compared where its server's words are weak. */
const LOOKED_AT: Freshness = { probe: 0, bytes: 0 };

describe.each(Object.entries(SERVERS))('a source under one name, from a server that says %s', (what, headers) => {
  test(`${REPLACEMENTS} replacements: no number of earlier bytes is told without its caveat (seed ${SEED})`, {
    timeout: 600_000,
  }, async () => {
    const random = new Random(SEED);
    const shelf = emptyShelf();
    let bytes = generated(random);
    site = new Site(NODE_BASE, {});
    const put = () => {
      const { sales, stores } = filesOf(bytes);
      site.put(SHOP_PATHS.sales, { body: sales, headers: headers(sales) });
      site.put(SHOP_PATHS.stores, { body: stores, headers: headers(stores) });
    };
    put();
    let shop = await visit(shelf, shopInstallation());
    const seen = { right: 0, replaced: 0, exact: 0 };
    for (let i = 0; i < REPLACEMENTS; i++) {
      bytes = random.chance(0.3)
        ? { ...bytes, regions: generatedRegions(random) }
        : { ...generated(random), regions: bytes.regions };
      put();
      const next = random.weighted([
        [5, 'another visit'],
        [5, 'a refresh'],
        [90, 'nothing'],
      ] as const);
      if (next === 'another visit') shop = await visit(shelf, shopInstallation());
      if (next === 'a refresh') valueIn(await shop.service.refresh());
      for (let j = 0; j < 2; j++) {
        const { text, rows } = random.pick(QUESTIONS);
        const { answer, replaced } = await asked(shop, 2 * i + j, text);
        if ('code' in answer) throw new Error(`${text}: ${answer.message}`);
        const expected = rows(bytes);
        if (answer.served_from === 'engine_cache') seen.exact += 1;
        if (JSON.stringify(answer.rows) === JSON.stringify(expected)) {
          seen.right += 1;
          continue;
        }
        expect(
          answer.disclosures.map(({ code }) => code),
          `${i} ${text}`,
        ).toContain('source_assumed_unchanged');
        expect(await replaced, `${i} ${text}`).toMatchObject({ rows: expected });
        seen.replaced += 1;
      }
    }
    expect(seen.right + seen.replaced).toBe(2 * REPLACEMENTS);
    expect(seen.exact).toBeGreaterThan(0);
    if (what === 'a strong ETag') expect(seen.replaced).toBe(0);
    else expect(seen.replaced).toBeGreaterThan(REPLACEMENTS / 10);
  });
});

describe.each(Object.entries(SERVERS))('within a minute, a server that says %s', (what, headers) => {
  test('answers from bytes that it may no longer have only with the caveat', async () => {
    const random = new Random(SEED);
    const put = (file: string) => site.put(SHOP_PATHS.sales, { body: file, headers: headers(file) });
    const [before, after] = [generated(random), generated(random)];
    site = new Site(NODE_BASE, {});
    site.put(SHOP_PATHS.stores, { body: filesOf(before).stores });
    put(filesOf(before).sales);
    const shop = await visit(emptyShelf(), shopInstallation(), { freshness: { probe: 0, bytes: 60_000 } });
    await shop.query('SELECT amount AT ()');
    put(filesOf(after).sales);
    const { answer } = await asked(shop, 1, 'SELECT amount AT ()');
    if (what === 'a strong ETag') {
      expect(answer).toMatchObject({ rows: [[sum(after.sales)]], disclosures: [] });
      expect(answer).toMatchObject({
        provenance: { sources: [{ assumed: false, provenMilliseconds: expect.any(Number) }] },
      });
      return;
    }
    expect(answer).toMatchObject({
      rows: [[sum(before.sales)]],
      mood: 'disclose',
      disclosures: [
        {
          code: 'source_assumed_unchanged',
          message: 'The server gave no proof that sales is unchanged; that was last proven 1 s ago.',
          parameters: { source: 'sales', seconds: 1 },
        },
      ],
      provenance: { sources: [{ assumed: true, provenMilliseconds: expect.any(Number) }] },
    });
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[sum(after.sales)]] });
  });
});

test('bytes that cannot be fetched to be compared are told so', async () => {
  const random = new Random(SEED);
  const files = filesOf(generated(random));
  const shelf = emptyShelf();
  site = new Site(NODE_BASE, { [SHOP_PATHS.sales]: files.sales, [SHOP_PATHS.stores]: files.stores });
  const before = await visit(shelf, shopInstallation());
  await before.query('SELECT amount AT ()');
  site.put(SHOP_PATHS.sales, { body: '', status: 0 });
  const shop = await visit(shelf, shopInstallation(), { freshness: { probe: Number.POSITIVE_INFINITY, bytes: 0 } });
  const told = async () => {
    const { answer } = await asked(shop, 1, 'SELECT amount AT ()');
    if ('code' in answer) throw new Error(answer.message);
    return answer.disclosures.map(({ message }) => message);
  };
  await expect
    .poll(told)
    .toEqual(['The server gave no proof that sales is unchanged, and its bytes could not be fetched to compare them.']);
});

test('a comparison that began before a source was looked at does not take the caveat away', async () => {
  const shelf = emptyShelf();
  const random = new Random(SEED);
  const [before, after] = [generated(random), generated(random)];
  const put = ({ sales, regions }: Bytes, until = Promise.resolve()) => {
    site.put(SHOP_PATHS.sales, { body: filesOf({ sales, regions }).sales, until });
    site.put(SHOP_PATHS.stores, { body: filesOf(before).stores });
  };
  site = new Site(NODE_BASE, {});
  put(before);
  const first = await visit(shelf, shopInstallation());
  expect(await first.query('SELECT amount AT ()')).toMatchObject({ rows: [[sum(before.sales)]] });
  let send = () => {};
  put(before, new Promise((resolve) => (send = resolve)));
  const shop = await visit(shelf, shopInstallation());
  const early = await asked(shop, 1, 'SELECT amount AT ()');
  let sendOther = () => {};
  put(after, new Promise((resolve) => (sendOther = resolve)));
  const late = await asked(shop, 2, 'SELECT amount AT ()');
  send();
  // The first comparison has ended once the next has been asked for.
  await expect.poll(() => site.requests.filter((each) => /^GET .*sales/.test(each)).length).toBe(3);
  const between = await asked(shop, 3, 'SELECT amount AT ()');
  for (const { answer } of [early, late, between])
    expect(answer).toMatchObject({ rows: [[sum(before.sales)]], disclosures: [{ code: 'source_assumed_unchanged' }] });
  sendOther();
  for (const { replaced } of [late, between]) expect(await replaced).toMatchObject({ rows: [[sum(after.sales)]] });
});

test('what the browser has cached is only believed where a hash or a strong tag proves it', async () => {
  const random = new Random(SEED);
  const files = filesOf(generated(random));
  const asked: string[] = [];
  const recorded: typeof fetch = (input, init) => {
    asked.push(`${init?.method ?? 'GET'} ${String(input).replace(NODE_BASE, '')} ${init?.cache}`);
    return site.fetch(input, init);
  };
  site = new Site(NODE_BASE, {});
  site.put(SHOP_PATHS.sales, { body: files.sales, headers: { ETag: '"1"' } });
  site.put(SHOP_PATHS.stores, { body: files.stores, headers: { ETag: 'W/"1"' } });
  const shop = await visit(emptyShelf(), shopInstallation(), { fetch: recorded });
  expect(asked).toEqual(['GET sales.csv reload', 'GET stores.csv reload']);
  asked.length = 0;
  site.put(SHOP_PATHS.sales, { body: files.sales, headers: { ETag: '"2"' } });
  valueIn(await shop.service.refresh());
  expect(asked.sort()).toEqual([
    'GET sales.csv no-cache',
    'GET stores.csv reload',
    'HEAD sales.csv no-store',
    'HEAD stores.csv no-store',
  ]);

  // A cached copy of other bytes than those stated is not taken for the file.
  site.put(SHOP_PATHS.sales, { body: files.sales });
  const copy = (cache: RequestCache | undefined) => (cache === 'reload' ? files.sales : 'sale,day,store,amount\n');
  const stated = await visit(emptyShelf(), shopInstallation({ hashes: { sales: sha256(files.sales) } }), {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) =>
      String(input).endsWith(SHOP_PATHS.sales) ? new Response(copy(init?.cache)) : site.fetch(input, init),
  });
  expect(await stated.query('SELECT COUNT(*) AS sales FROM sales AT ()')).toMatchObject({ rows: [[12]] });
});

test('bytes other than those of the stated sha256 never answer', { timeout: 120_000 }, async () => {
  const random = new Random(SEED);
  const shelf = emptyShelf();
  const stated = generated(random);
  const files = filesOf(stated);
  const installation = shopInstallation({ hashes: { sales: sha256(files.sales), stores: sha256(files.stores) } });
  site = new Site(NODE_BASE, {});
  const refused = { changed: 0, answered: 0 };
  for (let i = 0; i < 25; i++) {
    const isStated = random.chance(0.4);
    const served = isStated ? files : filesOf({ ...generated(random), regions: stated.regions });
    site.put(SHOP_PATHS.sales, { body: served.sales });
    site.put(SHOP_PATHS.stores, { body: files.stores });
    // What was stored of the stated bytes still serves: it is what the installation asks for.
    const shop = await visit(random.chance(0.5) ? shelf : emptyShelf(), installation);
    const { text, rows } = random.pick(QUESTIONS);
    const { answer } = await asked(shop, i, text);
    if ('code' in answer) {
      expect(answer).toMatchObject({ code: 'SOURCE_CHANGED', parameters: { source: 'sales' } });
      expect(isStated).toBe(false);
      refused.changed += 1;
    } else {
      expect(answer.rows).toEqual(rows(stated));
      refused.answered += 1;
    }
  }
  expect(refused.changed).toBeGreaterThan(3);
  expect(refused.answered).toBeGreaterThan(3);
});
