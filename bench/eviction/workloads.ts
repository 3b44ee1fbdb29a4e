/** Questions in the order in which they are asked; recorded by a seed, so that every run asks the same. */
export interface Workload {
  readonly name: string;
  readonly questions: readonly string[];
}

const SERIES = [
  'revenue',
  'cost',
  'orders',
  'profit',
  'AVG(revenue) AS mean',
  'MAX(revenue) AS most',
  'buyers',
] as const;

const ANCHORS = [
  'region',
  'store',
  'category',
  'month',
  '(region, month)',
  '(category, month)',
  '(region, category)',
  '(store, month)',
  '(store, category)',
  '(region, day)',
  '(store, category, month)',
  'product',
  '(region, product)',
  '(store, day)',
  '(store, product)',
] as const;

const FILTERS = [
  '',
  " WHERE region = 'East'",
  " WHERE region = 'West'",
  " WHERE year = '2024'",
  " WHERE month >= '2024-06'",
] as const;

/**
 * A wall of dashboards: some questions are asked over and over, most hardly ever (Zipf's law, exponent 1), and what is
 * asked most does not change.
 */
export function dashboards(count: number): Workload {
  const random = generator(11);
  const all = shuffled(
    SERIES.flatMap((series) => ANCHORS.flatMap((anchor) => FILTERS.map((filter) => question(series, anchor, filter)))),
    random,
  );
  const pick = zipf(all.length, 1, random);
  return { name: 'dashboards', questions: Array.from({ length: count }, () => all[pick()] ?? '') };
}

/**
 * People who look around: each picks a series and a filter, goes from coarse to fine and back, comes back to where they
 * were, and then to something else; what is looked at most moves on as time goes by.
 */
export function explorers(count: number): Workload {
  const random = generator(23);
  const questions: string[] = [];
  const pickSeries = zipf(SERIES.length, 0.8, random);
  const pickFilter = zipf(FILTERS.length, 1, random);
  while (questions.length < count) {
    // Every two hundred questions another part of the data is in fashion.
    const fashion = Math.floor(questions.length / 200);
    const series = SERIES[(pickSeries() + fashion) % SERIES.length] ?? SERIES[0];
    const filter = FILTERS[(pickFilter() + fashion) % FILTERS.length] ?? FILTERS[0];
    let depth = Math.floor(random() * 4);
    for (let step = 0; step < 4 + Math.floor(random() * 8); step++) {
      questions.push(question(series, ANCHORS[depth] ?? ANCHORS[0], filter));
      const down = random() < 0.6 ? 1 + Math.floor(random() * 4) : -1 - Math.floor(random() * 4);
      depth = Math.min(ANCHORS.length - 1, Math.max(0, depth + down));
    }
  }
  return { name: 'explorers', questions: questions.slice(0, count) };
}

function question(series: string, anchor: string, filter: string): string {
  return `SELECT ${series} FROM transactions AT ${anchor}${filter}`;
}

/** Picks a rank below `count`, the r-th with a chance as 1 ÷ (r + 1)^exponent. */
function zipf(count: number, exponent: number, random: () => number): () => number {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1) ** exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return () => {
    let left = random() * total;
    return Math.max(
      0,
      weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      }),
    );
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Numbers below 1 from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
