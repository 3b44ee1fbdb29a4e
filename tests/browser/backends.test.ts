import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATORS } from '../../src/operators/catalog.ts';
import type { BackendName } from '../../src/protocol/backend.ts';
import { BY_DAY, BY_STORE, ShopVisit } from './bad-input/shop-visit.ts';
import { TestBrowser } from './support/browser.ts';
import { QueryPage } from './support/query-page.ts';
import { askForRows, pageSession } from './support/session.ts';

const TOTAL = Object.keys(OPERATORS).length;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(() => browser?.close());

const QUESTION = 'SELECT region, store, revenue, cost AT (region, store)';

describe('a cross-check in the page', () => {
  test('by keyboard: three engines agree, each tells what it did, and what was started is ended', async () => {
    const fresh = await browser.freshPage();
    await fresh.openPage();
    const shown = await QueryPage.open(fresh.context, fresh.url, { question: QUESTION });
    const { page } = shown;
    await shown.grid.waitFor();
    const button = page.getByTestId('cross-check');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('agreement').waitFor();
    expect(await page.getByTestId('agreement').textContent()).toMatch(/^Every value is equal: bit for bit/);
    expect(await button.textContent()).toBe('3 engines agree');
    const section = page.getByTestId('cross-check-section');
    const rows = await section
      .locator('tbody tr')
      .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent ?? '')));
    expect(rows.map(([name]) => name)).toEqual(['DuckDB', 'SQLite', 'Arquero']);
    expect(rows.map((row) => row[2])).toEqual(['13', '13', '13']);
    expect(new Set(rows.map((row) => row[3])).size).toBe(1);
    const statements = await section.locator('pre').allTextContents();
    expect(statements.length).toBe(3);
    for (const statement of statements) expect(statement).toMatch(/transactions/);
    const session = await pageSession(page);
    const { backends } = await session.evaluate((each) => each.engine.statistics());
    expect(backends.map(({ name, state, bytesHeld }) => [name, state, bytesHeld > 0])).toEqual([
      ['duckdb', 'ready', true],
      ['sqlite', 'idle', false],
      ['arquero', 'idle', false],
    ]);
    // The check belongs to the question: asked again, it is still told.
    await shown.run.click();
    await expect.poll(() => button.textContent()).toBe('3 engines agree');
    expect(shown.errors).toEqual([]);
    await fresh.close();
  });

  test('is cancelled with the same button, and the answer stays', async () => {
    const fresh = await browser.freshPage();
    await fresh.openPage();
    const shown = await QueryPage.open(fresh.context, fresh.url, {
      question: 'SELECT store, product, revenue AT (store, product)',
    });
    await shown.grid.waitFor();
    const button = shown.page.getByTestId('cross-check');
    await button.click();
    await shown.page.getByRole('button', { name: 'Cancel check' }).click();
    await expect.poll(() => button.textContent()).toBe('Cross-check');
    const session = await pageSession(shown.page);
    const states = () =>
      session.evaluate(async (each) => (await each.engine.statistics()).backends.map(({ state }) => state));
    await expect.poll(states).toEqual(['ready', 'idle', 'idle']);
    expect(shown.errors).toEqual([]);
    await fresh.close();
  });
});

test('another backend is chosen without a reload, and what is stored serves all the same', async () => {
  const fresh = await browser.freshPage();
  await fresh.openPage('#/engine?tab=backends');
  const { page } = fresh;
  for (const [backend, title, question] of [
    ['sqlite', 'SQLite', 'SELECT category, revenue AT category'],
    ['arquero', 'Arquero', 'SELECT category, cost AT category'],
  ] as const) {
    await page.locator(`[data-testid=backend][data-name=${backend}] input`).check();
    await page.locator('[data-key=backend]').getByText(`${title} idle`).waitFor();
    const session = await pageSession(page);
    expect(await askForRows(session, 'SELECT region, revenue AT region')).toMatchObject({
      served_from: 'engine_cache',
    });
    const computed = await askForRows(session, question);
    expect(computed).toMatchObject({ row_count: 12, served_from: 'engine_backend', provenance: { backend } });
    const straight = await askForRows(session, question, { engine: false, backend: 'duckdb' });
    expect(straight.rows).toEqual(computed.rows);
    await page.locator('[data-key=backend]').getByText(`${title} ready`).waitFor();
    await page
      .locator(`[data-testid=backend][data-name=${backend}]`)
      .getByText(`${TOTAL} of ${TOTAL} operators`)
      .waitFor();
  }
  expect(fresh.errors).toEqual([]);
  await fresh.close();
});

describe('a backend with bad luck', () => {
  const SCRIPTS: Readonly<Record<BackendName, RegExp>> = {
    duckdb: /duckdb\.worker-[^/]*\.js$/,
    sqlite: /sqlite\.worker-[^/]*\.js$/,
    arquero: /arquero\.worker-[^/]*\.js$/,
  };

  /** The worker does this when it is asked for an aggregate of the shop's sales. */
  const atAggregate = (what: string) => `
    const add = MessagePort.prototype.addEventListener;
    MessagePort.prototype.addEventListener = function (type, ...rest) {
      if (type === 'message') add.call(this, type, (event) => {
        const { path, argumentList } = event.data ?? {};
        if (path?.at(-1) !== 'aggregate' || argumentList[1].value.table !== 'sales') return;
        event.stopImmediatePropagation();
        ${what}
      });
      return add.call(this, type, ...rest);
    };
  `;

  let visit: ShopVisit;
  beforeAll(async () => {
    visit = await ShopVisit.open(browser, { backend: 'duckdb' });
  });
  afterAll(() => visit?.close());

  const use = (name: BackendName) =>
    visit.page.evaluate((backend) => globalThis.coframe?.session?.useBackend(backend), name);
  const stateOf = async (name: BackendName) => {
    const { backends } = await visit.statistics();
    return backends.find((each) => each.name === name);
  };
  const stored = { rows: BY_STORE.rows, served_from: 'engine_cache' };

  test.each(['sqlite', 'arquero'] as const)(
    '%s dies in the middle of a question: that is said, entries are untouched, and the next question works',
    async (name) => {
      await visit.comeBack();
      await visit.page.evaluate(() => globalThis.coframe?.session?.engine.evict());
      expect(await visit.ask(BY_STORE.query)).toMatchObject({ rows: BY_STORE.rows });
      await use(name);
      visit.host.precede(SCRIPTS[name], atAggregate('close();'));
      expect(await visit.askInVain(BY_DAY.query)).toEqual({
        name: 'BackendFailedError',
        message: `backend ${name}: it was lost (its worker ended); what is stored is unharmed, and it starts anew when you ask again`,
        remedy: 'Ask again: it starts anew.',
      });
      expect(await visit.ask(BY_STORE.query)).toMatchObject(stored);
      visit.host.mend();
      expect(await visit.ask(BY_DAY.query)).toMatchObject({
        rows: BY_DAY.rows,
        served_from: 'engine_backend',
        provenance: { backend: name },
      });
    },
  );

  test('an engine that computes without end is ended when its question is cancelled', async () => {
    await visit.comeBack();
    await visit.page.evaluate(() => globalThis.coframe?.session?.engine.evict());
    await use('sqlite');
    visit.host.precede(SCRIPTS.sqlite, atAggregate('for (;;) {}'));
    const outcome = await visit.page.evaluate(async (text) => {
      const session = globalThis.coframe?.session;
      const controller = new AbortController();
      const asked = session?.query(text, { signal: controller.signal });
      while ((await session?.engine.statistics())?.backends[1]?.bytesHeld === 0) await null;
      controller.abort();
      return asked?.then(
        () => 'answered',
        (error: unknown) => Object(error).name,
      );
    }, BY_DAY.query);
    expect(outcome).toBe('AbortError');
    await expect.poll(async () => (await stateOf('sqlite'))?.state).toBe('idle');
    visit.host.mend();
    expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, served_from: 'engine_backend' });
  });

  test('an engine that answers wrongly is not used: the page says what it got wrong, the others go on', async () => {
    await visit.comeBack();
    await visit.page.evaluate(() => globalThis.coframe?.session?.engine.evict());
    await use('sqlite');
    // The middle of what is not sorted.
    visit.host.precede(SCRIPTS.sqlite, 'Float64Array.prototype.sort = function () { return this; };');
    const error = await visit.askInVain(BY_DAY.query);
    expect(error.message).toBe(
      'backend sqlite: MEDIAN of decimal, cents: [0.10, 0.20, 0.01, NULL] must be 0.10, 0.10, and it gave 0.20, 0.20; it is not used, choose another',
    );
    expect(error.remedy).toMatch(/^Choose another backend/);
    await visit.page.evaluate(() => {
      location.hash = '#/engine?tab=backends';
    });
    const line = visit.page.locator('[data-testid=backend][data-name=sqlite]');
    await line.getByText('SQLite cannot be used').waitFor();
    await line.getByText(/MEDIAN of decimal, cents/).waitFor();
    const parity = (await stateOf('sqlite'))?.parity;
    expect(parity?.total).toBe(TOTAL);
    expect(parity?.probed).toBeLessThan(TOTAL);
    await use('arquero');
    expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, provenance: { backend: 'arquero' } });
    visit.host.mend();
  });

  test('an engine that differs: the page shows where, side by side, and checks again once it is mended', async () => {
    await visit.goto(visit.linkTo(BY_STORE.query));
    await visit.fresh.ready();
    const { page } = visit;
    // What this question gives, and nothing that the parity gate asks.
    visit.host.precede(
      SCRIPTS.sqlite,
      `const from = Float64Array.from.bind(Float64Array);
       Float64Array.from = (values, map) => {
         const made = from(values, map);
         if (made.length === 3 && made[0] === 15) made[0] += 1;
         return made;
       };`,
    );
    await page.getByTestId('cross-check').click();
    await page.getByText('One value differs:').waitFor();
    expect(await page.getByTestId('cross-check').textContent()).toBe('Engines differ');
    const cells = page.getByTestId('differences').locator('tbody tr').locator('th, td');
    expect(await cells.allTextContents()).toEqual(['(S1)', 'amount', '15', '16', '15']);
    visit.host.break(SCRIPTS.arquero, 'gone');
    await page.getByRole('button', { name: 'Check again' }).click();
    const section = page.getByTestId('cross-check-section');
    await section.getByText(/^Arquero: backend arquero: did not start .*could not be loaded/).waitFor();
    await expect.poll(() => page.getByTestId('cross-check').textContent()).toBe('Engines differ');
    visit.host.mend();
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => page.getByTestId('cross-check').textContent()).toBe('3 engines agree');
  });

  test.each([
    { name: 'sqlite', part: 'WASM', path: /sql-wasm-browser-[^/]*\.wasm$/, reason: /sql-wasm-browser-.* answered 404/ },
    { name: 'sqlite', part: 'worker', path: SCRIPTS.sqlite, reason: /sqlite\.worker.* could not be loaded/ },
    { name: 'arquero', part: 'worker', path: SCRIPTS.arquero, reason: /arquero\.worker.* could not be loaded/ },
  ] as const)('$name without its $part: named, and the others go on', async ({ name, path, reason }) => {
    await visit.comeBack();
    await visit.page.evaluate(() => globalThis.coframe?.session?.engine.evict());
    visit.host.break(path, 'gone');
    await use(name);
    const error = await visit.askInVain(BY_DAY.query);
    expect(error.message).toMatch(new RegExp(`^backend ${name}: did not start`));
    expect(error.message).toMatch(reason);
    await use('duckdb');
    expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows });
    visit.host.mend();
  });
});
