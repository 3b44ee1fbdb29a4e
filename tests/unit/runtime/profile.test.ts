import { afterEach, describe, expect, test } from 'vitest';
import type { BackendName } from '../../../src/protocol/backend.ts';
import type { Progress, ServedProfile } from '../../../src/runtime/api.ts';
import type { Freshness } from '../../../src/runtime/source-shelf.ts';
import { type NodeInstallation, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

const started: BackendName[] = [];

const SHOP_SESSION: NodeInstallation = {
  installation: shopInstallation(),
  collections: { 'shop/': SHOP_COLLECTION },
  files: SHOP_FILES,
  warmUp: 'off',
  startBackend: async (name) => {
    started.push(name);
    throw new Error(`nothing needs ${name}`);
  },
};

const open: NodeSession[] = [];

async function shop(given: Partial<NodeInstallation> = {}): Promise<NodeSession> {
  const session = await openInNode({ ...SHOP_SESSION, ...given });
  open.push(session);
  return session;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
  started.length = 0;
});

let id = 1000;

async function profile({ service }: NodeSession, table: string, tell: ((event: Progress) => void) | null = null) {
  id += 1;
  return valueIn(await service.profile(id, table, tell));
}

/** What does not depend on when it was computed. */
function figures({ origin: _, milliseconds: __, ...rest }: ServedProfile) {
  return rest;
}

describe('a table of the shop', () => {
  test('every figure, by hand', async () => {
    const { columns, dependencies, rows, unread } = await profile(await shop(), 'sales');
    expect(rows).toBe(4);
    expect(unread).toEqual([]);
    expect(columns.map(({ name, type, kind }) => [name, type, kind.hint])).toEqual([
      ['sale', 'text', 'key'],
      ['day', 'date', 'date'],
      ['store', 'text', 'dimension'],
      ['amount', 'int64', 'metric'],
    ]);
    expect(columns[1]).toMatchObject({
      nulls: 0,
      distinct: { count: 3, error: null },
      min: '2024-01-01',
      max: '2024-01-03',
      top: [
        { value: '2024-01-01', rows: 2 },
        { value: '2024-01-02', rows: 1 },
        { value: '2024-01-03', rows: 1 },
      ],
      histogram: [
        { from: '2024-01-01', to: '2024-01-01', rows: 2 },
        { from: '2024-01-02', to: '2024-01-02', rows: 1 },
        { from: '2024-01-03', to: '2024-01-03', rows: 1 },
      ],
    });
    expect(columns[3]).toMatchObject({ min: 5, max: 30, quantiles: { error: null } });
    expect(columns[3]?.quantiles?.at.map(({ value }) => value)).toEqual([5, 5, 10, 20, 20]);
    expect(dependencies.keys).toEqual([['sale'], ['amount'], ['day', 'store']]);
  });

  test('no database engine is started, and the way is told', async () => {
    const events: Progress[] = [];
    await profile(await shop(), 'sales', (event) => events.push(event));
    expect(started).toEqual([]);
    expect(events.map(({ phase }) => phase)).toEqual(events.map(() => 'profile'));
    expect(events[0]).toMatchObject({ id: 'profile sales', state: 'running', detail: 'reading the source' });
    expect(events.at(-1)).toMatchObject({ state: 'done' });
    const done = events.flatMap((event) => (event.state === 'running' && event.total !== null ? [event.done] : []));
    expect(done).toEqual([...done].sort((a, b) => Number(a) - Number(b)));
  });

  test('a schema leads to its source', async () => {
    const collection = SHOP_COLLECTION.replace(
      '- name: stores\n    source: stores',
      '- name: shops\n    source: stores',
    ).replace('via: stores', 'via: shops');
    expect((await profile(await shop({ collections: { 'shop/': collection } }), 'shops')).table).toBe('stores');
  });
});

describe('once for the bytes of a source', () => {
  test('a second profile is read from the store, and is the same', async () => {
    const session = await shop();
    const first = await profile(session, 'sales');
    const events: Progress[] = [];
    const second = await profile(session, 'sales', (event) => events.push(event));
    expect([first.origin, second.origin]).toEqual(['computed', 'stored']);
    expect(figures(second)).toEqual(figures(first));
    expect(events).toEqual([]);
    const entries = valueIn(await session.service.entries()).filter((each) => each.state === 'profile');
    expect(entries).toMatchObject([
      { domain: 'qm', schema: 'sales', rows: 4, accessCount: 1, sourceHashes: { sales: first.contentHash } },
    ]);
  });

  /** A shop whose stores come from a server, which says of their version what `headers` are. */
  async function served(
    text: () => Promise<string>,
    headers: () => Record<string, string> = () => ({}),
    freshness?: Freshness,
  ): Promise<NodeSession> {
    return shop({
      files: { 'sales.csv': SHOP_FILES['sales.csv'], 'targets.parquet': SHOP_FILES['targets.parquet'] },
      address: 'http://localhost/installation.yaml',
      ...(freshness && { freshness }),
      fetch: async (input, init) => {
        const address = String(input);
        if (address.endsWith('installation.yaml')) return new Response(shopInstallation());
        const isProbe = init?.method === 'HEAD';
        if (address.endsWith('stores.csv')) return new Response(isProbe ? '' : await text(), { headers: headers() });
        return new Response('', { status: 404 });
      },
    });
  }

  test('bytes that have changed are profiled anew, and the earlier profile goes', async () => {
    let text = 'store,region\nS1,East\nS2,East\nS3,West\n';
    const session = await served(
      async () => text,
      () => ({ etag: `"${text.length}"` }),
    );
    const before = await profile(session, 'stores');
    expect(before).toMatchObject({ rows: 3, origin: 'computed', assumed: false });
    text = `${text}S4,North\n`;
    valueIn(await session.service.refresh());
    const after = await profile(session, 'stores');
    expect(after).toMatchObject({ rows: 4, origin: 'computed', assumed: false });
    expect(after.contentHash).not.toBe(before.contentHash);
    const stored = valueIn(await session.service.entries()).filter((each) => each.state === 'profile');
    expect(stored.map(({ sourceHashes }) => sourceHashes)).toEqual([{ stores: after.contentHash }]);
  });

  test('the source is looked at: bytes that its server says have changed are profiled without a refresh', async () => {
    let text = 'store,region\nS1,East\nS2,East\nS3,West\n';
    const session = await served(
      async () => text,
      () => ({ etag: `"${text.length}"` }),
      { probe: 0, bytes: 60_000 },
    );
    expect(await profile(session, 'stores')).toMatchObject({ rows: 3 });
    text = `${text}S4,North\n`;
    expect(await profile(session, 'stores')).toMatchObject({ rows: 4, origin: 'computed', assumed: false });
  });

  test('bytes that are only assumed to be the same say so, until they have been compared', async () => {
    let text = 'store,region\nS1,East\nS2,East\nS3,West\n';
    let release = () => {};
    let held = Promise.resolve();
    // Without a version to go by, nothing but the bytes tells whether they are the same.
    const session = await served(async () => {
      await held;
      return text;
    });
    await profile(session, 'stores');
    text = `${text}S4,North\n`;
    held = new Promise((resolve) => {
      release = resolve;
    });
    const refreshed = session.service.refresh();
    await expect.poll(async () => (await profile(session, 'stores')).assumed).toBe(true);
    expect(await profile(session, 'stores')).toMatchObject({ rows: 3, origin: 'stored' });
    release();
    valueIn(await refreshed);
    expect(await profile(session, 'stores')).toMatchObject({ rows: 4, assumed: false });
  });

  test('askers at the same time share one computation, and each hears of it', async () => {
    const session = await shop();
    const heard: [number, number] = [0, 0];
    const [one, two] = await Promise.all([
      profile(session, 'sales', () => void heard[0]++),
      profile(session, 'sales', () => void heard[1]++),
    ]);
    expect(two).toEqual(one);
    expect(heard[1]).toBeGreaterThan(0);
    expect(heard[1]).toBeLessThanOrEqual(heard[0]);
  });

  test('with the engine off it is computed each time, and nothing is stored', async () => {
    const session = await shop({ engine: false });
    const [first, second] = [await profile(session, 'sales'), await profile(session, 'sales')];
    expect([first.origin, second.origin]).toEqual(['computed', 'computed']);
    expect(figures(second)).toEqual(figures(first));
    expect(valueIn(await session.service.entries())).toEqual([]);
  });
});

describe('what cannot be profiled', () => {
  test('an unknown table names the nearest', async () => {
    expect(await (await shop()).service.profile(1, 'sale', null)).toEqual({
      ok: false,
      error: { kind: 'profile', message: 'There is no table sale.', remedy: 'Did you mean sales?' },
    });
    expect(await (await shop()).service.profile(1, 'xyzzy', null)).toMatchObject({
      error: { remedy: 'The tables are sales, stores, targets.' },
    });
  });

  test("an unreadable source is told in the reader's words", async () => {
    const session = await shop({ files: { ...SHOP_FILES, 'stores.csv': 'store,region\nS1,East,much\n' } });
    expect(await session.service.profile(1, 'stores', null)).toMatchObject({
      ok: false,
      error: {
        kind: 'profile',
        message: expect.stringMatching(
          /^The table stores cannot be profiled: stores\.csv, line 2 has 3 cells, the header has 2\.$/,
        ),
        remedy: 'Quote cells that hold commas, or complete the row.',
      },
    });
  });

  test('a column with a cell that is not of its type is profiled as the source has it, and says so', async () => {
    const sales = 'sale,day,store,amount\na,2024-01-01,S1,10\nb,2024-01-02,S2,many\n';
    const { columns } = await profile(await shop({ files: { ...SHOP_FILES, 'sales.csv': sales } }), 'sales');
    expect(columns[3]).toMatchObject({
      name: 'amount',
      type: 'text',
      caveat: expect.stringMatching(/^it cannot be read as int64: .*row 2 \(line 3\).*"many"/),
      top: [
        { value: '10', rows: 1 },
        { value: 'many', rows: 1 },
      ],
    });
  });

  test('cancelled, it is stored nowhere', async () => {
    const session = await shop();
    const asked = session.service.profile(7, 'sales', () => session.service.cancel(7));
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'aborted' } });
    const entries = valueIn(await session.service.entries());
    expect(entries.filter((each) => each.state === 'profile')).toEqual([]);
    expect((await profile(session, 'sales')).origin).toBe('computed');
  });

  test('who asks anew while a cancelled one ends hears nothing of that', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reads = 0;
    const text = SHOP_FILES['stores.csv'];
    const session = await shop({
      files: { 'sales.csv': SHOP_FILES['sales.csv'], 'targets.parquet': SHOP_FILES['targets.parquet'] },
      installation: shopInstallation(),
      fetch: async (input, init) => {
        if (!String(input).endsWith('stores.csv')) return new Response('', { status: 404 });
        // The session looks at the source when it opens; the profile reads it again once it has been refreshed.
        if (init?.method !== 'HEAD' && ++reads > 1) await held;
        return new Response(text, { headers: { etag: '"1"' } });
      },
    });
    valueIn(await session.service.refresh(1, null));
    const left = session.service.profile(2, 'stores', () => session.service.cancel(2));
    expect(await left).toMatchObject({ ok: false, error: { kind: 'aborted' } });
    const events: Progress[] = [];
    const asked = profile(session, 'stores', (event) => events.push(event));
    release();
    expect(await asked).toMatchObject({ rows: 3, origin: 'computed' });
    expect(new Set(events.map(({ state }) => state))).toEqual(new Set(['running', 'done']));
  });
});
