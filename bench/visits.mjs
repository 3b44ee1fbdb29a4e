import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Page} Page
 * @typedef {Omit<import('../scripts/browser.mjs').Browser, 'version'>} Launch
 */

/** Anything of the database engine: its worker, its script, its WebAssembly. */
const DATABASE = /duckdb/i;

/** How long a first number may take before the bench gives up, milliseconds. */
const PATIENCE = 120_000;

/** The first question of the walkthrough, which the page asks by itself, and what its first row says. */
export const FIRST_QUESTION = 'SELECT region, SUM(revenue) AS total_revenue\nAT region';
const FIRST_NUMBER = '3,868,636.36';

/**
 * A browser with a profile of its own on disk, as a visitor has: private windows keep their files in memory.
 * @param {Launch} launch
 * @param {import('../scripts/lifetime.mjs').Lifetime} lifetime
 * @returns {Promise<{ context: BrowserContext, close: () => Promise<void> }>}
 */
export async function freshBrowser(launch, lifetime) {
  const profile = lifetime.add(await mkdtemp(join(tmpdir(), 'coframe-bench-')), (folder) =>
    rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  );
  const context = await chromium.launchPersistentContext(profile, {
    ...launch,
    locale: 'en-US',
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  // A context that is closed already is closed again without an error.
  lifetime.add(context, (opened) => opened.close());
  await context.addInitScript(watchForNumber, FIRST_NUMBER);
  return { context, close: () => context.close() };
}

/**
 * Runs in the page before its own scripts: notes when the first number is drawn.
 * @param {string} number
 */
function watchForNumber(number) {
  const look = () => {
    if (document.documentElement === null || 'shown' in document.documentElement.dataset) return;
    for (const cell of document.querySelectorAll('[role="gridcell"]')) {
      if (cell.textContent?.includes(number)) document.documentElement.dataset.shown = String(performance.now());
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * What one visit came to, milliseconds since its navigation began.
 * @typedef {{ shown: number, scripts: number }} Visit
 * `shown`: when the first number was in the page; `scripts`: when the last script that came before it had been loaded
 */

/**
 * Waits for the first number of a page that is loading.
 * @param {Page} page
 * @returns {Promise<Visit>}
 */
export async function firstNumber(page) {
  await page.waitForFunction(() => document.querySelector('[data-shown]') !== null, undefined, { timeout: PATIENCE });
  return page.evaluate(() => {
    const shown = Number(document.querySelector('[data-shown]')?.getAttribute('data-shown'));
    const ends = performance
      .getEntriesByType('resource')
      .flatMap((entry) => (entry instanceof PerformanceResourceTiming ? [entry] : []))
      .filter(({ name, responseEnd }) => new URL(name).pathname.endsWith('.js') && responseEnd < shown)
      .map(({ responseEnd }) => responseEnd);
    return { shown, scripts: Math.max(0, ...ends) };
  });
}

/**
 * Reloads a page whose entries are stored and waits for its first number. Throws when a database engine was fetched or
 * started for it: that would be another path.
 * @param {Page} page
 * @returns {Promise<Visit>}
 */
export async function returnVisit(page) {
  /** @type {string[]} */
  const requests = [];
  const note = (/** @type {import('playwright-core').Request} */ request) => void requests.push(request.url());
  page.context().on('request', note);
  try {
    await page.reload();
    const visit = await firstNumber(page);
    const fetched = requests.filter((address) => DATABASE.test(address));
    await page.waitForFunction(() => globalThis.coframe?.session !== undefined, undefined, { timeout: PATIENCE });
    const state = await page.evaluate(async () => {
      const statistics = await globalThis.coframe?.session?.engine.statistics();
      return statistics && { backend: statistics.backend.state, statements: statistics.backendStatements };
    });
    if (fetched.length > 0 || state?.backend !== 'idle')
      throw new Error(
        `the reload started a database engine (${state?.backend}, ${state?.statements} statements, ${fetched.length} requests): ${fetched.join(', ')}`,
      );
    return visit;
  } finally {
    page.context().off('request', note);
  }
}
