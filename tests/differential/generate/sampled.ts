import type { Cell, RootFamily, World } from '../world.ts';

/** Some values that the column of a family has. */
export function sampled({ tables }: World, { table, column }: RootFamily): readonly Cell[] {
  const found = tables.find(({ name }) => name === table);
  const place = found?.columns.findIndex(({ name }) => name === column) ?? -1;
  if (found === undefined || place < 0) return [];
  return [...new Set(found.rows.slice(0, 60).map((row) => row[place] ?? null))].filter((cell) => cell !== null);
}
