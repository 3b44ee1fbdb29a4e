import type { ServedOverTime } from '../../runtime/api.ts';

/** One span of the chart: where it stands, and how high each part of it reaches, as shares of the chart. */
export interface ServedBar {
  readonly start: number;
  /** From 0 to 1, and as wide as `width`. */
  readonly left: number;
  readonly width: number;
  /** From the bottom up; each from 0 to 1. */
  readonly parts: readonly { readonly path: ServedPath; readonly from: number; readonly to: number }[];
}

export type ServedPath = (typeof SERVED_PATHS)[number]['path'];

/** The ways an atom comes, in the order in which bars are stacked. */
export const SERVED_PATHS = [
  { path: 'exact', label: 'stored entry' },
  { path: 'rollup', label: 'rolled up' },
  { path: 'backend', label: 'backend' },
] as const;

/** Spans that a chart is wide at least, so that a session's first bars are no walls. */
const LEAST_SPANS = 15;

/** The bars of a chart whose highest is as high as the chart; time goes from left to right, to the last served. */
export function servedBars({ span, buckets }: ServedOverTime): readonly ServedBar[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const spans = Math.max(LEAST_SPANS, (last.start - first.start) / span + 1);
  const highest = Math.max(...buckets.map((each) => each.exact + each.rollup + each.backend));
  return buckets.map((bucket) => {
    let reached = 0;
    const parts = SERVED_PATHS.map(({ path }) => {
      const from = reached / highest;
      reached += bucket[path];
      return { path, from, to: reached / highest };
    });
    return { start: bucket.start, left: (bucket.start - first.start) / span / spans, width: 1 / spans, parts };
  });
}
