import { expect, test } from 'vitest';
import { utf8Bytes } from '../../../src/columns/utf8-bytes.ts';

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['nothing', [], []],
  ['empty texts', ['', ''], ['', '']],
  ['ASCII', ['a', '', 'bc\0d'], ['a', '', 'bc\0d']],
  ['beyond ASCII', ['ü', 'a', '～', '😀', ''], ['ü', 'a', '～', '😀', '']],
  ['halves of a pair in two texts', ['\ud83d', '\ude00'], ['\ufffd', '\ufffd']],
  ['more than the first buffer holds', ['ü'.repeat(2000), 'x'], ['ü'.repeat(2000), 'x']],
];

test.each(CASES)('%s', (_name, values, expected) => {
  const { bytes, offsets } = utf8Bytes(values);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  expect(values.map((_, i) => decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])))).toEqual(expected);
  expect(offsets[values.length]).toBe(bytes.length);
});

test('what is no text is refused', () => {
  expect(() => utf8Bytes(['a', 1])).toThrow('text: expected a text, found 1');
});
