import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import { HYPERLOGLOG_ERROR, HyperLogLog } from '../../../../src/operators/sketch/hyperloglog.ts';
import { hashValues } from '../../../../src/operators/sketch/value-hash.ts';

type Hash = readonly [high: number, low: number];

function sketchOf(hashes: readonly Hash[]): HyperLogLog {
  const sketch = new HyperLogLog();
  for (const [high, low] of hashes) sketch.add(high, low);
  return sketch;
}

function merged(...texts: readonly string[]): string {
  const sketch = new HyperLogLog();
  for (const text of texts) sketch.mergeText(text);
  return sketch.text();
}

/** Hashes of the integers from `from`. */
function hashesOf(from: number, count: number): readonly Hash[] {
  const { high, low } = hashValues(
    Array.from({ length: count }, (_, i) => from + i),
    INT64,
  );
  return Array.from(high, (word, i) => [word, low[i] ?? 0] as const);
}

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const hashes = fc.array(fc.tuple(word, fc.oneof(word, fc.constant(0), fc.constant(1))), { maxLength: 60 });
/** From nearly empty sketches to dense ones. */
const sets = fc.oneof(
  hashes,
  fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 4000 })).map(([from, count]) => hashesOf(from, count)),
);

describe('registers', () => {
  it.each<[string, Hash, string]>([
    // Two digits of the register's number, one of its rank: zeros after the twelve leading bits, and one.
    ['all bits 0: rank 53', [0, 0], 'AA1'],
    ['all bits 1: rank 1', [0xffff_ffff, 0xffff_ffff], '//B'],
    ['the last bit', [0, 1], 'AA0'],
    ['the last bit of the high word', [0x0010_0001, 0], 'ABU'],
    ['the first bit of the low word', [0x0410_0000, 0x8000_0000], 'BBV'],
  ])('%s', (_, hash, expected) => {
    expect(sketchOf([hash]).text()).toBe(expected);
  });

  it('are those of a plain reading of the 64 bits', () => {
    fc.assert(
      fc.property(hashes, (all) => {
        const ranks = new Map<number, number>();
        for (const [high, low] of all) {
          const bits = ((BigInt(high) << 32n) | BigInt(low)).toString(2).padStart(64, '0');
          const register = Number.parseInt(bits.slice(0, 12), 2);
          const position = bits.indexOf('1', 12);
          ranks.set(register, Math.max(ranks.get(register) ?? 0, position < 0 ? 53 : position - 11));
        }
        const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
        const expected = [...ranks]
          .sort(([a], [b]) => a - b)
          .map(([register, rank]) => `${digits[register >> 6]}${digits[register & 63]}${digits[rank]}`)
          .join('');
        expect(sketchOf(all).text()).toBe(expected);
      }),
    );
  });
});

describe('text', () => {
  it('reads back, and merging is the sketch of the union, in any order', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [first, second, both] = [a, b, [...a, ...b]].map((set) => sketchOf(set).text());
        expect(merged(first ?? '')).toBe(first);
        expect(merged(first ?? '', second ?? '')).toBe(both);
        expect(merged(second ?? '', first ?? '', second ?? '')).toBe(both);
      }),
      { numRuns: 60 },
    );
  });

  it('is sparse up to 1,365 registers and one digit a register beyond', () => {
    const each = (count: number) => Array.from({ length: count }, (_, i) => [i * 2 ** 20, 1] as const);
    expect(sketchOf(each(0)).text()).toBe('');
    expect(sketchOf(each(1365)).text()).toHaveLength(4095);
    const dense = sketchOf(each(1366)).text();
    expect(dense).toHaveLength(4096);
    expect(dense).toBe(`${'0'.repeat(1366)}${'A'.repeat(2730)}`);
  });

  it('serves many groups with one object', () => {
    const sketch = sketchOf(hashesOf(0, 50));
    sketch.clear();
    expect(sketch.text()).toBe('');
    expect(sketch.estimate()).toBe(0);
  });

  it.each([
    ['AB', /expected 4096 characters or fewer threes, found 2/],
    ['A'.repeat(4098), /found 4098/],
    ['A?B', /"\?" is no digit/],
    ['AA/', /a rank of at most 53, found 63/],
  ])('refuses %#', (text, message) => {
    expect(() => merged(text)).toThrow(message);
  });
});

describe('estimate', () => {
  it('has a standard error of 1.6 %', () => {
    expect(HYPERLOGLOG_ERROR).toBeCloseTo(0.01625, 5);
  });

  it.each([1, 2, 10, 100, 1_000, 5_000, 20_000, 100_000])('of %i distinct integers', (count) => {
    const estimate = sketchOf(hashesOf(0, count)).estimate();
    expect(Math.abs(estimate - count)).toBeLessThanOrEqual(Math.max(1, 4 * HYPERLOGLOG_ERROR * count));
  });

  it('is off by no more than the stated error, in the mean over many sets', () => {
    for (const count of [300, 3_000, 12_000]) {
      const errors = Array.from({ length: 24 }, (_, i) => {
        return sketchOf(hashesOf(1_000_000 * (i + 1), count)).estimate() / count - 1;
      });
      const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
      // 24 sets tell a standard deviation to about 15 %; three times that is allowed.
      expect(deviation).toBeLessThan(1.45 * HYPERLOGLOG_ERROR);
      expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(HYPERLOGLOG_ERROR);
    }
  });

  it('is the raw estimate where neither end needs care', () => {
    // Where all registers agree the estimator is α m² ÷ (m 2^−r) = 2^r m ÷ (2 ln 2).
    const uniform = (rank: number) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(rank).repeat(4096);
    for (const rank of [3, 10, 20]) {
      const sketch = new HyperLogLog();
      sketch.mergeText(uniform(rank));
      expect(sketch.estimate()).toBe(Math.round((2 ** rank * 4096) / (2 * Math.LN2)));
    }
  });

  it('of a full sketch is beyond every count', () => {
    const sketch = new HyperLogLog();
    sketch.mergeText('1'.repeat(4096));
    expect(sketch.estimate()).toBe(Number.POSITIVE_INFINITY);
  });

  it('is known of a known set', () => {
    const texts = Array.from({ length: 2_000 }, (_, i) => createHash('md5').update(String(i)).digest('hex'));
    const { high, low } = hashValues(texts, TEXT);
    const sketch = sketchOf(Array.from(high, (top, i) => [top, low[i] ?? 0] as const));
    expect(Math.abs(sketch.estimate() / texts.length - 1)).toBeLessThan(3 * HYPERLOGLOG_ERROR);
  });
});
