import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentHash, requireHash } from '../../../src/sources/content-hash.ts';

test('the same with and without the platform’s own', async () => {
  const bytes = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(await contentHash(bytes, globalThis.crypto.subtle)).toBe(expected);
  expect(await contentHash(bytes)).toBe(expected);
});

test('another hash than the one stated', () => {
  expect(() => requireHash('x', 'x.csv', 'AB', 'ab')).not.toThrow();
  expect(() => requireHash('x', 'x.csv', 'ab', 'cd')).toThrow(
    'source x: x.csv is not the file that the installation names: expected SHA-256 ab, found cd; restore the file or update sha256',
  );
});
