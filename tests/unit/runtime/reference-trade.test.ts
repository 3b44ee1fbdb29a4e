import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { tradeCollection, tradeSettings, tradeStability, trades, tradeTables } from '../../reference/trade.ts';
import { answered, type Cell, tradeQuestions } from '../../reference/trade-questions.ts';
import { openLab, type Shelves } from './regressions/lab.ts';

const SEEDS = [1, 2, 4, 22] as const;
const QUESTIONS = 16;

/** Schemas and paths by which atoms were served, over all seeds. */
const ways = new Set<string>();

/**
 * Generated questions over generated trades, against plain loops: in three sessions over one store, between which the
 * settings change (boundary, declared filter, bound columns, pre-aggregates), and in each the engine first, again and off.
 */
describe.each(SEEDS)('seed %i', (seed) => {
  test('three sessions over one store', { timeout: 60_000 }, async () => {
    const [given] = fc.sample(trades(150), { seed, numRuns: 1 });
    if (given === undefined) throw new Error('no trade was generated');
    const shelves: Shelves = new Map();
    const asked = fc.sample(tradeQuestions, { seed: seed * 37, numRuns: QUESTIONS });
    for (const settings of fc.sample(tradeSettings, { seed: seed * 41, numRuns: 3 })) {
      const lab = await openLab({
        settings: tradeStability(settings),
        collections: { 'trade/': tradeCollection(settings) },
        tables: tradeTables(given, settings),
        warmUp: seed % 2 === 0 ? 'await' : 'off',
        shelves,
      });
      try {
        for (const question of asked) {
          const { text, rows, doubles } = answered(given, settings, question);
          for (const [engine, time] of [
            [true, 'first'],
            [true, 'again'],
            [false, 'off'],
          ] as const) {
            const about = `seed ${seed}, ${JSON.stringify(settings)}, ${time}: ${text}`;
            const answer = await lab.ask(text, { engine });
            if ('code' in answer) throw new Error(`${about}: ${answer.code} ${answer.message}`);
            expectEqual(answer.rows, rows, doubles, about);
            if (time === 'again') expect(answer.served_from, about).toBe('engine_cache');
            for (const { schema, path } of answer.provenance.series.flatMap(({ atoms }) => atoms)) {
              ways.add(schema).add(path);
            }
          }
        }
      } finally {
        await lab.close();
      }
    }
  });
});

afterAll(() => {
  expect([...ways], 'the ways that answers took').toEqual(
    expect.arrayContaining(['backend', 'daily', 'exact', 'monthly', 'rollup', 'sales']),
  );
});

/** Bit for bit but for doubles: within 1e-9 relative. */
function expectEqual(
  found: readonly (readonly unknown[])[],
  expected: readonly (readonly Cell[])[],
  doubles: readonly boolean[],
  about: string,
): void {
  expect(found.length, about).toBe(expected.length);
  found.forEach((row, i) => {
    row.forEach((cell, column) => {
      const wanted = expected[i]?.[column] ?? null;
      if (doubles[column] === true && typeof cell === 'number' && typeof wanted === 'number') {
        expect(Math.abs(cell - wanted), `${about}, row ${i}`).toBeLessThanOrEqual(1e-9 * Math.abs(wanted) + 1e-9);
      } else {
        expect(cell, `${about}, row ${i}, column ${column}`).toBe(wanted);
      }
    });
  });
}
