import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TradeSettings, tradeCollection, trades, tradeTables } from '../../reference/trade.ts';
import { answered, tradeQuestions } from '../../reference/trade-questions.ts';
import { openLab } from './regressions/lab.ts';

const SETTINGS: TradeSettings = {
  asOf: null,
  holdOffDays: 0,
  filter: 'none',
  ownCategory: false,
  daily: 'true',
  dailyIsDated: false,
  monthlyIsDated: false,
  hint: 'fine',
};
const QUESTIONS = 30;
const ROUNDS = 4;

/** Doubles come in another order of additions from one pass to the next. */
const rounded = (rows: unknown) =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value));

/**
 * Questions asked all at once, some of them cancelled, while entries are evicted, sources asked for again and another
 * collection, which reads the same columns in other types, is gone to and come back from.
 */
test('questions in parallel', { timeout: 120_000 }, async () => {
  const [given] = fc.sample(trades(200), { seed: 5, numRuns: 1 });
  if (given === undefined) throw new Error('no trade was generated');
  const asked = fc
    .sample(tradeQuestions, { seed: 77, numRuns: QUESTIONS })
    .map((question) => answered(given, SETTINGS, question));
  const collection = tradeCollection(SETTINGS);
  const lab = await openLab({
    collections: {
      'trade/': collection,
      'other/': collection.replace('name: trade', 'name: other').replaceAll('decimal(2)', 'decimal(3)'),
    },
    tables: tradeTables(given, SETTINGS),
    warmUp: 'await',
  });
  const wrong: string[] = [];
  const cancelled = new Set<number>();
  const work: Promise<unknown>[] = [];
  let id = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { text, rows } of round % 2 === 0 ? asked : asked.toReversed()) {
      id += 1;
      const own = id;
      const engine = round < ROUNDS - 1;
      work.push(
        lab.ask(text, { id: own, engine }).then(
          (answer) => {
            if ('code' in answer) wrong.push(`${text}: ${answer.code}`);
            else if (rounded(answer.rows) !== rounded(rows)) wrong.push(`${text}: ${rounded(answer.rows)}`);
          },
          (error: unknown) => {
            if (!cancelled.has(own)) wrong.push(`${text}: ${error}`);
          },
        ),
      );
      if (id % 3 === 0) {
        cancelled.add(own);
        lab.service.cancel(own);
      }
      if (id % 11 === 0) work.push(lab.service.evict(null));
      if (id % 29 === 0) work.push(lab.service.use('other'));
      if (id % 29 === 5) work.push(lab.service.use('trade'));
      if (id % 37 === 0) work.push(lab.service.refresh());
      // Some questions meet others on their way.
      if (id % 5 === 0) await new Promise((resume) => setImmediate(resume));
    }
  }
  await Promise.all(work);
  expect(wrong).toEqual([]);
  for (const { text, rows } of asked) {
    const answer = await lab.rows(text);
    expect(rounded(answer), text).toBe(rounded(rows));
  }
  await lab.close();
});
