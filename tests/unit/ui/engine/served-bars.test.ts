import fc from 'fast-check';
import { expect, it } from 'vitest';
import { servedBars } from '../../../../src/ui/engine/served-bars.ts';

const SPAN = 60_000;

it('stacks the paths of a span, as high as the highest', () => {
  const bars = servedBars({
    span: SPAN,
    buckets: [
      { start: 0, exact: 1, rollup: 0, backend: 1 },
      { start: 3 * SPAN, exact: 2, rollup: 1, backend: 1 },
    ],
  });
  expect(bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 1 / 15],
    [3 / 15, 1 / 15],
  ]);
  expect(bars[0]?.parts.map(({ path, from, to }) => [path, from, to])).toEqual([
    ['exact', 0, 0.25],
    ['rollup', 0.25, 0.25],
    ['backend', 0.25, 0.5],
  ]);
  expect(bars[1]?.parts.at(-1)?.to).toBe(1);
});

it('stays within the chart, bar beside bar', () => {
  const bucket = fc.record({ exact: fc.nat(9), rollup: fc.nat(9), backend: fc.integer({ min: 1, max: 9 }) });
  const buckets = fc
    .uniqueArray(fc.nat(59), { minLength: 1 })
    .chain((at) =>
      fc.tuple(
        ...[...at].sort((a, b) => a - b).map((each) => bucket.map((counts) => ({ start: each * SPAN, ...counts }))),
      ),
    );
  fc.assert(
    fc.property(buckets, (given) => {
      const bars = servedBars({ span: SPAN, buckets: given });
      for (const [i, { left, width, parts }] of bars.entries()) {
        expect(left + width).toBeLessThanOrEqual((bars[i + 1]?.left ?? 1) + 1e-9);
        for (const { from, to } of parts) expect(from).toBeLessThanOrEqual(to);
        expect(parts.at(-1)?.to).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it('of nothing served has no bars', () => {
  expect(servedBars({ span: SPAN, buckets: [] })).toEqual([]);
});
