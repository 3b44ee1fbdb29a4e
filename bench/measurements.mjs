import { ready } from '../scripts/walkthrough/visit.mjs';
import { FIRST_QUESTION, firstNumber, freshBrowser, returnVisit } from './visits.mjs';

/**
 * One row of the table. A ratio of ours over theirs is what a miss is held to.
 * @typedef {object} Row
 * @property {string} path
 * @property {string} goal
 * @property {number | undefined} goalMilliseconds median
 * @property {number | undefined} goalRatio
 * @property {number | undefined} goalSlowest slowest hundredth, milliseconds
 * @property {import('./timing.ts').Times} coframe
 * @property {import('./timing.ts').Times} raw
 * @property {import('./timing.ts').Times} [rawText]
 * @property {string[]} hashes of every side's answer
 */

/**
 * @typedef {object} MeasureOptions
 * @property {import('./visits.mjs').Launch} launch
 * @property {string} url of the site
 * @property {import('./transfer.mjs').Transfers} transfers
 * @property {import('../scripts/lifetime.mjs').Lifetime} lifetime
 * @property {boolean} quick
 * @property {ReadonlySet<string>} wanted parts to measure
 */

/** The parts that `measure` knows. */
export const PATHS = ['planning', 'profile', 'hits', 'stored', 'roll-ups', 'misses', 'returns'];

/**
 * What planning took: in the worker, asked from the main thread.
 * @typedef {{ name: string, goalMilliseconds: number | undefined, times: import('./timing.ts').Times }} PlanRow
 */

/** Questions that are planned: a plain one, the longest of the canonical ones, and one of nearly every construct. */
const PLANNED = {
  'one series at one dimension': 'SELECT region, revenue AT region',
  'the longest canonical question':
    'SELECT category, AVG(revenue) AS mean, MEDIAN(revenue) AS middle, buyers, COUNT(*) AS n FROM transactions AT category',
  'nearly every construct at once': `WITH margin = (revenue - cost) / revenue, daily = revenue @ (day)
    SELECT region, month, revenue, cost, profit, margin, SUM(revenue - cost) AS row_profit, AVG(revenue) AS mean_sale,
      STDDEV_POP(revenue) AS spread, AVG(daily) AS mean_day, MAX(daily) AS best_day, revenue / (revenue @ (month)) AS share,
      buyers, orders, COUNT_DISTINCT(store) AS shops, LAG(revenue, 1) AS before,
      LAG(revenue, 1, step => year) AS year_before, PCT_CHANGE(revenue) AS growth,
      CUMSUM(revenue, reset => year) AS year_to_date, ROLLING_AVG(revenue, 3) AS rolling, RANK(revenue, within => month) AS place,
      SUM(CASE WHEN category IN ('Beverages', 'Snacks') THEN revenue ELSE 0 END) AS drinks, QUANTILE(revenue, 0.9) AS q90
    AT (region, month)
    WHERE day BETWEEN '2023-11-01' AND '2024-12-31' AND NOT (category = 'Toys' OR UPPER(store_name) = 'NOWHERE')
    HAVING revenue > 1000 AND growth IS NOT NULL ORDER BY month, revenue DESC LIMIT 3 PER month`,
};

/** What is asked at each anchor; FROM keeps the summary table from answering instead. */
const AT_REGION = 'SELECT region, SUM(revenue) AS r FROM transactions AT region';
const AT_REGION_DAY = 'SELECT region, day, SUM(revenue) AS r FROM transactions AT (region, day)';
const AT_STORE_PRODUCT = 'SELECT store, product, SUM(revenue) AS r FROM transactions AT (store, product)';

/**
 * First visits with fresh profiles: Coframe's page until the walkthrough's first answer is in it, and a page with
 * DuckDB-WASM alone until it has the same rows.
 * @typedef {{ name: string, times: import('./timing.ts').Times, bytes: number, kinds: readonly [string, number][] }} FirstVisit
 * @param {MeasureOptions} options
 * @returns {Promise<FirstVisit[]>}
 */
export async function measureVisits({ launch, url, transfers, lifetime, quick }) {
  const pages = [
    {
      name: 'Coframe: first walkthrough answer in the page',
      address: `${url}#/query?q=${encodeURIComponent(FIRST_QUESTION)}`,
    },
    { name: 'DuckDB-WASM alone: the same rows read', address: `${url}bench/raw-visit.html` },
  ];
  /** @type {FirstVisit[]} */
  const visits = [];
  for (const { name, address } of pages) {
    /** @type {number[]} */
    const shown = [];
    for (let run = 0; run < (quick ? 1 : 5); run++) {
      const { context, close } = await freshBrowser(launch, lifetime);
      transfers.clear();
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(address);
      shown.push((await firstNumber(page)).shown);
      if (run === 0)
        visits.push({
          name,
          times: { batches: shown, calls: shown },
          bytes: transfers.total,
          kinds: transfers.byKind(),
        });
      await close();
    }
  }
  return visits;
}

/**
 * Measures the paths, one after the other, in one browser whose profile lasts.
 * @param {MeasureOptions & { log: (line: string) => void }} options
 * @returns {Promise<{ rows: Row[], plans: PlanRow[] }>}
 */
export async function measure({ launch, url, lifetime, quick, wanted, log }) {
  const { context, close } = await freshBrowser(launch, lifetime);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => log(`the page threw: ${error.message}`));
  await page.goto(`${url}#/query?q=${encodeURIComponent(FIRST_QUESTION)}`);
  await firstNumber(page);
  await ready(page);
  const bench = await page.evaluateHandle(async (address) => {
    const { PageBench } = /** @type {typeof import('./page.ts')} */ (await import(address));
    return PageBench.open();
  }, `${url}bench/page.js`);

  /** @type {Row[]} */
  const rows = [];
  /** @type {(part: string, path: string, goal: { milliseconds?: number, ratio?: number, slowest?: number }, work: () => Promise<import('./page.ts').Measured>) => Promise<void>} */
  const add = async (part, path, goal, work) => {
    if (!wanted.has(part)) return;
    log(path);
    const { rows: count, coframe, raw, rawText } = await work();
    rows.push({
      path: `${path}, ${count.toLocaleString('en-US')} rows`,
      goal: goalText(goal),
      goalMilliseconds: goal.milliseconds,
      goalRatio: goal.ratio,
      goalSlowest: goal.slowest,
      coframe: coframe.times,
      raw: raw.times,
      ...(rawText && { rawText: rawText.times }),
      hashes: [coframe, raw, ...(rawText ? [rawText] : [])].map(({ hash }) => hash),
    });
  };
  const rounds = (/** @type {number} */ full) => (quick ? Math.ceil(full / 5) : full);

  /** @type {PlanRow[]} */
  const plans = [];
  for (const [name, text] of wanted.has('planning') ? Object.entries(PLANNED) : []) {
    log(`planning: ${name}`);
    const times = await bench.evaluate(
      (b, [text, effort]) => b.planning(text, effort),
      effortOf(text, 20, 0, rounds(30)),
    );
    plans.push({ name, goalMilliseconds: name.startsWith('the longest') ? 2 : undefined, times });
  }

  await add('hits', 'exact hit from memory, (region, day)', { milliseconds: 0.3, slowest: 3 }, () =>
    bench.evaluate((b, [text, effort]) => b.hit(text, effort), effortOf(AT_REGION_DAY, 100, 3, rounds(30))),
  );
  await add('hits', 'exact hit from memory, (store, product)', { milliseconds: 0.8 }, () =>
    bench.evaluate((b, [text, effort]) => b.hit(text, effort), effortOf(AT_STORE_PRODUCT, 100, 2, rounds(15))),
  );
  await add('stored', 'exact hit from OPFS, (region, day)', { milliseconds: 2.5 }, () =>
    bench.evaluate((b, [text, effort]) => b.storedHit(text, effort), effortOf(AT_REGION_DAY, 100, 3, rounds(15))),
  );
  for (const kind of /** @type {const} */ (['drop', 'climb'])) {
    const what = kind === 'drop' ? 'dropping a dimension' : 'dropping one, climbing the other';
    await add('roll-ups', `roll-up in the worker, ${what}`, { milliseconds: 0.5 }, () =>
      bench.evaluate(
        (b, [kind, effort]) => b.rollUp({ stores: 20, products: 1000 }, kind, effort),
        effortOf(kind, 100, 10, rounds(30)),
      ),
    );
    await add('roll-ups', `roll-up in the worker, ${what}`, { milliseconds: 12 }, () =>
      bench.evaluate(
        (b, [kind, effort]) => b.rollUp({ stores: 1000, products: 1000 }, kind, effort),
        effortOf(kind, 1, 1, rounds(60)),
      ),
    );
  }
  for (const [text, where] of /** @type {const} */ ([
    [AT_REGION, 'region'],
    [AT_REGION_DAY, '(region, day)'],
    [AT_STORE_PRODUCT, '(store, product)'],
  ])) {
    await add('misses', `miss at ${where}`, { ratio: 1.1 }, () =>
      bench.evaluate((b, [text, effort]) => b.miss(text, effort), effortOf(text, 1, 1, rounds(60))),
    );
  }
  await add('profile', 'profile of the transactions, 8 columns and what determines what', { milliseconds: 1500 }, () =>
    bench.evaluate((b, rounds) => b.profile(rounds), rounds(15)),
  );
  await bench.evaluate((b) => b.close());
  if (wanted.has('returns')) rows.push(await returns(page, { url, count: rounds(15) }));
  await close();
  return { rows, plans };
}

/**
 * The first number after a reload, from OPFS; beside it a page with DuckDB-WASM alone, reloaded as well.
 * @param {import('./visits.mjs').Page} page with a session
 * @param {{ url: string, count: number }} options `count`: reloads
 * @returns {Promise<Row>}
 */
async function returns(page, { url, count }) {
  // The misses before this have evicted everything; what the question needs is stored again.
  await page.evaluate(async () => {
    await globalThis.coframe?.session?.engine.warmUp();
    await globalThis.coframe?.session?.engine.entries();
  });
  /** @type {number[]} */
  const afterScripts = [];
  for (let run = 0; run < count; run++) {
    const { shown, scripts } = await returnVisit(page);
    afterScripts.push(shown - scripts);
  }
  const raw = await page.context().newPage();
  /** @type {number[]} */
  const rawAfter = [];
  await raw.goto(`${url}bench/raw-visit.html`);
  await firstNumber(raw);
  for (let run = 0; run < Math.ceil(count / 3); run++) {
    await raw.reload();
    const { shown, scripts } = await firstNumber(raw);
    rawAfter.push(shown - scripts);
  }
  const hashes = await Promise.all([storedHash(page, url), raw.evaluate(() => document.body.dataset.hash ?? '')]);
  await raw.close();
  return {
    path: 'first number after a reload, from OPFS, after scripts',
    goal: '≤ 100',
    goalMilliseconds: 100,
    goalRatio: undefined,
    goalSlowest: undefined,
    coframe: { batches: afterScripts, calls: afterScripts },
    raw: { batches: rawAfter, calls: rawAfter },
    hashes,
  };
}

/**
 * The hash of what the page answers now, to the question that it was reloaded with.
 * @param {import('./visits.mjs').Page} page
 * @param {string} url
 * @returns {Promise<string>}
 */
function storedHash(page, url) {
  return page.evaluate(
    async ([question, address]) => {
      const { answerHash } = /** @type {typeof import('./page.ts')} */ (await import(address));
      const answer = await globalThis.coframe?.session?.query(question, { format: 'arrow' });
      if (!answer || !('ipc' in answer)) throw new Error(`${question}: there was no answer`);
      return answerHash(answer.ipc);
    },
    /** @type {const} */ ([FIRST_QUESTION, `${url}bench/page.js`]),
  );
}

/**
 * @template T
 * @param {T} what
 * @param {number} batch
 * @param {number} rawBatch
 * @param {number} rounds
 * @returns {[T, import('./page.ts').Effort]}
 */
function effortOf(what, batch, rawBatch, rounds) {
  return [what, { batch, rawBatch, rounds }];
}

/** @param {{ milliseconds?: number, ratio?: number, slowest?: number }} goal */
function goalText({ milliseconds, ratio, slowest }) {
  if (ratio !== undefined) return `≤ ${ratio} × raw`;
  return `≤ ${milliseconds}${slowest === undefined ? '' : `, p99 ≤ ${slowest}`}`;
}
