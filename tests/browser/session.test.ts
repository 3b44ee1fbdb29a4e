import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/server.mjs';
import { csv } from '../cases/case.ts';
import { rowsOfArrow } from './support/arrow-rows.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import {
  answered,
  ask,
  askForRows,
  closeSession,
  openDemo,
  openSession,
  pageSession,
  type SessionHandle,
} from './support/session.ts';
import { optionsOf, SALES, SALES_BY_REGION } from './support/small-installation.ts';

const STORED = 'SELECT region, SUM(revenue) AS total_revenue AT region';

let browser: TestBrowser;
let fresh: FreshPage;
let session: SessionHandle;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  fresh = await browser.freshPage();
  await fresh.openPage();
  session = await pageSession(fresh.page);
});

afterAll(async () => {
  await browser?.close();
});

describe('one session', () => {
  test('compiles once, however much is asked', async () => {
    for (const text of [STORED, 'SELECT day, revenue AT day', 'SELECT nothing AT region', STORED])
      await ask(session, text);
    await session.evaluate((each) => each.check('SELECT region, cost AT region'));
    expect(await session.evaluate((each) => each.engine.statistics())).toMatchObject({ compiles: 1 });
  });

  test.each([
    'SELECT region, day, SUM(revenue) AS r, AVG(cost) AS c AT (region, day)',
    'SELECT store, store_name, COUNT(*) AS n, MAX(revenue) AS largest FROM transactions AT store',
    'SELECT week, orders AT week',
    'SELECT MIN(day) AS first, MAX(day) AS last FROM transactions AT ()',
    "SELECT region, revenue AT region WHERE region = 'Nowhere'",
  ])('gives in Arrow what it gives in JSON: %s', async (text) => {
    const json = await askForRows(session, text);
    const arrow = await session.evaluate(async (each, text) => {
      const reply = await each.query(text, { format: 'arrow' });
      return 'ipc' in reply ? { ...reply, ipc: new Uint8Array(reply.ipc) } : reply;
    }, text);
    if (!('ipc' in arrow)) throw new Error(`${text}: there was no answer`);
    expect(rowsOfArrow(arrow.ipc)).toEqual({ columns: json.columns, rows: json.rows });
    expect(arrow.row_count).toBe(json.row_count);
  });

  test('shares one backend statement among equal questions asked at once', async () => {
    const { replies, before, after } = await session.evaluate(async (each) => {
      const before = await each.engine.statistics();
      const text = 'SELECT store, day, cost FROM transactions AT (store, day)';
      const replies = await Promise.all(Array.from({ length: 5 }, () => each.query(text)));
      return { replies, before, after: await each.engine.statistics() };
    });
    const [first, ...others] = replies.map((reply) => answered('the question', reply).rows);
    expect(after.backendStatements - before.backendStatements).toBe(1);
    expect(after.misses - before.misses).toBe(1);
    expect(first).toHaveLength(13 * 443);
    for (const rows of others) expect(rows).toEqual(first);
  });
});

describe('cancel', () => {
  const SLOW = 'SELECT product, customer, revenue FROM transactions AT (product, customer)';

  test('a question that is aborted rejects with AbortError, keeps nothing, and the next one works', async () => {
    const outcome = await session.evaluate(async (each, text) => {
      const controller = new AbortController();
      const asked = each.query(text, { signal: controller.signal });
      controller.abort();
      const name = await asked.then(
        () => 'an answer',
        (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
      );
      return { name, entries: await each.engine.entries() };
    }, SLOW);
    expect(outcome.name).toBe('AbortError');
    expect(outcome.entries.filter(({ anchor }) => anchor.join() === 'customer,product')).toEqual([]);
    const next = await askForRows(session, "SELECT SUM(revenue) AS r FROM transactions AT () WHERE customer <> 'none'");
    expect(next).toMatchObject({ served_from: 'engine_backend', row_count: 1 });
  });

  test('a signal that was aborted before rejects at once, with its own reason', async () => {
    const reason = await session.evaluate(
      (each, text) =>
        each.query(text, { signal: AbortSignal.abort('changed my mind') }).then(
          () => 'an answer',
          (error: unknown) => String(error),
        ),
      SLOW,
    );
    expect(reason).toBe('changed my mind');
  });

  test('who asks the same and stays gets the answer', async () => {
    const outcome = await session.evaluate(async (each) => {
      const text = 'SELECT product, quarter, revenue FROM transactions AT (product, quarter)';
      const controller = new AbortController();
      const left = each.query(text, { signal: controller.signal }).catch(() => 'left');
      const stayed = each.query(text);
      controller.abort();
      return { left: await left, stayed: await stayed };
    });
    expect(outcome.left).toBe('left');
    expect(answered('the question', outcome.stayed).row_count).toBeGreaterThan(2000);
  });
});

describe('the level', () => {
  test('is AAA after warm-up has verified what the answer rests on', async () => {
    const { level, provenance } = await askForRows(session, STORED);
    expect(level).toBe('AAA');
    expect([...new Set(provenance.conditions.map(({ status }) => status))]).toEqual(['verified']);
    expect(provenance.conditions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['I1', 'I2', 'I3', 'I4', 'I5', 'I8']),
    );
  });

  test('is A in a cold session, where the checks have not run, and rises when they have', async () => {
    const cold = await openDemo(fresh.page, { warmUp: 'off', store: 'memory' });
    const before = await askForRows(cold, STORED);
    expect(before.level).toBe('A');
    expect(before.provenance.conditions.map(({ status }) => status)).toContain('untested');
    await cold.evaluate((each) => each.engine.warmUp());
    expect(await askForRows(cold, STORED)).toMatchObject({ level: 'AAA', rows: before.rows });
    await closeSession(cold);
  });

  test('is AA where a check found something, which is said with the answer', async () => {
    const twice = {
      ...SALES,
      tables: { sales: csv('sale,day,region,revenue', 'a,2024-01-01,East,1', 'a,2024-01-01,East,2') },
    };
    const doubled = await openSession(fresh.page, optionsOf(twice));
    const answer = await askForRows(doubled, SALES_BY_REGION.query);
    expect(answer).toMatchObject({ level: 'AA', mood: 'disclose', rows: [['East', 3]] });
    expect(answer.disclosures).toMatchObject([{ code: 'contradicted_condition', critical: true }]);
    expect(answer.provenance.conditions.filter(({ status }) => status === 'contradicted')).toMatchObject([
      { id: 'I2' },
    ]);
    await closeSession(doubled);
  });
});

describe('the engine off', () => {
  test.each(['installation', 'session', 'query'] as const)(
    'by the %s: the same answer, and nothing is kept',
    async (axis) => {
      const options = optionsOf(SALES);
      const text = typeof options.installation === 'string' ? '' : options.installation.text;
      const given =
        axis === 'installation'
          ? { ...options, installation: { text: text.replace('enabled: true', 'enabled: false') } }
          : axis === 'session'
            ? { ...options, engine: false }
            : { ...options, warmUp: 'off' as const };
      const off = await openSession(fresh.page, { ...given, store: 'memory' });
      for (const _ of ['first', 'again']) {
        const answer = await askForRows(off, SALES_BY_REGION.query, axis === 'query' ? { engine: false } : {});
        expect(answer).toMatchObject({ served_from: 'backend', rows: SALES_BY_REGION.rows });
        expect(answer.provenance.engineOff).toBe(axis);
      }
      const entries = await off.evaluate((each) => each.engine.entries());
      expect(entries.filter(({ domain }) => domain === 'metric')).toEqual([]);
      expect(await off.evaluate(({ collection }) => collection.engineOff)).toBe(axis === 'query' ? null : axis);
      await closeSession(off);
    },
  );
});

test('`use` goes over to another collection of the installation, and back', async () => {
  const { installation, collections, files = {} } = optionsOf(SALES);
  const text = typeof installation === 'string' ? '' : installation.text;
  const other = SALES.collection
    .replace('name: sales_by_region', 'name: takings_by_region')
    .replace('- name: revenue', '- name: takings');
  const both = await openSession(fresh.page, {
    installation: { text: text.replace('{path: case/}', '{path: case/}, {path: other/}') },
    collections: { ...collections, 'other/': { text: other } },
    files,
  });
  const nameOf = () => both.evaluate(({ collection }) => [collection.name, ...collection.collections]);
  expect(await nameOf()).toEqual(['sales_by_region', 'sales_by_region', 'takings_by_region']);
  await both.evaluate((each) => each.use('takings_by_region'));
  expect(await nameOf()).toEqual(['takings_by_region', 'sales_by_region', 'takings_by_region']);
  expect(await ask(both, SALES_BY_REGION.query)).toMatchObject({ code: 'UNKNOWN_NAME', ac_name: 'takings_by_region' });
  expect(await askForRows(both, 'SELECT region, takings AT region')).toMatchObject({ rows: SALES_BY_REGION.rows });
  await both.evaluate((each) => each.use('sales_by_region'));
  expect(await askForRows(both, SALES_BY_REGION.query)).toMatchObject({
    rows: SALES_BY_REGION.rows,
    served_from: 'engine_cache',
  });
  const refused = await both.evaluate((each) => each.use('neither').catch((error: unknown) => String(error)));
  expect(refused).toMatch(/there is no collection neither; it has sales_by_region, takings_by_region/);
  await closeSession(both);
});

test('`refresh` finds a source changed, drops what it made untrue, and makes it anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coframe-refresh-'));
  const write = (...lines: readonly string[]): Promise<void> =>
    writeFile(join(folder, 'sales.csv'), csv('sale,day,region,revenue', ...lines));
  await write('a,2024-01-01,East,1');
  const server = await serve({ root: folder, cors: true });
  const changing = await openSession(fresh.page, {
    ...optionsOf(SALES),
    files: { 'sales.csv': `${server.url}sales.csv` },
  });
  expect(await askForRows(changing, SALES_BY_REGION.query)).toMatchObject({
    rows: [['East', 1]],
    served_from: 'engine_cache',
  });
  const stored = await changing.evaluate((each) => each.engine.entries());
  const before = stored.find(({ domain }) => domain === 'metric');

  await write('a,2024-01-01,East,1', 'b,2024-01-01,West,20');
  const report = await changing.evaluate((each) => each.engine.refresh());
  expect(report).toMatchObject({
    sources: [{ name: 'sales', state: 'changed' }],
    recomputed: [{ family: 'revenue', anchor: ['region'], path: 'backend' }],
    notRecomputed: [],
  });
  // Sessions of the tests before have stored entries of other bytes.
  expect(report.dropped.map(({ key }) => key)).toContain(before?.key);
  const answer = await askForRows(changing, SALES_BY_REGION.query);
  expect(answer.rows).toEqual([
    ['East', 1],
    ['West', 20],
  ]);
  expect(answer).toMatchObject({ served_from: 'engine_cache', disclosures: [] });
  const after = await changing.evaluate((each) => each.engine.entries());
  expect(after.map(({ key }) => key)).not.toContain(before?.key);
  for (const { sourceHashes } of after) expect(sourceHashes).not.toEqual(before?.sourceHashes);

  await closeSession(changing);
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
