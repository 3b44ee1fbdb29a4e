import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FLIGHTS } from '../../scripts/fixtures/flights.mjs';
import type { BackendName } from '../../src/protocol/backend.ts';
import type { NodeInstallation } from './node-session.ts';

/** The flights from their fixture: every hundredth, or all three million; on the backend that it names, or another. */
export async function flightsInstallation(
  which: 'sample' | 'all',
  backend: BackendName = 'duckdb',
): Promise<NodeInstallation> {
  const text = (...path: string[]) => readFile(join(FLIGHTS.folder, ...path), 'utf8');
  const file = async (name: string) =>
    [`../${name}`, new Uint8Array(await readFile(join(FLIGHTS.folder, name)))] as const;
  const [folder, flights] =
    which === 'sample' ? ['sample.coframe', 'flights-sample.parquet'] : ['installation.coframe', 'flights.parquet'];
  return {
    installation: (await text(folder, 'installation.yaml')).replace(/type: duckdb/, `type: ${backend}`),
    collections: { '../flights.coframe/': await text('flights.coframe', 'ac.yaml') },
    files: Object.fromEntries([await file(flights), await file('airports.csv')]),
  };
}
