import { expect, test } from 'vitest';
import { askCollection } from './campaign.ts';
import { told } from './told.ts';

const COLLECTIONS = 40;
/** Asked of each collection. */
const QUESTIONS = 25;

/** Every way gives the reference's answer to every question of the collections with odd or even seeds, and the laws hold. */
export function askSample(seeds: 'odd' | 'even'): void {
  const first = seeds === 'odd' ? 1 : 2;
  test.each(Array.from({ length: COLLECTIONS / 2 }, (_, i) => first + 2 * i))('collection %i', async (seed) => {
    expect(told(await askCollection(seed, QUESTIONS))).toEqual([]);
  });
}
