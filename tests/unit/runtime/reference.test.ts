import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AskedQuestion, questions, type ReferenceCell, referenceRows, textOf } from '../../reference/questions.ts';
import { STAR_COLLECTION, STAR_INSTALLATION, starFiles, stars } from '../../reference/star.ts';
import { openInNode } from '../../support/node-session.ts';

const SEEDS = [1, 2, 3, 4] as const;
const QUESTIONS = 60;

/**
 * Generated questions over generated stars, against plain loops: the engine warm (so that entries roll up), again (so
 * that what was kept serves), and off. A failure prints the seed, the question and both answers.
 */
describe.each(SEEDS)('seed %i', (seed) => {
  test.each(['await', 'off'] as const)('warm-up %s', async (warmUp) => {
    const [star] = fc.sample(stars(400), { seed, numRuns: 1 });
    if (star === undefined) throw new Error('no star was generated');
    const asked = fc.sample(questions, { seed: seed * 31, numRuns: QUESTIONS });
    const session = await openInNode({
      installation: STAR_INSTALLATION,
      collections: { 'star/': STAR_COLLECTION },
      files: starFiles(star),
      warmUp,
    });
    try {
      for (const question of asked) {
        const expected = referenceRows(star, question);
        for (const [engine, time] of [
          [true, 'first'],
          [true, 'again'],
          [false, 'off'],
        ] as const) {
          const answer = await session.query(textOf(question), { engine });
          const about = `seed ${seed}, ${time}: ${textOf(question)}`;
          if ('code' in answer) throw new Error(`${about}: ${answer.code} ${answer.message}`);
          expectEqual(answer.rows, expected, question, about);
          if (time === 'again') expect(answer.served_from, about).toBe('engine_cache');
        }
      }
      const statistics = await session.service.statistics();
      if (!statistics.ok) throw new Error(statistics.error.message);
      expect(statistics.value.hits.rollup, 'roll-ups among the answers').toBeGreaterThan(0);
      expect(statistics.value.compiles).toBe(1);
    } finally {
      await session.close();
    }
  });
});

/** Bit for bit but for AVG and MEDIAN, which are doubles: within 1e-9 relative. */
function expectEqual(
  found: readonly (readonly unknown[])[],
  expected: readonly (readonly ReferenceCell[])[],
  question: AskedQuestion,
  about: string,
): void {
  expect(found.length, about).toBe(expected.length);
  found.forEach((row, i) => {
    row.forEach((cell, column) => {
      const wanted = expected[i]?.[column] ?? null;
      const operator = question.series[column - question.anchor.length]?.operator;
      if ((operator === 'AVG' || operator === 'MEDIAN') && typeof cell === 'number' && typeof wanted === 'number') {
        expect(Math.abs(cell - wanted), about).toBeLessThanOrEqual(1e-9 * Math.abs(wanted) + 1e-12);
      } else {
        expect(cell, `${about}, row ${i}`).toBe(wanted === 0 ? 0 : wanted);
      }
    });
  });
}
