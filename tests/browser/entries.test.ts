import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from '../../scripts/project.mjs';
import { type Reference, readReference } from '../../scripts/walkthrough/reference.mjs';
import type { EntrySummary } from '../../src/runtime/api.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { askForRows, closeSession, openDemo, pageSession, pathsOf, type SessionHandle } from './support/session.ts';

const STORED = 'SELECT region, SUM(revenue) AS total_revenue AT region';

let browser: TestBrowser;
let reference: Reference;
/** A profile in which the demo is warm. */
let fresh: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  reference = await readReference(join(PROJECT, 'public', 'fixtures', 'retail'));
  fresh = await browser.freshPage();
  await fresh.openPage();
});

afterAll(async () => {
  await browser?.close();
});

/** Metric entries of a session. */
async function metricsOf(session: SessionHandle): Promise<readonly EntrySummary[]> {
  const entries = await session.evaluate((each) => each.engine.entries());
  return entries.filter(({ domain }) => domain === 'metric');
}

/** The entry of a family at an anchor. */
async function entryOf(session: SessionHandle, family: string, ...anchor: readonly string[]): Promise<EntrySummary> {
  const found = (await metricsOf(session)).find(
    (each) => each.family === family && each.anchor.join() === anchor.join() && each.filter === null,
  );
  if (found === undefined) throw new Error(`there is no entry ${family}@(${anchor.join(', ')})`);
  return found;
}

describe('the evidence of an answer', () => {
  test('from the backend: statement, climbs, rows read, source fingerprints', async () => {
    const session = await pageSession(fresh.page);
    const text = "SELECT region, SUM(cost) AS c FROM transactions AT region WHERE store <> 'none'";
    const { served_from, provenance } = await askForRows(session, text);
    expect(served_from).toBe('engine_backend');
    const [series] = provenance.series;
    expect(series).toMatchObject({
      series: 'c',
      atoms: [
        {
          path: 'backend',
          entry: null,
          schema: 'transactions',
          steps: ['store→region via stores'],
          rowsScanned: 523_023,
          statement: expect.stringMatching(/^SELECT [\s\S]*sum\([\s\S]*GROUP BY/),
        },
      ],
    });
    expect(series?.atoms[0]?.notCheaper).not.toEqual([]);
    const hashes = await fresh.page.evaluate(async () => {
      const address = new URL('fixtures/retail/installation.coframe/snapshots.json', document.baseURI);
      const snapshots: { name: string; contentHash: string; rowCount: number }[] = await (await fetch(address)).json();
      return snapshots.map(({ name, contentHash, rowCount }) => ({
        name,
        contentHash,
        rows: rowCount,
        assumed: false,
        provenMilliseconds: null,
      }));
    });
    const read = ['transactions', 'stores'];
    expect(provenance.sources).toEqual(read.map((name) => hashes.find((each) => each.name === name)));
    expect(provenance.lineage).toEqual({ c: ['transactions.cost'] });
  });

  test('by roll-up: the entry it came from, and the climbs', async () => {
    const session = await pageSession(fresh.page);
    const { provenance, served_from } = await askForRows(session, 'SELECT month, revenue AT month');
    const finer = await entryOf(session, 'revenue', 'day', 'region');
    expect(served_from).toBe('engine_cache');
    expect(provenance.series[0]?.atoms).toMatchObject([
      { path: 'rollup', statement: null, rowsScanned: null, entry: { key: finer.key, rows: finer.rows } },
    ]);
    expect(provenance.series[0]?.atoms[0]?.steps).toEqual([expect.stringMatching(/^day→month/)]);
    expect(await entryOf(session, 'revenue', 'month')).toMatchObject({ derivedFrom: finer.key, rows: 15 });
  });

  test('exact: its entry, and no database', async () => {
    const session = await pageSession(fresh.page);
    const { provenance } = await askForRows(session, STORED);
    const entry = await entryOf(session, 'revenue', 'region');
    const { key, rows, bytes } = entry;
    expect(provenance.series).toMatchObject([
      { series: 'total_revenue', atoms: [{ path: 'exact', statement: null, entry: { key, rows, bytes } }] },
    ]);
    expect(entry).toMatchObject({ hinted: true, verificationLevel: 'AAA', rows: 3 });
  });

  test('lineage, sources and decisions name the tables of the entry that served', async () => {
    const session = await pageSession(fresh.page);
    const { provenance } = await askForRows(session, STORED);
    const sources = provenance.sources.map(({ name }) => name);
    const tables = Object.values(provenance.lineage).flatMap((columns) => columns.map((each) => each.split('.')[0]));
    expect(sources).toEqual(expect.arrayContaining(tables));
    expect(tables).not.toEqual([]);
    // The summary holds the same numbers in fewer rows; what was stored is of the transactions.
    const schemas = provenance.series.flatMap(({ atoms }) => atoms.map(({ schema }) => schema));
    expect(provenance.decisions).toMatchObject([{ domain: 'schema', subject: 'SUM(revenue)', chosen: schemas[0] }]);
  });
});

describe('an entry', () => {
  test('is a Parquet file with real values, which another reader reads', async () => {
    const session = await pageSession(fresh.page);
    const entry = await entryOf(session, 'revenue', 'day', 'region');
    const { bytes, type } = await session.evaluate(async (each, key) => {
      const file = await each.engine.file(key);
      return { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type };
    }, entry.key);
    expect(type).toBe('application/vnd.apache.parquet');
    expect(bytes.byteLength).toBe(entry.bytes);
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    // The reader multiplies decimals by 0.01, which doubles do not bear out to the last bit.
    const printed = rows.map(({ day, region, ...state }) => [
      day instanceof Date ? day.toISOString().slice(0, 10) : day,
      region,
      ...Object.values(state).map((value) => Math.round(Number(value) * 100) / 100),
    ]);
    expect(printed).toEqual(reference.sums(['day', 'region'], ['revenue']));
  });

  test('that does not exist has no file, and says so', async () => {
    const session = await pageSession(fresh.page);
    const refused = session.evaluate((each) => each.engine.file('none').catch((error: unknown) => String(error)));
    expect(await refused).toMatch(/there is no entry none/);
  });

  test('can be pinned, and stays pinned in the next visit', async () => {
    const session = await pageSession(fresh.page);
    const { key } = await entryOf(session, 'cost', 'region');
    await session.evaluate((each, key) => each.engine.pin(key, true), key);
    expect((await entryOf(session, 'cost', 'region')).pinned).toBe(true);
    await fresh.page.reload();
    await fresh.ready();
    const later = await pageSession(fresh.page);
    expect((await entryOf(later, 'cost', 'region')).pinned).toBe(true);
    await later.evaluate((each, key) => each.engine.pin(key, false), key);
    expect((await entryOf(later, 'cost', 'region')).pinned).toBe(false);
  });

  test('that is evicted is gone from memory and from storage; the answer is computed again, the same', async () => {
    const session = await pageSession(fresh.page);
    const text = 'SELECT store, SUM(cost) AS c FROM transactions AT store';
    const first = await askForRows(session, text);
    const { key } = await entryOf(session, 'cost', 'store');
    expect(await session.evaluate((each, key) => each.engine.evict([key]), key)).toBe(1);
    expect((await metricsOf(session)).map((each) => each.key)).not.toContain(key);
    const again = await askForRows(session, text);
    expect(again).toMatchObject({ rows: first.rows, served_from: 'engine_backend' });
  });

  test('survives a reload: it is read from its file, and no database is started', async () => {
    const text = 'SELECT category, SUM(revenue) AS r FROM transactions AT category';
    const visit = await pageSession(fresh.page);
    const before = await askForRows(visit, text);
    // An answer does not wait for its entry to be written; the list of entries does.
    await entryOf(visit, 'revenue', 'category');
    await fresh.page.reload();
    await fresh.ready();
    fresh.requests.length = 0;
    const session = await pageSession(fresh.page);
    const after = await askForRows(session, text);
    expect(after).toMatchObject({ rows: before.rows, served_from: 'engine_cache', level: before.level });
    expect(after.provenance.series[0]?.atoms[0]?.entry).toMatchObject({ tier: 'file' });
    expect(fresh.requests.filter((address) => /duckdb|\.parquet$|\.csv$/.test(address))).toEqual([]);
  });

  test('survives the close of its session: the next one has it', async () => {
    const text = "SELECT store, SUM(revenue) AS r FROM transactions AT store WHERE day < '2024-01-01'";
    const first = await openDemo(fresh.page, { warmUp: 'off' });
    const before = await askForRows(first, text);
    await closeSession(first);
    const second = await openDemo(fresh.page, { warmUp: 'off' });
    expect(await askForRows(second, text)).toMatchObject({ rows: before.rows, served_from: 'engine_cache' });
    await closeSession(second);
  });

  test('of a session that keeps entries in memory ends with it', async () => {
    const text = "SELECT store, SUM(revenue) AS r FROM transactions AT store WHERE day < '2023-11-01'";
    const first = await openDemo(fresh.page, { warmUp: 'off', store: 'memory' });
    expect(await askForRows(first, text)).toMatchObject({ served_from: 'engine_backend' });
    expect(await first.evaluate((each) => each.engine.statistics())).toMatchObject({ store: { kind: 'memory' } });
    await closeSession(first);
    const second = await openDemo(fresh.page, { warmUp: 'off', store: 'memory' });
    expect(await metricsOf(second)).toEqual([]);
    await closeSession(second);
  });
});

describe('two tabs of one browser', () => {
  let other: Page;

  beforeAll(async () => {
    other = await fresh.context.newPage();
    await other.goto(fresh.url);
    await other.waitForFunction(() => globalThis.coframe?.session !== undefined);
  });

  afterAll(async () => {
    await other?.close();
  });

  test('read and write at once, both right, nothing broken, each entry there once', async () => {
    const questions = [
      { anchor: ['store'], measure: 'revenue' },
      { anchor: ['region', 'store'], measure: 'cost' },
      { anchor: ['day', 'store'], measure: 'revenue' },
      { anchor: ['region'], measure: 'revenue' },
    ] as const;
    const textOf = ({ anchor, measure }: (typeof questions)[number]): string =>
      `SELECT ${anchor.join(', ')}, SUM(${measure}) AS sum FROM transactions AT (${anchor.join(', ')})`;
    const sessions = [await pageSession(fresh.page), await pageSession(other)];
    const answers = await Promise.all(
      sessions.map((session) => Promise.all(questions.map((question) => askForRows(session, textOf(question))))),
    );
    for (const each of answers) {
      expect(each.map(({ rows }) => rows)).toEqual(
        questions.map(({ anchor, measure }) => reference.sums(anchor, [measure])),
      );
    }
    for (const session of sessions) {
      for (const question of questions) expect(pathsOf(await askForRows(session, textOf(question)))).toEqual(['exact']);
      const { faults } = await session.evaluate((each) => each.engine.statistics());
      // On a machine that is slow enough a tab stops to wait for the other, and says so: nothing is broken by that.
      expect(faults.filter(({ kind }) => kind !== 'lock_timed_out')).toEqual([]);
    }
    await fresh.page.reload();
    await fresh.ready();
    const names = (await metricsOf(await pageSession(fresh.page))).map(({ key }) => key);
    expect(new Set(names).size).toBe(names.length);
  });

  test('what one evicts, the other computes again or still holds: the same number', async () => {
    const text = 'SELECT day, SUM(cost) AS c FROM transactions AT day';
    const expected = reference.sums(['day'], ['cost']);
    const [one, two] = [await pageSession(fresh.page), await pageSession(other)];
    expect((await askForRows(one, text)).rows).toEqual(expected);
    expect((await askForRows(two, text)).rows).toEqual(expected);
    await one.evaluate((each) => each.engine.evict());
    expect(await metricsOf(one)).toEqual([]);
    expect((await askForRows(two, text)).rows).toEqual(expected);
    expect((await askForRows(one, text)).rows).toEqual(expected);
  });
});
