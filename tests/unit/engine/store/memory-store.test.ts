import { describe, test } from 'vitest';
import { contractOf } from '../../../support/store-contract.ts';
import { memoryHarness } from '../../../support/store-memory.ts';
import { nodeStoreEnvironment } from '../../../support/store-node.ts';

describe('memory store', () => {
  for (const { name, run } of contractOf('memory')) {
    test(name, () => run(memoryHarness(nodeStoreEnvironment())));
  }
});

describe('memory store, without crypto.subtle', () => {
  for (const { name, run } of contractOf('memory')) {
    test(name, () => run(memoryHarness(nodeStoreEnvironment({ subtle: null }))));
  }
});
