import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attestation } from '../../../src/collection/attestation.ts';
import { i4 } from '../../../src/collection/conditions.ts';
import type { SemanticManifest } from '../../../src/collection/manifest.ts';
import { parse } from '../../../src/frameql/parser.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import type { Facts } from '../../../src/resolution/facts.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { conditionsFor } from '../../../src/verification/conditions-for.ts';
import { level } from '../../../src/verification/level.ts';
import { compiled, factsOf } from '../../support/collection.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { retailFacts, retailManifest } from '../../support/retail.ts';
import { openData } from './verified-data.ts';

const INSTALLATION = `
name: tests
sources: {sales: {path: sales.csv}, stores: {path: stores.csv}, areas: {path: areas.csv}, summary: {path: summary.csv}}
backend: {type: duckdb}
acs: [{path: a/}]
`;
const SOURCES = {
  sales: ['sale', 'store', 'city', 'amount', 'discount'],
  stores: ['store', 'city', 'region'],
  areas: ['city', 'region'],
  summary: ['region', 'amount', 'rows'],
};

interface Parts {
  readonly hints?: string;
  readonly siblings?: string;
  readonly filter?: string;
  readonly where?: string;
  readonly city?: string;
}

/** Sales by store; a region follows from the store, and from the city. */
const shop = ({ hints = '[[region]]', siblings = '[]', filter = '', where = '', city = '' }: Parts) => `
coframe: 1
name: shop
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      store: {dimension: store}
      amount: {type: int64}
      discount: {type: int64}
      ${city}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, city: {dimension: city}}
  - name: areas
    source: areas
    grain: [city]
    columns: {city: {dimension: city}, region: {dimension: region}}
  - name: summary
    source: summary
    grain: [region]
    columns: {region: {dimension: region}, amount: {type: int64}, rows: {type: int64}}
dimension_families:
  - name: geography
    edges: [{child: store, parent: city, via: stores}, {child: city, parent: region, via: areas}]
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount${where}}
    ip_reducers: [{operator: SUM, a_block: []}]
    siblings: ${siblings}
    cache_hint: {materialize_at: ${hints}}
  - name: discount
    family_root: {schema: sales, column: discount}
    ip_reducers: [{operator: SUM, a_block: []}]
  - {name: orders, family_root: {schema: sales}, ip_reducers: [{operator: COUNT, a_block: []}]}
${filter}`;

const STORE_CITY = 'store→city via stores';
const CITY_REGION = 'city→region via areas';
const OWN = ['I1 sales amount', 'I8 sales amount', 'I3 sales', 'I2 sales'];
const CLIMB = [`I4 "${CITY_REGION}"`, `I4 "${STORE_CITY}"`];
const TOTAL = [`I5 sales "${CITY_REGION}"`, `I5 sales "${STORE_CITY}"`];
const COHERENT = ['I1 summary amount', 'I8 summary amount', 'I3 summary', 'I2 summary', 'I10 amount sales summary SUM'];
const SIBLING = '[{schema: summary, column: amount, operator: SUM}]';

function keysOf(manifest: SemanticManifest, facts: Facts): readonly string[] {
  return conditionsFor(manifest, facts).map((condition) => condition.key);
}

function sorted(keys: readonly string[]): readonly string[] {
  return [...keys].sort();
}

describe('what warm-up verifies', () => {
  test.each<{ name: string; parts: Parts; expected: readonly string[] }>([
    { name: 'a family without hints', parts: { hints: '[]' }, expected: [] },
    { name: 'its own columns, at its own dimension', parts: { hints: '[[store]]' }, expected: OWN },
    { name: 'every edge climbed', parts: {}, expected: [...OWN, ...CLIMB, ...TOTAL] },
    {
      name: 'several anchors, each condition once',
      parts: { hints: '[[region], [city], [store]]' },
      expected: [...OWN, ...CLIMB, ...TOTAL],
    },
    {
      name: "the root's own condition",
      parts: { hints: '[[store]]', where: ', where: "discount >= 0"' },
      expected: [...OWN, 'I1 sales discount', 'I8 sales discount'],
    },
    {
      name: "the collection's filter",
      parts: { hints: '[[store]]', filter: 'filter: "city = \'X\'"' },
      expected: [...OWN, `I4 "${STORE_CITY}"`, `I5 sales "${STORE_CITY}"`, 'I11 sales'],
    },
    {
      name: 'an own column that an edge leads to as well',
      parts: { hints: '[[city]]', city: 'city: {dimension: city}' },
      expected: [...OWN, `I9 sales "${STORE_CITY}"`],
    },
    {
      // Its root climbs to its grain to be compared with it.
      name: 'a sibling with what it rests on itself, whatever the hint',
      parts: { hints: '[[store]]', siblings: SIBLING },
      expected: [...OWN, ...CLIMB, ...COHERENT],
    },
    {
      name: 'no sibling that cannot stand in for the root',
      parts: { hints: '[[store]]', siblings: '[{schema: summary, column: rows, operator: COUNT}]' },
      expected: OWN,
    },
  ])('$name', ({ parts, expected }) => {
    const manifest = compiled(shop(parts), INSTALLATION, SOURCES);
    const found = keysOf(manifest, factsOf(manifest));
    expect(sorted(found)).toEqual(sorted(expected));
  });

  test('cheap checks come first', () => {
    const manifest = retailManifest();
    const ids = conditionsFor(manifest, retailFacts(manifest)).map(({ id }) => id);
    const first = [...new Set(ids)];
    expect(first).toEqual(['I1', 'I4', 'I8', 'I3', 'I2', 'I5', 'I10']);
    expect(ids).toEqual(first.flatMap((id) => ids.filter((each) => each === id)));
  });

  test('a source that cannot be read has no conditions, and takes only what reads it away', () => {
    const manifest = compiled(shop({ hints: '[[store], [region]]', siblings: SIBLING }), INSTALLATION, SOURCES);
    const facts = factsOf(manifest);
    const without = (source: string): Facts => ({
      ...facts,
      snapshots: new Map([...facts.snapshots].filter(([name]) => name !== source)),
    });
    expect(sorted(keysOf(manifest, facts))).toEqual(sorted([...OWN, ...CLIMB, ...TOTAL, ...COHERENT]));
    // A sibling that cannot be compared with its root cannot stand in for it.
    expect(keysOf(manifest, without('sales'))).toEqual([]);
    expect(sorted(keysOf(manifest, without('areas')))).toEqual(sorted(OWN));
    expect(sorted(keysOf(manifest, without('summary')))).toEqual(sorted([...OWN, ...CLIMB, ...TOTAL]));
  });

  test('an anchor behind an edge that does not hold has no conditions', () => {
    const manifest = compiled(shop({ hints: '[[store], [region]]' }), INSTALLATION, SOURCES);
    const condition = i4(CITY_REGION);
    const found: Attestation = {
      condition,
      status: 'contradicted',
      sourceHashes: {},
      boundary: null,
      counts: { violation_count: 1 },
      examples: { columns: [], rows: [] },
    };
    expect(sorted(keysOf(manifest, factsOf(manifest, {}, [found])))).toEqual(sorted(OWN));
  });
});

describe('once it is verified', () => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await nodeBackend();
  }, 60_000);
  afterAll(() => backend.close());

  test('the questions of the hints are answered at AAA, by the sibling where there is one', async () => {
    const given = {
      collection: shop({ hints: '[[store], [region]]', siblings: SIBLING, filter: 'filter: "region <> \'North\'"' }),
      files: {
        'sales.csv': 'sale,store,amount,discount\n1,S1,3,0\n2,S2,4,0\n3,S3,5,0\n',
        'stores.csv': 'store,city\nS1,C1\nS2,C1\nS3,C2\n',
        'areas.csv': 'city,region\nC1,East\nC2,West\n',
        'summary.csv': 'region,amount,rows\nEast,7,2\nWest,5,1\n',
      },
    };
    const data = await openData(backend, given);
    for (const condition of conditionsFor(data.manifest, data.facts)) {
      expect([condition.key, (await data.verify(condition)).status]).toEqual([condition.key, 'verified']);
    }
    const readings = (text: string) => {
      const parsed = parse(text);
      if (!parsed.ok) throw new Error(`${text} does not parse`);
      const resolution = resolve(data.manifest, data.facts, parsed.statement);
      if (!resolution.ok) throw new Error(resolution.causes[0].message);
      return resolution.query.level.metrics.flatMap((metric) => metric.readings);
    };
    const served = [
      ...readings('SELECT amount AT store'),
      ...readings('SELECT amount AT region'),
      ...readings('SELECT amount AT ()'),
    ];
    expect(served.map(({ schema }) => schema)).toEqual(['sales', 'summary', 'sales', 'summary', 'sales']);
    for (const { schema, conditions } of served) {
      expect([schema, level(conditions, data.facts.attestations)]).toEqual([schema, 'AAA']);
    }
  });
});
