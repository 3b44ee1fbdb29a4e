import { ready } from '../scripts/walkthrough/visit.mjs';
import { FIRST_QUESTION, firstNumber, freshBrowser } from './visits.mjs';

/**
 * @typedef {import('./measurements.mjs').Row} Row
 * @typedef {import('./measurements.mjs').MeasureOptions} MeasureOptions
 * @typedef {import('../src/protocol/backend.ts').BackendName} BackendName
 */

/**
 * What checking an answer across all backends took, none of which had been started.
 * @typedef {{ times: import('./timing.ts').Times, goalMilliseconds: number, parts: readonly CheckPart[] }} CheckRow
 * @typedef {{ name: BackendName, start: number[], compute: number[] }} CheckPart milliseconds, one a run
 */

/** What each backend's questions may take beside its library, and how often each is timed. */
const BACKENDS = /** @type {const} */ ([
  { name: 'duckdb', goalRatio: 1.15, loads: 15, questions: 60 },
  { name: 'sqlite', goalRatio: 1.25, loads: 7, questions: 10 },
  { name: 'arquero', goalRatio: 1.25, loads: 15, questions: 20 },
]);

const SHAPES = /** @type {const} */ ([
  ['region', 'region'],
  ['region-day', '(region, day)'],
  ['store-sku', '(store, sku)'],
]);

const CHECKED = 'SELECT region, store, revenue, cost AT (region, store)';
const CHECKS = 5;
const CHECK_GOAL = 6000;

/**
 * Every backend in its worker beside its library used by itself, each pair in a page of its own.
 * @param {MeasureOptions & { log: (line: string) => void }} options
 * @returns {Promise<{ rows: Row[], held: { name: BackendName, bytes: number }[] }>}
 */
export async function measureBackends({ launch, url, lifetime, quick, log }) {
  const { context, close } = await freshBrowser(launch, lifetime);
  const rounds = (/** @type {number} */ full) => (quick ? Math.ceil(full / 5) : full);
  /** @type {Row[]} */
  const rows = [];
  /** @type {{ name: BackendName, bytes: number }[]} */
  const held = [];
  /** Of the first backend's answers, by what was asked: all backends give the same. @type {Map<string, readonly string[]>} */
  const known = new Map();
  for (const { name, goalRatio, loads, questions } of BACKENDS) {
    const page = await context.newPage();
    page.on('pageerror', (error) => log(`the page threw: ${error.message}`));
    await page.goto(`${url}bench/backends.html`);
    const bench = await page.evaluateHandle(
      async ([address, name]) => {
        const { BackendBench } = /** @type {typeof import('./backend-bench.ts')} */ (await import(address));
        return BackendBench.open(name);
      },
      /** @type {const} */ ([`${url}bench/backend-bench.js`, name]),
    );
    /** @type {(what: string, measured: import('./backend-bench.ts').BackendMeasured) => void} */
    const add = (what, { rows: count, coframe, raw, rawText, hashes }) => {
      rows.push({
        path: `${name}: ${what}, ${count.toLocaleString('en-US')} rows`,
        goal: `≤ ${goalRatio} × raw`,
        goalMilliseconds: undefined,
        goalRatio,
        goalSlowest: undefined,
        coframe,
        raw,
        ...(rawText && { rawText }),
        hashes: [...(known.get(what) ?? []), ...hashes],
      });
      if (!known.has(what)) known.set(what, hashes);
    };
    log(`${name}: load`);
    add('load', await bench.evaluate((b, rounds) => b.load(rounds), rounds(loads)));
    for (const [shape, where] of SHAPES) {
      log(`${name}: ${where}`);
      add(
        where,
        await bench.evaluate(
          (b, [shape, rounds]) => b.ask(shape, rounds),
          /** @type {const} */ ([shape, rounds(questions)]),
        ),
      );
    }
    held.push({ name, bytes: await bench.evaluate((b) => b.bytesHeld()) });
    await bench.evaluate((b) => b.close());
    await page.close();
  }
  await close();
  return { rows, held };
}

/**
 * Cross-checks of an answer after a reload, when no backend has been started and all their files are in the browser's
 * cache. Throws where the backends do not agree, or where one was running before.
 * @param {MeasureOptions} options
 * @returns {Promise<CheckRow>}
 */
export async function measureCrossChecks({ launch, url, lifetime, quick }) {
  const { context, close } = await freshBrowser(launch, lifetime);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${url}#/query?q=${encodeURIComponent(FIRST_QUESTION)}`);
  await firstNumber(page);
  await ready(page);
  // Brings the files of all backends.
  await crossCheck(page);
  /** @type {number[]} */
  const times = [];
  /** @type {Map<BackendName, CheckPart>} */
  const parts = new Map();
  for (let run = 0; run < (quick ? 1 : CHECKS); run++) {
    await page.reload();
    await firstNumber(page);
    await ready(page);
    const { milliseconds, backends, running } = await crossCheck(page);
    if (running.length > 0) throw new Error(`cross-check: started before it: ${running.join(', ')}`);
    times.push(milliseconds);
    for (const { name, start, compute } of backends) {
      const part = parts.get(name) ?? { name, start: [], compute: [] };
      part.start.push(start);
      part.compute.push(compute);
      parts.set(name, part);
    }
  }
  await close();
  return { times: { batches: times, calls: times }, goalMilliseconds: CHECK_GOAL, parts: [...parts.values()] };
}

/** @param {import('./visits.mjs').Page} page */
function crossCheck(page) {
  return page.evaluate(async (text) => {
    const session = globalThis.coframe?.session;
    if (!session) throw new Error('the page has no session');
    const before = await session.engine.statistics();
    const running = before.backends.filter(({ state }) => state !== 'idle').map(({ name }) => name);
    const started = performance.now();
    const check = await session.crossCheck(text);
    const milliseconds = performance.now() - started;
    if ('code' in check) throw new Error(`${text}: ${check.code}: ${check.message}`);
    const faults = check.backends.flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error}`]));
    if (!check.agree || faults.length > 0)
      throw new Error(`${text}: the backends do not agree: ${check.differenceCount} differences; ${faults.join('; ')}`);
    return {
      milliseconds,
      running,
      backends: check.backends.map((backend) => ({
        name: backend.name,
        start: backend.startMilliseconds,
        compute: backend.milliseconds,
      })),
    };
  }, CHECKED);
}
