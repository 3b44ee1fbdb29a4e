import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Canonical, canonicalJson } from '../../../src/canon/canonical-json.ts';

describe('canonicalJson', () => {
  test.each<[string, Canonical, string]>([
    [
      'keys sorted by code unit',
      { b: 1, a: 2, B: 3, é: 4, '😀': 5, '～': 6 },
      '{"B":3,"a":2,"b":1,"é":4,"😀":5,"～":6}',
    ],
    ['nested', [{ y: [null, true], x: {} }, 'é"\n'], '[{"x":{},"y":[null,true]},"é\\"\\n"]'],
    ['numbers', [1e21, 1e-7, 0.1, -1.5, 100], '[1e+21,1e-7,0.1,-1.5,100]'],
    ['−0 is 0', -0, '0'],
    ['bigints', { n: 9007199254740993n }, '{"n":{"$int":"9007199254740993"}}'],
    ['undefined keys are left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['an object that looks like a bigint', { $int: '5' }, '{"$$int":"5"}'],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['half a surrogate pair', '\ud800', '"\\ud800"'],
  ])('%s', (_name, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  /** An object that the type system takes for a record, and that is none. */
  class Point {
    readonly [key: string]: number;
    readonly x = 1;
  }

  test.each<[string, Canonical, string]>([
    ['NaN', { a: Number.NaN }, 'NaN has no canonical form'],
    ['Infinity', [Number.POSITIVE_INFINITY], 'Infinity has no canonical form'],
    ['a hole', new Array<Canonical>(1), 'undefined has no canonical form'],
    ['what is not plain data', new Point(), 'a Point has no canonical form'],
  ])('refuses %s', (_name, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
  });

  test('reads back as the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => !key.startsWith('$')),
          fc.oneof(fc.string(), fc.integer(), fc.boolean()),
        ),
        (record) => {
          const reversed = Object.fromEntries(Object.entries(record).reverse());
          expect(canonicalJson(reversed)).toBe(canonicalJson(record));
          expect(JSON.parse(canonicalJson(record))).toEqual({ ...record });
        },
      ),
    );
  });
});
