import { expect, test } from 'vitest';
import type { Attestation, AttestationStatus } from '../../../src/collection/attestation.ts';
import { i2, i3, i8 } from '../../../src/collection/conditions.ts';
import { level } from '../../../src/verification/level.ts';

const CONDITIONS = [i2('sales'), i3('sales'), i8('sales', 'amount')];

test.each<{ statuses: readonly (AttestationStatus | null)[]; expected: string }>([
  { statuses: ['verified', 'verified', 'verified'], expected: 'AAA' },
  { statuses: ['verified', 'contradicted', 'verified'], expected: 'AA' },
  { statuses: ['contradicted', 'contradicted', 'contradicted'], expected: 'AA' },
  { statuses: ['verified', null, 'verified'], expected: 'A' },
  { statuses: ['contradicted', 'verified', null], expected: 'A' },
  { statuses: [null, null, null], expected: 'A' },
])('$statuses is $expected', ({ statuses, expected }) => {
  const attestations = new Map(
    CONDITIONS.flatMap((condition, position): [string, Attestation][] => {
      const status = statuses[position];
      const found = { sourceHashes: {}, boundary: null, counts: {}, examples: { columns: [], rows: [] } };
      return status === null || status === undefined ? [] : [[condition.key, { condition, status, ...found }]];
    }),
  );
  expect(level(CONDITIONS, attestations)).toBe(expected);
  // What the answer does not rest on does not bear on it.
  expect(level([], attestations)).toBe('AAA');
});
