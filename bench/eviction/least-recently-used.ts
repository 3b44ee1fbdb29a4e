import type { EvictionPolicy } from '../../src/engine/budget.ts';

/** The yardstick: what was not used for longest goes first, whatever it cost. Keeps what the engine's own policy must keep. */
export const leastRecentlyUsed: EvictionPolicy = (held, { needed, budget, inUse }) => {
  let over = held.reduce((sum, { row }) => sum + row.bytes, 0) + needed - budget;
  const mayGo = held.filter(({ row, use }) => !use.pinned && !inUse.has(row.key) && row.bytes > 0);
  return mayGo
    .toSorted((a, b) => a.use.lastAccess - b.use.lastAccess)
    .flatMap(({ row }) => {
      if (over <= 0) return [];
      over -= row.bytes;
      return [{ key: row.key, bytes: row.bytes, milliseconds: row.computeMilliseconds, from: null }];
    });
};
