import { expect } from 'vitest';
import { type FaultShop, QUESTIONS, type Visited } from './fault-shop.ts';
import { storedFiles } from './stored-copy.ts';

/** Every number is right, and every entry that is listed can be read. */
export function expectRight(visited: Visited): void {
  expect(visited.answers.map(({ rows }) => rows)).toEqual(QUESTIONS.map(({ rows }) => rows));
}

/**
 * What a fault of any kind leaves for the next visit: nothing broken, nothing of no entry, and what was there before, but
 * for entries whose files could not be read by the visit that suffered it.
 */
export async function expectSound(shop: FaultShop, name: string, suffered?: Visited): Promise<void> {
  const next = await shop.visit(name, { sweeps: true });
  expectRight(next);
  expect(next).toMatchObject({ store: 'opfs', faults: [], readable: next.listed });
  // Warm-up found all that it wants; the one question that follows from nothing stored may have to be computed.
  const servedFrom = next.answers.map((answer) => answer.servedFrom);
  const isByDayThere = servedFrom[QUESTIONS.length - 1] === 'engine_cache';
  const computed = isByDayThere ? 0 : 1;
  const dropped = (suffered?.faults ?? []).reduce(
    (sum, { kind, count }) => sum + (kind.startsWith('file_') ? count : 0),
    0,
  );
  const found = JSON.stringify({ servedFrom, suffered: suffered?.faults });
  if (dropped === 0) expect(next.misses, found).toBe(computed);
  else expect(next.misses, found).toBeLessThanOrEqual(computed + dropped);
  expect(await storedFiles(await shop.page(), name)).toBe(next.listed);
}

/** Faults in words that a person understands: a count, what became of it, no names of errors. */
export function expectTold({ faults }: Visited): void {
  expect(faults).not.toEqual([]);
  for (const { message, count } of faults) {
    expect(count).toBeGreaterThan(0);
    expect(message).toMatch(/^[A-Z\d][^{}]*\.$/);
    expect(message).not.toMatch(/Error|undefined|DOMException/);
  }
}

/** Runs `point` for 1, 2, 3 … until it says that there are no more; resolves to how many there were. */
export async function untilNoneIsLeft(point: (at: number) => Promise<boolean>): Promise<number> {
  for (let at = 1; ; at += 1) {
    try {
      if (!(await point(at))) return at - 1;
      if (at % 25 === 0) console.log(`… ${at}`);
    } catch (error) {
      throw new Error(`operation ${at}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}
