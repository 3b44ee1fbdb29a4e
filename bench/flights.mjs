import { freshBrowser } from './visits.mjs';

/**
 * One question on one backend over all flights: its first answer, with starting, reading and loading, and later ones.
 * @typedef {{ backend: BackendName, anchor: string, rows: number, first: number, times: import('./timing.ts').Times, hash: string }} FlightRow
 * @typedef {import('../src/protocol/backend.ts').BackendName} BackendName
 */

/** @type {readonly BackendName[]} */
const BACKENDS = ['duckdb', 'sqlite', 'arquero'];

const ANCHORS = ['origin', '(origin, destination, month)'];

/** How often each question is asked again. */
const RUNS = 5;

/**
 * Questions to all 3,000,000 flights, straight from each backend in the page: what a collection of that size costs.
 * @param {import('./measurements.mjs').MeasureOptions & { log: (line: string) => void }} options
 * @returns {Promise<FlightRow[]>}
 */
export async function measureFlights({ launch, url, lifetime, quick, log }) {
  const { context, close } = await freshBrowser(launch, lifetime);
  /** @type {FlightRow[]} */
  const rows = [];
  for (const backend of BACKENDS) {
    const page = await context.newPage();
    await page.goto(`${url}bench/backends.html`);
    for (const anchor of ANCHORS) {
      log(`${backend}: flights at ${anchor}`);
      const question = `SELECT flights, delay AT ${anchor}`;
      const asked = await page.evaluate(ask, /** @type {const} */ ([url, backend, question, quick ? 1 : RUNS]));
      rows.push({ backend, anchor, ...asked, times: { batches: asked.later, calls: asked.later } });
    }
    await page.close();
  }
  await close();
  return rows;
}

/**
 * Runs in the page: a session of its own, without an engine, so that every question is computed.
 * @param {readonly [url: string, backend: BackendName, question: string, runs: number]} asked
 */
async function ask([url, backend, question, runs]) {
  const { open } = /** @type {typeof import('../src/embed/coframe.ts')} */ (await import(`${url}coframe.js`));
  const installation = `${url}fixtures/flights/installation.coframe/installation.yaml`;
  const session = await open({ installation, backend, engine: false, store: 'memory', warmUp: 'off' });
  try {
    const timed = async () => {
      const started = performance.now();
      const answer = await session.query(question, { format: 'json' });
      if (!('rows' in answer)) throw new Error(`${question}: ${'code' in answer ? answer.message : answer.mood}`);
      return { milliseconds: performance.now() - started, rows: answer.rows };
    };
    const first = await timed();
    /** @type {number[]} */
    const later = [];
    for (let run = 0; run < runs; run++) later.push((await timed()).milliseconds);
    const bytes = new TextEncoder().encode(JSON.stringify(first.rows));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { first: first.milliseconds, later, rows: first.rows.length, hash };
  } finally {
    await session.close();
  }
}
