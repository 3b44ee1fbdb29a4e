import { CollectionRun, type Disagreement } from './collection-run.ts';
import { Questions } from './generate/questions.ts';
import { TALL, worldOf } from './generate/world.ts';
import { brokenLaws } from './laws.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

/** What asking one collection has shown. */
export interface Report {
  readonly world: World;
  readonly questions: number;
  /** Questions in whose answers the tolerance of doubles decided which rows remain, or in which order. */
  readonly ties: number;
  /** Questions whose answer is left open: sums past 127 bits on the way, distinct doubles within the tolerance. */
  readonly open: number;
  /** Questions that every way refused, for a reason that the reference gives too. */
  readonly refusals: number;
  /** Laws tried: a whole and its parts, two ways of rolling up. */
  readonly laws: number;
  readonly disagreements: readonly Disagreement[];
  readonly broken: readonly string[];
}

/** Whether a collection's hints are filled before the first question. */
export function warmUpOf(seed: number): 'await' | 'off' {
  return seed % 2 === 0 ? 'await' : 'off';
}

/** The questions of a collection's seed. */
export function questionsOf(world: World): Questions {
  return new Questions(new Random(world.seed * 7919 + 1), world);
}

/** Makes the collection of a seed and asks `count` questions in every way. */
export async function askCollection(seed: number, count: number): Promise<Report> {
  const world = worldOf(seed);
  const run = await CollectionRun.open(world, warmUpOf(seed));
  try {
    const questions = questionsOf(world);
    const disagreements: Disagreement[] = [];
    let ties = 0;
    let refusals = 0;
    let open = 0;
    // Plain loops over many rows take their time.
    const all = world.tables.some(({ rows }) => rows.length >= TALL) ? Math.min(count, 12) : count;
    for (let asked = 0; asked < all; asked++) {
      const { question, code } = questions.next();
      const expected = run.expected(question, code);
      if (expected.kind === 'refused') refusals += 1;
      if (expected.kind === 'open') open += 1;
      if (expected.kind === 'frame' && expected.isTied) ties += 1;
      const disagreement = await run.disagreement(question, code, expected);
      if (disagreement !== null) disagreements.push(disagreement);
    }
    const { tried, broken } = await brokenLaws(run, world, Math.ceil(all / 10));
    return { world, questions: all, ties, open, refusals, laws: tried, disagreements, broken };
  } finally {
    await run.close();
  }
}
