import { describe, expect, test } from 'vitest';
import { damageOf } from '../../../../src/engine/store/file-damage.ts';
import { failedWrite } from '../../../../src/engine/store/storage-failure.ts';
import { metricRow, someBytes } from '../../../support/store-contract.ts';

/** SHA-256 of `abc`, from FIPS 180-4. */
const ABC = {
  bytes: new TextEncoder().encode('abc'),
  checksum: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
};

describe.each([
  { name: 'crypto.subtle', subtle: globalThis.crypto.subtle },
  { name: 'no crypto.subtle', subtle: null },
])('damageOf, with $name', ({ subtle }) => {
  const row = { ...metricRow('m', someBytes(1)), bytes: 3, checksum: ABC.checksum, path: 'data/m.parquet' };

  test('sound bytes have none', async () => {
    expect(await damageOf(row, ABC.bytes, subtle)).toBeUndefined();
  });

  test.each([
    { found: 'ab', kind: 'file_truncated', detail: 'data/m.parquet: 3 bytes were written, 2 are there. ' },
    { found: 'abcd', kind: 'file_corrupt', detail: 'data/m.parquet: 3 bytes were written, 4 are there. ' },
    {
      found: 'abd',
      kind: 'file_corrupt',
      detail: 'data/m.parquet: SHA-256 ba7816bf… was written, a52d159f… is there. ',
    },
  ])('$found: $kind', async ({ found, kind, detail }) => {
    expect(await damageOf(row, new TextEncoder().encode(found), subtle)).toEqual({
      kind,
      key: row.key,
      detail: `${detail}The entry is dropped and computed again when it is next asked for.`,
    });
  });
});

test.each([
  { name: 'QuotaExceededError', outcome: 'full', kind: 'quota_exceeded' },
  { name: 'TimeoutError', outcome: 'failed', kind: 'lock_timed_out' },
  { name: 'UnknownError', outcome: 'failed', kind: 'write_failed' },
])('a write that ends in $name is $outcome', ({ name, outcome, kind }) => {
  const faults: object[] = [];
  const row = metricRow('m', someBytes(3));
  expect(failedWrite(row, new DOMException('why', name), (fault) => faults.push(fault))).toBe(outcome);
  expect(faults).toEqual([{ kind, key: row.key, detail: expect.stringContaining(row.path) }]);
});
