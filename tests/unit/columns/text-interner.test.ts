import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextInterner } from '../../../src/columns/text-interner.ts';

test('codes follow first occurrence, and values are the texts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 300 }), (texts) => {
      const interner = new TextInterner();
      const encoder = new TextEncoder();
      const codes = texts.map((text) => {
        const bytes = encoder.encode(`<${text}>`);
        return interner.intern(bytes, 1, bytes.length - 1);
      });
      const distinct = [...new Set(texts)];
      expect(interner.values()).toEqual(distinct);
      expect(codes).toEqual(texts.map((text) => distinct.indexOf(text)));
    }),
  );
});

test('many texts', () => {
  const interner = new TextInterner();
  const encoder = new TextEncoder();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 5000; i++) {
      const bytes = encoder.encode(`key ${i}`);
      expect(interner.intern(bytes, 0, bytes.length)).toBe(i);
    }
  }
});
