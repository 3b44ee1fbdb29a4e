import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCollection } from '../../../src/collection/collection.ts';
import { readYaml } from '../../../src/collection/yaml/document.ts';
import { RETAIL_COLLECTION } from './retail.ts';

function read(text: string) {
  const document = readYaml(text, 'x.yaml');
  if (!document.ok) throw new Error(document.issues.map(({ message }) => message).join('\n'));
  return document;
}

describe('plain values', () => {
  test.each([
    ['', null],
    ['a: 1', { a: 1 }],
    ['2024: x', { '2024': 'x' }],
    ['a: 2025-01-07', { a: '2025-01-07' }],
    ['a: yes', { a: 'yes' }],
    ['a: [1.5, true, null, "x"]', { a: [1.5, true, null, 'x'] }],
    ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    ['\uFEFFa: 1', { a: 1 }],
    ['# only a comment\r\na: |\r\n  text\r\n', { a: 'text\n' }],
  ])('%j', (text, value) => {
    expect(read(text).value).toEqual(value);
  });
});

describe('places', () => {
  const text = 'a:\n  - {b: 1, c: "xyz = 3"}\nd: &anchor {e: 5}\nf: *anchor\ng: |\n  two\n  lines\n';
  const { positions } = read(text);
  const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;

  test.each([
    [['a', 0, 'b'], '2:9', '2:6'],
    [['a', 0], '2:5', '2:5'],
    [['d', 'e'], '3:16', '3:13'],
    // Inside an alias a node stands where it is written.
    [['f', 'e'], '3:16', '3:13'],
    // What is not there stands where the nearest thing around it does.
    [['a', 0, 'missing'], '2:5', '2:5'],
    [['nothing'], '1:1', '1:1'],
  ])('%j', (path, value, key) => {
    expect(at(positions.value(path))).toBe(value);
    expect(at(positions.key(path))).toBe(key);
  });

  test('an offset in a text', () => {
    expect(at(positions.inside(['a', 0, 'c'], 'xyz = 3', 4))).toBe('2:20');
    expect(at(positions.inside(['g'], 'two\nlines\n', 5))).toBe('5:4');
  });
});

test('deep input is refused and does not end the process', () => {
  for (const text of ['['.repeat(10_000), '- '.repeat(10_000), '{a: '.repeat(10_000), '? '.repeat(5_000)]) {
    const document = readYaml(text, 'x.yaml');
    expect(document.ok).toBe(false);
  }
});

test('whatever the text, loading answers and points into it', () => {
  const lines = RETAIL_COLLECTION.split('\n');
  const piece = fc.oneof(
    fc.constantFrom(...lines),
    fc.string(),
    fc.constantFrom('{', '}', '[', ']', ': ', '- ', '&a ', '*a', '\n', '\t', '"'),
  );
  const mutated = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('\n'));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), mutated), (text) => {
      const loaded = loadCollection(text, 'x.yaml');
      if (loaded.ok) return;
      expect(loaded.issues.length).toBeGreaterThan(0);
      const count = text.split('\n').length;
      for (const { line, column } of loaded.issues) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(count + 1);
        expect(column).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 400 },
  );
});
