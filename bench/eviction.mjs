import { bytesText } from '../scripts/figures.mjs';
import { millisecondsText } from './spread.mjs';
import { tableLines } from './table.mjs';
import { freshBrowser } from './visits.mjs';

/**
 * A workload under a budget, by both policies; milliseconds of each run.
 * @typedef {{ workload: string, share: number, budget: number, sides: Side[] }} EvictionRow
 * @typedef {{ policy: import('./eviction/replay.ts').PolicyName, milliseconds: number[], served: import('./eviction/replay.ts').Replayed['served'] }} Side
 */

/** The policy was tuned on the first. */
const WORKLOADS = ['dashboards', 'explorers'];
/** Of the bytes that everything would take. */
const SHARES = [0.1, 0.25, 0.5];
const POLICIES = /** @type {const} */ (['the engine', 'least recently used']);
const QUESTIONS = 600;
const RUNS = 3;

/**
 * Recorded workloads replayed under budgets, the engine's policy in turn with plain LRU.
 * @param {import('./measurements.mjs').MeasureOptions & { log: (line: string) => void }} options
 * @returns {Promise<{ rows: EvictionRow[], unequal: string[] }>} `unequal`: workloads whose answers differed
 */
export async function measureEviction({ launch, url, lifetime, quick, log }) {
  const { context, close } = await freshBrowser(launch, lifetime);
  const page = await context.newPage();
  page.on('pageerror', (error) => log(`the page threw: ${error.message}`));
  await page.goto(`${url}bench/backends.html`);
  /** @type {(policy: import('./eviction/replay.ts').PolicyName, budget: number, workload: string) => Promise<import('./eviction/replay.ts').Replayed>} */
  const replay = (policy, budget, workload) =>
    page.evaluate(
      async ([address, policy, budget, workload, count]) => {
        const { replay } = /** @type {typeof import('./eviction/replay.ts')} */ (await import(address));
        return replay(policy, budget, workload, count);
      },
      /** @type {const} */ ([`${url}bench/replay.js`, policy, budget, workload, QUESTIONS]),
    );
  /** @type {EvictionRow[]} */
  const rows = [];
  /** @type {Set<string>} */
  const unequal = new Set();
  for (const workload of WORKLOADS) {
    log(`${workload}: everything kept`);
    const all = await replay('the engine', 2 ** 30, workload);
    for (const share of SHARES) {
      log(`${workload}: ${100 * share} %`);
      const budget = Math.floor(all.bytes * share);
      /** @type {Side[]} */
      const sides = POLICIES.map((policy) => ({ policy, milliseconds: [], served: all.served }));
      for (let run = 0; run < (quick ? 1 : RUNS); run++) {
        for (const side of sides) {
          const { milliseconds, served, hash } = await replay(side.policy, budget, workload);
          side.milliseconds.push(milliseconds);
          side.served = served;
          if (hash !== all.hash) unequal.add(workload);
        }
      }
      rows.push({ workload, share, budget, sides });
    }
  }
  await close();
  return { rows, unequal: [...unequal] };
}

/** @param {readonly EvictionRow[]} rows */
export function evictionLines(rows) {
  if (rows.length === 0) return [];
  const heading = [
    'workload',
    'budget',
    'policy',
    'states from entries',
    'exact',
    'roll-ups',
    'computed',
    'milliseconds',
    'ratio',
  ];
  const cells = rows.flatMap(({ workload, share, budget, sides }) => {
    const yardstick = medianOf(sides.find(({ policy }) => policy === 'least recently used')?.milliseconds ?? []);
    return sides.map(({ policy, milliseconds, served }) => {
      const total = served.exact + served.rollup + served.backend;
      return [
        workload,
        `${100 * share} %, ${bytesText(budget)}`,
        policy,
        `${((100 * (served.exact + served.rollup)) / total).toFixed(1)} %`,
        String(served.exact),
        String(served.rollup),
        String(served.backend),
        millisecondsText(medianOf(milliseconds)),
        (medianOf(milliseconds) / yardstick).toFixed(2),
      ];
    });
  });
  return tableLines([heading, ...cells]);
}

/** @param {readonly number[]} values */
function medianOf(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
