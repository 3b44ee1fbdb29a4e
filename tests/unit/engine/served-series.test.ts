import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ServedSeries } from '../../../src/engine/served-series.ts';

const MINUTE = 60_000;

test('atoms are counted by path and minute', () => {
  const series = new ServedSeries();
  series.record('exact', 10 * MINUTE);
  series.record('backend', 10 * MINUTE + 59_999);
  series.record('rollup', 12 * MINUTE);
  expect(series.overTime()).toEqual({
    span: MINUTE,
    buckets: [
      { start: 10 * MINUTE, exact: 1, rollup: 0, backend: 1 },
      { start: 12 * MINUTE, exact: 0, rollup: 1, backend: 0 },
    ],
  });
});

test('nothing served is an empty series', () => {
  expect(new ServedSeries().overTime()).toEqual({ span: MINUTE, buckets: [] });
});

test('however long a session, whatever its clock does: at most 60 spans, in order, and nothing is lost', () => {
  const served = fc.array(
    fc.record({
      path: fc.constantFrom('exact', 'rollup', 'backend'),
      at: fc.oneof(fc.integer({ min: 0, max: 90 * MINUTE }), fc.integer({ min: 0, max: 1e12 })),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(served, (all) => {
      const series = new ServedSeries();
      for (const { path, at } of all) series.record(path, at);
      const { span, buckets } = series.overTime();
      expect(buckets.length).toBeLessThanOrEqual(60);
      expect(Number.isInteger(Math.log2(span / MINUTE))).toBe(true);
      // The same counts by a loop over what was served, now that the length of a span is known.
      const starts = [...new Set(all.map(({ at }) => Math.floor(at / span) * span))].sort((a, b) => a - b);
      const count = (start: number, path: string) =>
        all.filter((each) => each.path === path && Math.floor(each.at / span) * span === start).length;
      expect(buckets).toEqual(
        starts.map((start) => ({
          start,
          exact: count(start, 'exact'),
          rollup: count(start, 'rollup'),
          backend: count(start, 'backend'),
        })),
      );
    }),
  );
});
