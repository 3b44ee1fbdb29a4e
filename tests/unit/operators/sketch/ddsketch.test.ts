import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DDSKETCH_ACCURACY, DDSketch } from '../../../../src/operators/sketch/ddsketch.ts';

function sketchOf(values: readonly number[]): DDSketch {
  const sketch = new DDSketch();
  for (const value of values) sketch.add(value, 1);
  return sketch;
}

function merged(...texts: readonly string[]): string {
  const sketch = new DDSketch();
  for (const text of texts) sketch.mergeText(text);
  return sketch.text();
}

/** Whether the estimate is within 1 % of the value, and a rounding of its logarithm. */
function isClose(estimate: number | null, value: number): boolean {
  return estimate !== null && Math.abs(estimate - value) <= DDSKETCH_ACCURACY * (1 + 1e-9) * Math.abs(value);
}

const value = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => x === 0 || Math.abs(x) > 1e-300),
  fc.double({ min: 0, max: 1e6, noNaN: true }).filter((x) => x === 0 || x > 1e-300),
);
const values = fc.array(value, { maxLength: 80 });
const q = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.9, 1), fc.double({ min: 0, max: 1, noNaN: true }));

describe('text', () => {
  it.each<[readonly number[], string]>([
    [[], '0||'],
    [[0, -0], '2||'],
    // 1 is the upper bound of bin 0; ln 2 ÷ ln γ is 34.66, so that 2 stands in bin 35, which is z, and 0.5 in bin −34.
    [[1], '0||0'],
    [[1, 1, -1], '0|0|0:2'],
    [[2, 1], '0||0,z'],
    [[0.5], '0||-y'],
  ])('of %o', (all, expected) => {
    expect(sketchOf(all).text()).toBe(expected);
  });

  it('does not depend on order or parts, and reads back', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const whole = sketchOf([...a, ...b]).text();
        expect(sketchOf([...a, ...b].reverse()).text()).toBe(whole);
        const [first = '', second = ''] = [a, b].map((part) => sketchOf(part).text());
        expect(merged(first, second)).toBe(whole);
        expect(merged(second, first)).toBe(whole);
        expect(merged(whole)).toBe(whole);
      }),
    );
  });

  it('counts a value as often as it is told', () => {
    const sketch = new DDSketch();
    sketch.add(3, 40);
    sketch.add(0, 2);
    sketch.add(-3, 1);
    expect(sketch.text()).toBe(sketchOf([0, 0, -3, ...new Array<number>(40).fill(3)]).text());
  });

  it.each(['', '0|', '0|||', 'x y||', '0|1:|', '0||1,,2', '0||!'])('refuses %j', (text) => {
    expect(() => merged(text)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('of nothing is null', () => {
    expect(new DDSketch().quantile(0.5)).toBeNull();
  });

  it('is within 1 % of the value that stands at the rank', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), q, (all, at) => {
        const sorted = all.toSorted((a, b) => a - b);
        const expected = sorted[Math.floor(at * (sorted.length - 1))] ?? 0;
        expect(isClose(sketchOf(all).quantile(at), expected)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is within 1 % on known sets', () => {
    const sets = {
      uniform: Array.from({ length: 10_001 }, (_, i) => i - 5_000),
      exponential: Array.from({ length: 10_000 }, (_, i) => -Math.log(1 - (i + 0.5) / 10_000)),
      powers: Array.from({ length: 600 }, (_, i) => 10 ** (i - 300)),
    };
    for (const all of Object.values(sets)) {
      const sketch = sketchOf(all);
      for (const at of [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1]) {
        expect(isClose(sketch.quantile(at), all[Math.floor(at * (all.length - 1))] ?? 0)).toBe(true);
      }
    }
  });

  it('stays within the doubles at their ends', () => {
    expect(isClose(sketchOf([Number.MAX_VALUE]).quantile(1), Number.MAX_VALUE)).toBe(true);
    expect(isClose(sketchOf([-Number.MAX_VALUE]).quantile(0), -Number.MAX_VALUE)).toBe(true);
    expect(sketchOf([5e-324]).quantile(0.5)).toBe(5e-324);
  });
});
