import { expect, test } from 'vitest';
import { type Freshness, type RecordedSource, SourceShelf } from '../../../src/runtime/source-shelf.ts';
import { NODE_BASE } from '../../support/node-session.ts';
import { nodeReaders } from '../../support/parquet-node.ts';
import { sha256 } from '../../support/shop.ts';
import { Site } from '../../support/site.ts';

const SALES = 'sales.csv';
const [FIRST, SECOND, THIRD] = ['n\n1\n', 'n\n2\n', 'n\n3\n'];

/** A shelf with one source, on a clock that a test sets. */
class Bench {
  readonly site = new Site(NODE_BASE, { [SALES]: FIRST });
  readonly records = new Map<string, RecordedSource>();
  now = 0;
  readonly shelf: SourceShelf;

  constructor(freshness: Freshness = { probe: 1_000, bytes: 60_000 }, { isTagged = false } = {}) {
    this.site.isTagged = isTagged;
    const placed = { name: 'sales', location: SALES, input: NODE_BASE + SALES, statedHash: null, published: null };
    this.shelf = new SourceShelf([placed], {
      fetch: this.site.fetch,
      freshness,
      subtle: globalThis.crypto.subtle,
      schedule: (callback, milliseconds) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
      clock: () => this.now,
      readers: nodeReaders(),
      onProgress: () => {},
      recorded: async (location) => this.records.get(location),
      record: async (location, recorded) => void this.records.set(location, recorded),
      onChanged: () => {},
    });
  }

  /** Replaces the source; its bytes come when the function that this returns is called. */
  replace(body: string, headers?: Readonly<Record<string, string>>): () => void {
    let send = () => {};
    const until = new Promise<void>((resolve) => {
      send = resolve;
    });
    this.site.put(SALES, { body, until, ...(headers && { headers }) });
    return send;
  }

  get hash(): string | undefined {
    return this.shelf.snapshots.get('sales')?.contentHash;
  }

  /** Resolves when so many requests of the method have come. */
  async requests(method: 'GET' | 'HEAD', count: number): Promise<void> {
    await expect.poll(() => this.site.requests.filter((each) => each.startsWith(method)).length).toBe(count);
  }
}

test('who looks while bytes are on their way that are known to have changed waits for them', async () => {
  const bench = new Bench(undefined, { isTagged: true });
  await bench.shelf.open();
  bench.now = 5_000;
  const send = bench.replace(SECOND, { ETag: '"2"' });
  const early = bench.shelf.look(['sales']);
  await bench.requests('GET', 2);
  const late = bench.shelf.look(['sales']).then(() => bench.hash);
  send();
  await early;
  expect(await late).toBe(sha256(SECOND));
});

test('a download that a refresh has overtaken is not taken for what the source has', async () => {
  const bench = new Bench(undefined, { isTagged: true });
  await bench.shelf.open();
  bench.now = 5_000;
  const sendSecond = bench.replace(SECOND, { ETag: '"2"' });
  const reading = bench.shelf.source('sales');
  const looked = bench.shelf.look(['sales']).then(() => bench.hash);
  await bench.requests('GET', 2);
  const refreshed = bench.shelf.refresh();
  sendSecond();
  expect(await looked).toBe(sha256(SECOND));
  await refreshed;
  expect(bench.hash).toBe(sha256(SECOND));
  await reading;
});

test('a refresh takes no caveat away before it has found anything', async () => {
  const bench = new Bench();
  await bench.shelf.open();
  bench.now = 2_000;
  await bench.shelf.look(['sales']);
  expect(bench.shelf.proof('sales')).toEqual({ isAssumed: true, isComparing: false, provenAgo: 2_000 });
  const send = bench.replace(SECOND);
  const refreshed = bench.shelf.refresh();
  expect(bench.shelf.proof('sales')).toMatchObject({ isAssumed: true });
  await bench.requests('GET', 2);
  expect(bench.shelf.proof('sales')).toMatchObject({ isAssumed: true, isComparing: true });
  send();
  expect(await refreshed).toEqual(new Map([['sales', 'changed']]));
  expect(bench.hash).toBe(sha256(SECOND));
  expect(bench.shelf.proof('sales')).toEqual({ isAssumed: false, isComparing: false, provenAgo: 0 });
});

test('bytes are as of when they were asked for', async () => {
  const bench = new Bench();
  const send = bench.replace(FIRST);
  const opened = bench.shelf.open();
  await bench.requests('GET', 1);
  bench.now = 60_000;
  send();
  await opened;
  expect(bench.shelf.proof('sales').provenAgo).toBe(60_000);
});

test('what another tab has recorded was not compared here', async () => {
  const bench = new Bench();
  await bench.shelf.open();
  const other = new Bench();
  other.site.put(SALES, { body: SECOND });
  await other.shelf.open();
  for (const [location, recorded] of other.records) bench.records.set(location, recorded);
  bench.site.put(SALES, { body: SECOND, until: new Promise(() => {}) });
  bench.now = 5_000;
  void bench.shelf.refresh();
  await expect.poll(() => bench.hash).toBe(sha256(SECOND));
  expect(bench.shelf.proof('sales')).toEqual({ isAssumed: true, isComparing: true, provenAgo: null });
});

test('however often it is looked at while it is compared, one more comparison follows', async () => {
  const bench = new Bench({ probe: 0, bytes: 0 });
  await bench.shelf.open();
  const send = bench.replace(SECOND);
  for (let i = 0; i < 5; i++) await bench.shelf.look(['sales']);
  await bench.requests('GET', 2);
  const sendOther = bench.replace(THIRD);
  send();
  await bench.requests('GET', 3);
  expect(bench.shelf.proof('sales').isAssumed).toBe(true);
  sendOther();
  await bench.shelf.compared(['sales']);
  expect(bench.hash).toBe(sha256(THIRD));
  expect(bench.shelf.proof('sales')).toMatchObject({ isAssumed: false, isComparing: false });
  await bench.requests('GET', 3);
});
