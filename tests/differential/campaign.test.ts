import { expect, test } from 'vitest';
import { askCollection } from './campaign.ts';
import { told } from './told.ts';

const COLLECTIONS = 40;
/** Asked of each collection. */
const QUESTIONS = 25;

/** Every way gives the reference's answer to every question, and the laws hold. */
test.each(Array.from({ length: COLLECTIONS }, (_, place) => place + 1))('collection %i', async (seed) => {
  expect(told(await askCollection(seed, QUESTIONS))).toEqual([]);
});
