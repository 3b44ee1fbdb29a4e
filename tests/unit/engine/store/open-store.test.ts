import { describe, expect, test } from 'vitest';
import type { EngineFault } from '../../../../src/engine/entry.ts';
import { browserEnvironment, grantedBytes } from '../../../../src/engine/store/environment.ts';
import { openStore } from '../../../../src/engine/store/open-store.ts';
import { metricRow, someBytes } from '../../../support/store-contract.ts';
import { nodeStoreEnvironment } from '../../../support/store-node.ts';

describe('openStore, where there is no storage', () => {
  test.each([
    { preferred: 'opfs', words: 'Kept in memory for this visit only: this browser gives no storage here.' },
    { preferred: 'memory', words: 'Kept in memory for this visit only, as this page asks.' },
  ] as const)('$preferred: memory, and no fault', async ({ preferred, words }) => {
    const faults: EngineFault[] = [];
    const report = (fault: EngineFault) => faults.push(fault);
    const environment = nodeStoreEnvironment();
    const store = await openStore({ installation: 'i', collection: 'c', preferred, report, environment });
    expect(store).toMatchObject({ kind: 'memory', words });
    const bytes = someBytes(20);
    const row = metricRow('m', bytes);
    expect(await store.put(row, bytes)).toBe('kept');
    expect(await store.read(row)).toEqual(bytes);
    expect(await store.quota()).toBeNull();
    expect(faults).toEqual([]);
  });

  test('two stores in memory share nothing', async () => {
    const open = () =>
      openStore({
        installation: 'i',
        collection: 'c',
        preferred: 'memory',
        report: () => {},
        environment: nodeStoreEnvironment(),
      });
    const [one, other] = [await open(), await open()];
    const bytes = someBytes(20);
    await one.put(metricRow('m', bytes), bytes);
    expect(await other.list()).toEqual([]);
  });
});

describe('browserEnvironment', () => {
  test('outside a browser storages are missing, and nothing throws', () => {
    const environment = browserEnvironment();
    expect(environment).toMatchObject({
      getDirectory: null,
      estimate: null,
      indexedDB: null,
      locks: null,
      channel: null,
    });
    expect(environment.secure).toBe(false);
    expect(() => environment.admit(1e12)).not.toThrow();
  });

  test('random texts differ', () => {
    const { random } = browserEnvironment();
    expect(new Set(Array.from({ length: 1000 }, random)).size).toBe(1000);
  });
});

describe('grantedBytes', () => {
  test.each([
    { estimate: null, granted: null },
    { estimate: () => Promise.resolve({ quota: 5000, usage: 10 }), granted: 5000 },
    { estimate: () => Promise.resolve({}), granted: null },
    { estimate: () => Promise.reject(new DOMException('Not here.', 'SecurityError')), granted: null },
  ])('$granted', async ({ estimate, granted }) => {
    expect(await grantedBytes(nodeStoreEnvironment({ estimate }))).toBe(granted);
  });
});
