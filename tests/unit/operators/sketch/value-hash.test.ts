import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import { canonicalValue, hashValues } from '../../../../src/operators/sketch/value-hash.ts';

describe('canonicalValue', () => {
  it.each<[Scalar, LogicalType, string]>([
    ['a\u{1f600}', TEXT, 'text\0a\u{1f600}'],
    ['', TEXT, 'text\0'],
    [5, INT64, 'int64\x005'],
    [5n, INT64, 'int64\x005'],
    [-9007199254740993n, INT64, 'int64\0-9007199254740993'],
    [150, decimal(2), 'decimal\x001.5'],
    [15, decimal(1), 'decimal\x001.5'],
    [-1000, decimal(2), 'decimal\0-10'],
    [0, decimal(2), 'decimal\x000'],
    [10, decimal(0), 'decimal\x0010'],
    [0.1, DOUBLE, 'double\x000.1'],
    [-0, DOUBLE, 'double\x000'],
    [true, BOOL, 'bool\x001'],
    [false, BOOL, 'bool\x000'],
    [19_723, DAY, 'date\x0019723'],
  ])('%s', (value, type, expected) => {
    expect(canonicalValue(value, type)).toBe(expected);
  });
});

describe('hashValues', () => {
  it('is the first 8 bytes of SHA-256 of the text in UTF-8, however long it is', () => {
    const texts = ['', 'a', '～\u{1f600}', 'long '.repeat(400), 'x'];
    const { high, low } = hashValues(texts, TEXT);
    texts.forEach((text, i) => {
      const digest = createHash('sha256').update(`text\0${text}`, 'utf8').digest();
      expect([high[i], low[i]]).toEqual([digest.readUInt32BE(0), digest.readUInt32BE(4)]);
    });
  });
});
