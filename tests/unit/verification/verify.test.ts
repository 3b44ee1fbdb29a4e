import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { conditionBoundary } from '../../../src/verification/condition-boundary.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { CONDITION_CASES } from './condition-cases.ts';
import { openData } from './verified-data.ts';

let backend: DataAPIBackend;
beforeAll(async () => {
  backend = await nodeBackend();
}, 60_000);
afterAll(() => backend.close());

describe.each(CONDITION_CASES)('$name', ({ data, found }) => {
  test.each(found.map((each) => ({ ...each, key: each.condition.key })))('$key: $status', async (expected) => {
    const opened = await openData(backend, data);
    for (const condition of expected.after ?? []) await opened.verify(condition);
    const attestation = await opened.verify(expected.condition);
    expect({ status: attestation.status, counts: attestation.counts }).toEqual({
      status: expected.status,
      counts: expected.counts,
    });
    expect(attestation.examples).toEqual(expected.examples ?? { columns: [], rows: [] });
    expect(Object.keys(attestation.sourceHashes)).toEqual(expected.sources);
    expect(attestation.condition).toEqual(expected.condition);
    expect(attestation.boundary).toBe(expected.boundary ?? null);
    expect(conditionBoundary(expected.condition, opened.manifest, opened.facts)).toBe(expected.boundary ?? null);
  });
});
