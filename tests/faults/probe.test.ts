import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FaultShop, QUESTIONS } from './fault-shop.ts';

test('probe', async () => {
  const shop = await FaultShop.open();
  const log = (x: unknown) =>
    appendFileSync('/tmp/faults-probe.log', `${typeof x === 'string' ? x : JSON.stringify(x)}\n`);
  try {
    for (let at = 1; ; at += 3) {
      const name = `c${at}`;
      try {
        const v = await shop.visit(name, { plan: { at, how: 'fail', error: 'UnknownError' } });
        const w = await shop.visit(name);
        for (const { answers } of [v, w]) expect(answers.map((a) => a.rows)).toEqual(QUESTIONS.map((q) => q.rows));
        log({
          at,
          op: v.operations[at - 1],
          f: v.faults,
          store: v.store,
          f2: w.faults,
          l: v.listed,
          l2: w.listed,
          r2: w.readable,
          s: v.answers.map((a) => a.servedFrom[7]).join(''),
          s2: w.answers.map((a) => a.servedFrom[7]).join(''),
        });
        if (v.operations.length < at) break;
      } catch (e) {
        log({ at, e: String(e) });
      }
    }
  } finally {
    await shop.close();
  }
});
