/**
 * What a visitor's own script would do on the open page, through `globalThis.coframe` alone.
 * @typedef {import('../../src/runtime/api.ts').CoframeGlobal} CoframeGlobal
 * @typedef {import('../../src/runtime/api.ts').Session} Session
 * @typedef {import('../../src/runtime/api.ts').Answer | import('../../src/runtime/api.ts').Refusal} Outcome
 * @typedef {import('playwright-core').Page} Page
 */

/** How long the page may take from its first byte to the end of warm-up, milliseconds. */
const START_TIMEOUT = 60_000;

/**
 * Waits until warm-up has ended: only then is the session there.
 * @param {Page} page
 */
export async function ready(page) {
  await page.waitForFunction(() => Reflect.get(globalThis, 'coframe')?.session !== undefined, undefined, {
    timeout: START_TIMEOUT,
  });
}

/**
 * The lines of the page's boot log, folded away or not; none where the page has no such log.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function bootLogOf(page) {
  const texts = await page.getByTestId('boot-log').allTextContents();
  return texts.flatMap((text) => text.split('\n')).flatMap((line) => line.trim() || []);
}

/**
 * Asks the page's session.
 * @param {Page} page
 * @param {string} text
 * @param {import('../../src/runtime/api.ts').QueryOptions & { format?: 'json' }} [options]
 * @returns {Promise<Outcome>}
 */
export function ask(page, text, options = {}) {
  return page.evaluate(
    ([text, options]) => {
      const { session } = globalThis.coframe;
      if (!session) throw new Error('the page has no session');
      return session.query(text, options).then((reply) => {
        if (reply.mood === 'explain') throw new Error(`${text} was explained, not answered`);
        return reply;
      });
    },
    /** @type {const} */ ([text, options]),
  );
}

/**
 * The metric entries as `family@(anchor)`, in order of their names, and what the engine counted.
 * @param {Page} page
 */
export async function engineOf(page) {
  const { entries, statistics } = await page.evaluate(async () => {
    const { session } = globalThis.coframe;
    if (!session) throw new Error('the page has no session');
    return { entries: await session.engine.entries(), statistics: await session.engine.statistics() };
  });
  const metrics = entries
    .filter(({ domain }) => domain === 'metric')
    .map(({ family, anchor }) => `${family}@(${anchor.join(', ')})`)
    .sort();
  return { metrics, statistics };
}

/**
 * Opens the page's installation once more in a session of its own, asks it, and closes it.
 * @param {Page} page
 * @param {'session' | 'installation'} axis which of the two keeps the engine off
 * @param {readonly string[]} queries
 * @returns {Promise<Outcome[]>}
 */
export function askWithoutEngine(page, axis, queries) {
  return page.evaluate(
    async ([axis, queries]) => {
      const { open } = globalThis.coframe;
      const address = new URL('fixtures/retail/installation.coframe/installation.yaml', document.baseURI).href;
      const written = await (await fetch(address)).text();
      const text = written.replace(/(metric_engine:\s+enabled: )true/, '$1false');
      if (text === written) throw new Error('installation.yaml has no `metric_engine: enabled: true` to switch off');
      const session = await open(
        axis === 'session'
          ? { installation: address, engine: false, warmUp: 'off' }
          : { installation: { text }, base: address, warmUp: 'off' },
      );
      try {
        const outcomes = [];
        for (const query of queries) {
          const reply = await session.query(query);
          if (reply.mood === 'explain') throw new Error(`${query} was explained, not answered`);
          outcomes.push(reply);
        }
        return outcomes;
      } finally {
        await session.close();
      }
    },
    /** @type {const} */ ([axis, queries]),
  );
}
