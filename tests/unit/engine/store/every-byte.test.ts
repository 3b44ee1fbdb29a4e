import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../../src/canon/fingerprint.ts';
import type { Batch } from '../../../../src/columns/column.ts';
import { INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { EngineFault } from '../../../../src/engine/entry.ts';
import { emptyShelf, MemoryStore } from '../../../../src/engine/store/memory-store.ts';
import { decodeEntry, encodeEntry } from '../../../../src/sources/parquet/entry-codec.ts';
import { metricRow } from '../../../support/store-contract.ts';
import { nodeStoreEnvironment } from '../../../support/store-node.ts';

/** A sum by region. */
function sums(rows: readonly (readonly [region: string, sum: number])[]): Batch {
  const regions = rows.map(([region]) => region);
  const values = Float64Array.from(rows, ([, sum]) => sum);
  return {
    rowCount: rows.length,
    fields: [
      {
        name: 'region',
        column: { form: 'dictionary', type: TEXT, codes: Int32Array.from(regions.keys()), values: regions },
      },
      { name: 'sum', column: { form: 'number', type: INT64, values, valid: null } },
    ],
  };
}

/** Sums of three regions, as they are stored. */
const ENTRY = encodeEntry(
  sums([
    ['East', 35],
    ['North', -7],
    ['West', 30],
  ]),
);

/** What a store gives for a row whose file holds other bytes than were written. */
async function readDamaged(bytes: Uint8Array<ArrayBuffer>) {
  const shelf = emptyShelf();
  const faults: EngineFault[] = [];
  const report = (fault: EngineFault) => faults.push(fault);
  const store = new MemoryStore({ words: '', report, environment: nodeStoreEnvironment(), shelf });
  const row = metricRow('small', ENTRY);
  await store.put(row, ENTRY);
  shelf.files.set(row.path, bytes);
  const read = await store.read(row);
  return {
    read,
    listed: (await store.list()).length,
    faults: faults.map(({ kind, key }) => `${kind} ${key === row.key}`),
  };
}

describe('a stored entry', () => {
  test('with any one bit flipped is a miss and one fault', async () => {
    for (let bit = 0; bit < ENTRY.length * 8; bit += 1) {
      const bytes = new Uint8Array(ENTRY);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await readDamaged(bytes), `bit ${bit}`).toEqual({
        read: undefined,
        listed: 0,
        faults: ['file_corrupt true'],
      });
    }
  });

  test('cut to any length is a miss and one fault', async () => {
    for (let length = 0; length < ENTRY.length; length += 1) {
      const bytes = new Uint8Array(ENTRY.subarray(0, length));
      expect(await readDamaged(bytes), `${length} bytes`).toEqual({
        read: undefined,
        listed: 0,
        faults: ['file_truncated true'],
      });
    }
  });

  test('in whose place another valid one lies is a miss and one fault, of the same length or not', async () => {
    const others = [
      [
        ['East', 36],
        ['North', -7],
        ['West', 30],
      ],
      [
        ['East', 35],
        ['West', 30],
      ],
    ] as const;
    for (const rows of others) {
      const other = encodeEntry(sums(rows));
      expect(decodeEntry(other).rowCount).toBe(rows.length);
      const { read, listed, faults } = await readDamaged(new Uint8Array(other));
      expect({ read, listed, faults: faults.length }).toEqual({ read: undefined, listed: 0, faults: 1 });
    }
    expect(sha256Hex(encodeEntry(sums(others[0])))).not.toBe(sha256Hex(ENTRY));
    expect(encodeEntry(sums(others[0])).length).toBe(ENTRY.length);
  });

  test('that is whole is read, byte for byte', async () => {
    expect(await readDamaged(new Uint8Array(ENTRY))).toEqual({ read: ENTRY, listed: 1, faults: [] });
  });
});
