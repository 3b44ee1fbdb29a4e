import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FLIGHTS } from '../../../scripts/fixtures/flights.mjs';
import { makeFixture } from '../../../scripts/fixtures.mjs';
import { i4 } from '../../../src/collection/conditions.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { conditionsFor } from '../../../src/verification/conditions-for.ts';
import { disclosuresOf } from '../../../src/verification/disclosure.ts';
import { level } from '../../../src/verification/level.ts';
import { BACKENDS } from '../../support/backends.ts';
import { openData, type VerifiedData } from './verified-data.ts';

describe.each(BACKENDS)('the flights on $name', ({ start }) => {
  let backend: DataAPIBackend;
  let flights: VerifiedData;

  beforeAll(async () => {
    await makeFixture(FLIGHTS, { log: () => {} });
    const text = (path: string) => readFile(join(FLIGHTS.folder, path), 'utf8');
    const bytes = async (path: string) => new Uint8Array(await readFile(join(FLIGHTS.folder, path)));
    backend = await start();
    flights = await openData(backend, {
      collection: await text('flights.coframe/ac.yaml'),
      installation: await text('sample.coframe/installation.yaml'),
      files: {
        'flights.parquet': await bytes('flights-sample.parquet'),
        'airports.csv': await bytes('airports.csv'),
      },
    });
  }, 120_000);
  afterAll(() => backend.close());

  test.each([
    'origin→origin_name',
    'origin→origin_city',
    'origin→origin_state',
    'origin→origin_country',
    'destination→destination_name',
    'destination→destination_city',
    'destination→destination_state',
  ])('%s holds for each of the 3,376 airports', async (edge) => {
    expect(await flights.verify(i4(`${edge} via airports`))).toMatchObject({
      status: 'verified',
      counts: { distinct_x_count: 3_376, violation_count: 0, nulls: 0 },
      examples: { rows: [] },
    });
  });

  test.each(['origin', 'destination'])(
    'of 57 states of the %s one is in several countries: the text NA',
    async (role) => {
      const edge = `${role}_state→${role}_country via airports`;
      const { status, counts, examples } = await flights.verify(i4(edge));
      expect({ status, counts }).toEqual({
        status: 'contradicted',
        counts: { distinct_x_count: 57, violation_count: 1, nulls: 0 },
      });
      expect(examples).toEqual({
        columns: [`${role}_state`, `${role}_country 1`, `${role}_country 2`],
        rows: [['NA', 'Federated States of Micronesia', 'N Mariana Islands']],
      });
    },
  );

  test('everything that the hinted entries rest on is verified, and state → country is not among it', async () => {
    const conditions = conditionsFor(flights.manifest, flights.facts);
    expect(conditions.map(({ key }) => key)).toEqual([
      'I1 flights delay',
      'I4 "origin→origin_state via airports"',
      'I8 flights delay',
      'I3 flights',
      'I2 flights',
      'I5 flights "origin→origin_state via airports"',
    ]);
    for (const condition of conditions) {
      expect(await flights.verify(condition)).toMatchObject({ status: 'verified', boundary: null });
    }
    expect(level(conditions, flights.facts.attestations)).toBe('AAA');
    expect(disclosuresOf(conditions, flights.manifest, flights.facts.attestations)).toEqual([]);
  });
});
