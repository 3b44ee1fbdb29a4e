import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { GOLDEN, retailManifest } from './retail.ts';

test('the retail manifest has the fingerprint that it has everywhere', () => {
  expect(retailManifest().fingerprint).toBe(GOLDEN.fingerprint);
});

const snapshots = fileURLToPath(
  new URL('../../../public/fixtures/retail/installation.coframe/snapshots.json', import.meta.url),
);

// The data is generated, so the snapshots are there only after the fixtures were made.
test.runIf(existsSync(snapshots))('the golden sources are those of the fixture', () => {
  const found: typeof GOLDEN.sources = JSON.parse(readFileSync(snapshots, 'utf8'));
  expect(found.map(({ name, kind, columns }) => ({ name, kind, columns }))).toEqual(GOLDEN.sources);
});
