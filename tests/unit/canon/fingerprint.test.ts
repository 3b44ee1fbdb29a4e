import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint, sha256Hex } from '../../../src/canon/fingerprint.ts';

test('SHA-256 as the platform computes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
});

test('a fingerprint is SHA-256 of domain, NUL and canonical JSON', () => {
  const text = 'plan\0{"a":"é","b":[1,{"$int":"18446744073709551616"}]}';
  const expected = createHash('sha256').update(text, 'utf8').digest('hex');
  expect(fingerprint('plan', { b: [1, 2n ** 64n], a: 'é' })).toBe(expected);
});

test('one value has another fingerprint in another domain', () => {
  expect(fingerprint('ast', 1)).not.toBe(fingerprint('plan', 1));
});
