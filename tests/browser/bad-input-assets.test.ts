import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DIST } from '../../scripts/project.mjs';
import type { Breakage } from './bad-input/fragile-host.ts';
import { BY_DAY, BY_STORE, MOST, ShopVisit } from './bad-input/shop-visit.ts';
import { TestBrowser } from './support/browser.ts';

const STORED = { rows: BY_STORE.rows, served_from: 'engine_cache' };

/** One profile for all: each test finds what the earlier ones stored. */
let browser: TestBrowser;
let visit: ShopVisit;
beforeAll(async () => {
  browser = await TestBrowser.launch();
  visit = await ShopVisit.open(browser, { backend: 'duckdb' });
  await visit.comeBack();
});
afterEach(() => visit.host.mend());
afterAll(async () => {
  await visit?.close();
  await browser?.close();
});

describe('a database engine that cannot be loaded', () => {
  const WASM = /duckdb-eh-[^/]*\.wasm$/;
  const SCRIPT = /duckdb-browser-eh[^/]*\.js$/;
  const WORKER = /duckdb\.worker-[^/]*\.js$/;
  test.each<{ part: string; path: RegExp; how: Breakage; reason: RegExp }>([
    { part: 'WASM', path: WASM, how: 'gone', reason: /HTTP status code is not ok/ },
    { part: 'WASM', path: WASM, how: 'a page', reason: /Expected 'application\/wasm'/ },
    { part: 'WASM', path: WASM, how: 'of no type', reason: /Expected 'application\/wasm'/ },
    { part: 'WASM', path: WASM, how: 'aborted', reason: /Failed to fetch/ },
    { part: 'WASM', path: WASM, how: 'cut short', reason: /compilation aborted/ },
    { part: 'script', path: SCRIPT, how: 'gone', reason: /duckdb-browser-eh.* failed to load/ },
    { part: 'script', path: SCRIPT, how: 'a page', reason: /duckdb-browser-eh.* failed to load/ },
    { part: 'worker', path: WORKER, how: 'gone', reason: /duckdb\.worker.* could not be loaded/ },
    { part: 'worker', path: WORKER, how: 'a page', reason: /duckdb\.worker.* could not be loaded/ },
  ])('$part, $how: named, and what is stored goes on', async ({ path, how, reason }) => {
    visit.host.break(path, how);
    const error = await visit.askInVain(BY_DAY.query);
    expect(error).toMatchObject({
      name: 'BackendFailedError',
      message: expect.stringMatching(/^backend duckdb: did not start/),
      remedy: expect.stringMatching(/^Run the question again; if it fails again, reload: .* updated/),
    });
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(path.source.includes('wasm') ? /duckdb-eh-[^/]*\.wasm/ : /\/duckdb[^/]*\.js/);
    expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
    expect((await visit.statistics()).backend.state).toBe('failed');
  });

  test('the page says so, with a button that goes on once it is back', async () => {
    visit.host.break(WASM, 'gone');
    await visit.goto(visit.linkTo(BY_DAY.query));
    const panel = visit.page.getByTestId('defect');
    await panel.getByText('The database engine failed').waitFor();
    expect(await panel.textContent()).toMatch(/entries are safe/);
    visit.host.mend();
    await panel.getByRole('button', { name: 'Restart and run again' }).click();
    await visit.shows('2024-01-03');
    expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, served_from: 'engine_cache' });
  });
});

describe('a Parquet reader that cannot be loaded', () => {
  const WASM = /parquet_wasm_bg-[^/]*\.wasm$/;
  const SCRIPT = /parquet_wasm-[^/]*\.js$/;
  // The script first: once it is loaded it is not asked for again.
  test.each<{ part: string; path: RegExp; how: Breakage; reason: RegExp }>([
    { part: 'script', path: SCRIPT, how: 'gone', reason: /Failed to fetch dynamically imported module/ },
    { part: 'script', path: SCRIPT, how: 'aborted', reason: /Failed to fetch dynamically imported module/ },
    { part: 'WASM', path: WASM, how: 'gone', reason: /404/ },
    { part: 'WASM', path: WASM, how: 'a page', reason: /expected magic word/ },
    { part: 'WASM', path: WASM, how: 'aborted', reason: /Failed to fetch/ },
    { part: 'WASM', path: WASM, how: 'cut short', reason: /compilation aborted/ },
  ])('$part, $how: named, and what is stored goes on', async ({ path, how, reason }) => {
    visit.host.break(path, how);
    const error = await visit.askInVain(MOST.query);
    expect(error).toMatchObject({
      name: 'AssetError',
      message: expect.stringMatching(/^The Parquet reader could not be started .*parquet_wasm_bg-[^/]*\.wasm/),
      remedy: expect.stringMatching(/^Run the question again; if it fails again, reload: .* updated/),
    });
    expect(error.message).toMatch(reason);
    expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
  });

  test('once it is back the next question answers, without a reload, whatever type it comes with', async () => {
    visit.host.break(WASM, 'of no type');
    expect(await visit.ask(MOST.query)).toMatchObject({ rows: MOST.rows, served_from: 'engine_backend' });
  });
});

describe('after an update of the build the server has the old files no more', () => {
  test.each<{ how: Breakage }>([{ how: 'gone' }, { how: 'a page' }, { how: 'aborted' }])(
    'the engine worker, $how: the page says that it may have been updated; a reload brings back all that was stored',
    async ({ how }) => {
      visit.host.break(/engine\.worker-[^/]*\.js$/, how);
      await visit.goto(visit.linkTo(BY_STORE.query));
      const panel = visit.page.getByTestId('defect');
      await panel.getByText('A part of this page is missing').waitFor();
      expect(await panel.textContent()).toMatch(
        /engine\.worker-[^/]*\.js[\s\S]*Reload: this page may have been updated/,
      );
      expect(await panel.textContent()).toMatch(/Your text is safe, and so is everything stored\./);
      expect(await visit.openInVain()).toMatchObject({
        name: 'AssetError',
        message: expect.stringMatching(/The engine worker could not be loaded from .*engine\.worker-/),
        remedy: expect.stringMatching(/^Reload/),
      });
      visit.host.mend();
      await panel.getByRole('button', { name: 'Reload' }).click();
      await visit.shows('S3');
      await visit.fresh.ready();
      expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
    },
  );

  test.each<{ part: string; path: RegExp }>([
    { part: 'a page of its own', path: /engine-page-[^/]*\.js$/ },
    { part: 'the style of a page of its own', path: /engine-page-[^/]*\.css$/ },
  ])('$part: said, with a reload; the session goes on', async ({ path }) => {
    visit.host.break(path, 'gone');
    await visit.comeBack();
    await visit.page.getByRole('link', { name: 'Engine', exact: true }).first().click();
    const notice = visit.page.getByTestId('update-notice');
    await notice.getByText('This page was updated').waitFor();
    expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
    visit.host.mend();
    await notice.getByRole('button', { name: 'Reload' }).click();
    await visit.page.getByRole('heading', { name: 'Engine of shop' }).waitFor();
  });

  test.each<{ part: string; path: RegExp }>([
    { part: 'what shows rows', path: /served-view-[^/]*\.js$/ },
    { part: 'what says where they come from', path: /served-line-[^/]*\.js$/ },
    { part: 'what lists the fields', path: /field-browser-[^/]*\.js$/ },
    { part: 'what reads answers', path: /frame-[^/]*\.js$/ },
    { part: 'what shows origins', path: /provenance-pane-[^/]*\.js$/ },
  ])('$part: said, with a reload', async ({ path }) => {
    visit.host.break(path, 'gone');
    await visit.goto(visit.linkTo(BY_STORE.query));
    await visit.page.getByTestId('update-notice').getByText('This page was updated').waitFor();
    visit.host.mend();
    await visit.page.getByTestId('update-notice').getByRole('button', { name: 'Reload' }).click();
    await visit.shows('S3');
  });

  test.each<{ part: string; path: RegExp }>([
    { part: 'the page itself', path: /app-[A-Za-z0-9_-]{8}\.js$/ },
    { part: 'the first script', path: /index-[^/]*\.js$/ },
  ])('$part: said in the static page, with a reload', async ({ path }) => {
    visit.host.break(path, 'gone');
    await visit.goto(visit.linkTo(BY_STORE.query));
    const line = visit.page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await line.waitFor();
    expect(await line.textContent()).toMatch(/updated/);
    visit.host.mend();
    await line.getByRole('button', { name: 'Reload' }).click();
    await visit.shows('S3');
  });
});

test('opened from a file: the page says what to do, and nothing that is not so', async () => {
  const { page } = visit;
  await page.goto(pathToFileURL(join(DIST, 'index.html')).href);
  await page.getByText('This page was opened from a file').waitFor();
  expect(await page.locator('.frame-ground:visible').allInnerTexts()).toEqual([
    expect.stringMatching(/Serve its folder over http, for example\s+with python3 -m http\.server in it/),
  ]);
});
