import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicyOf } from '../../scripts/content-security-policy.mjs';
import { DIST } from '../../scripts/project.mjs';
import { serve } from '../../scripts/server.mjs';
import type { Session } from '../../src/runtime/api.ts';
import { TestBrowser } from './support/browser.ts';
import { type Embedding, type EmbeddingSite, serveEmbedding } from './support/embedding.ts';
import { answered, askForRows, pageSession } from './support/session.ts';

/** Sums of the fixture; that they are right is the walkthrough's test. */
const REVENUE = [
  ['Central', 3868636.36],
  ['East', 5153604.81],
  ['West', 4001406.56],
];

const STORED = 'SELECT region, SUM(revenue) AS total_revenue AT region';
const COMPUTED = "SELECT region, SUM(revenue) AS r FROM transactions AT region WHERE store <> 'none'";

/** Functions that DuckDB would load an extension for, if it could. */
const PERIODS = 'SELECT week, COUNT_DISTINCT(customer) AS buyers FROM transactions AT week';

let browser: TestBrowser;

beforeAll(async () => {
  browser = await TestBrowser.launch();
});

afterAll(async () => {
  await browser?.close();
});

describe('with every other origin out of reach from the first byte', () => {
  test('what workers within workers request is recorded', async () => {
    const fresh = await browser.freshPage();
    await fresh.page.goto(new URL('favicon.svg', fresh.url).href);
    await fresh.page.evaluate(async () => {
      const script = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      const inner = script(`fetch('http://elsewhere.test/inner').catch(() => postMessage('refused'))`);
      // Both are kept: of a worker that nobody holds any more the browser may have told nothing yet when it ends it.
      const outer = script(
        `self.inner = new Worker(${JSON.stringify(inner)}); self.inner.onmessage = ({ data }) => postMessage(data)`,
      );
      await new Promise((resolve) => {
        const worker = new Worker(outer);
        Object.assign(globalThis, { outer: worker });
        worker.onmessage = resolve;
      });
    });
    // What the browser tells of its requests may come after what the page tells.
    await expect.poll(() => fresh.foreign).toEqual(['http://elsewhere.test/inner']);
    await fresh.close();
  });

  test('the page starts, warms up, computes and answers, and asks nobody else', async () => {
    const fresh = await browser.freshPage();
    await fresh.openPage();
    const session = await pageSession(fresh.page);
    expect(await askForRows(session, STORED)).toMatchObject({ rows: REVENUE, served_from: 'engine_cache' });
    expect(await askForRows(session, COMPUTED)).toMatchObject({ rows: REVENUE, served_from: 'engine_backend' });
    expect(await askForRows(session, PERIODS)).toMatchObject({ row_count: 65, served_from: 'engine_backend' });
    await fresh.page.goto(new URL('#/engine', fresh.url).href);
    await fresh.page.getByTestId('entries').waitFor();
    expect(fresh.foreign).toEqual([]);
    expect(fresh.errors).toEqual([]);
    expect(await session.evaluate((each) => each.engine.statistics())).toMatchObject({
      foreignRequests: 0,
      faults: [],
    });
    expect(await fresh.page.getByText('Nothing leaves this tab · 0 requests elsewhere').count()).toBe(1);
    await fresh.close();
  });
});

test('the build works below a path, and leaves the rest of its host alone', async () => {
  const server = await serve({ root: DIST, base: '/some/project/' });
  const fresh = await browser.freshPage({ url: server.url });
  await fresh.openPage();
  const session = await pageSession(fresh.page);
  expect(await askForRows(session, STORED)).toMatchObject({ rows: REVENUE, served_from: 'engine_cache' });
  expect(fresh.requests.filter((address) => !address.startsWith(server.url))).toEqual([]);
  expect(fresh.errors).toEqual([]);
  await fresh.close();
  await server.close();
});

test('the build works under its content security policy', async () => {
  const policy = contentSecurityPolicyOf(await readFile(join(DIST, 'index.html'), 'utf8'));
  const server = await serve({ root: DIST, headers: { 'Content-Security-Policy': policy } });
  const fresh = await browser.freshPage({ url: server.url });
  await fresh.openPage();
  const session = await pageSession(fresh.page);
  expect(await askForRows(session, STORED)).toMatchObject({ rows: REVENUE, served_from: 'engine_cache' });
  expect(await askForRows(session, COMPUTED)).toMatchObject({ rows: REVENUE, served_from: 'engine_backend' });
  await fresh.page.getByRole('gridcell', { name: '3,868,636.36' }).waitFor();
  const straight = { engine: false, backend: 'sqlite' } as const;
  expect(await askForRows(session, COMPUTED, straight)).toMatchObject({ rows: REVENUE });
  expect(fresh.errors).toEqual([]);
  // Arquero compiles its verbs, which this policy forbids: that is said, and the others go on.
  await expect(askForRows(session, COMPUTED, { engine: false, backend: 'arquero' })).rejects.toThrow(
    /backend arquero: did not start .*allow 'unsafe-eval' in script-src, or use another backend/,
  );
  await fresh.close();
  await server.close();
});

describe('a page of one origin with the build on another', () => {
  let build: Awaited<ReturnType<typeof serve>>;
  let open: EmbeddingSite;
  let strict: EmbeddingSite;

  beforeAll(async () => {
    build = await serve({ root: DIST, cors: true });
    const { origin } = new URL(build.url);
    open = await serveEmbedding(build.url);
    strict = await serveEmbedding(build.url, {
      'Content-Security-Policy': `script-src 'self' 'wasm-unsafe-eval' ${origin}; worker-src 'self' blob:; connect-src 'self' ${origin}`,
    });
  });

  afterAll(async () => {
    await Promise.all([open, strict, build].map((each) => each?.close()));
  });

  /** Opens the page, and asks what it embeds for a number. */
  async function answerOn(site: EmbeddingSite, embedding: Embedding) {
    const url = site.pageOf(embedding);
    const fresh = await browser.freshPage({ url, allowed: [build.url] });
    await fresh.page.goto(url);
    const frame = fresh.page.frames().at(-1) ?? fresh.page.mainFrame();
    const answer = await askEmbedded(frame, COMPUTED).finally(() => fresh.close());
    expect(fresh.foreign).toEqual([]);
    expect(fresh.errors).toEqual([]);
    return answered(COMPUTED, answer);
  }

  test.each([
    { embedding: 'import', words: 'a script of the other origin, imported' },
    { embedding: 'blob', words: 'a blob: script, with `assets`' },
    { embedding: 'data', words: 'a data: script, with `assets`' },
    { embedding: 'sandbox', words: 'a sandboxed frame' },
  ] as const)('$words: a right answer', async ({ embedding }) => {
    expect(await answerOn(open, embedding)).toMatchObject({ rows: REVENUE, served_from: 'engine_backend' });
  });

  test('under a content security policy that names the other origin: a right answer', async () => {
    expect(await answerOn(strict, 'import')).toMatchObject({ rows: REVENUE, served_from: 'engine_backend' });
  });

  test('a blob: script without `assets` says what to pass', async () => {
    await expect(answerOn(open, 'no assets')).rejects.toThrow(
      /this script has no address of its own; pass `assets`, the URL of the folder that holds coframe\.js/,
    );
  });

  test('`assets` that lead nowhere say which address', async () => {
    await expect(answerOn(open, 'wrong assets')).rejects.toThrow(
      /AssetError: The engine worker could not be loaded from .*\/gone\/workers\/engine\.worker-[\w-]+\.js/,
    );
  });
});

async function askEmbedded(frame: Frame, text: string) {
  await frame.waitForFunction(() => 'embed' in globalThis);
  return frame.evaluate(async (text) => {
    const session: Session = await Reflect.get(globalThis, 'embed')();
    try {
      return await session.query(text);
    } finally {
      await session.close();
    }
  }, text);
}
