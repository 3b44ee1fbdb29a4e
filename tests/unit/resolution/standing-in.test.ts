import { expect, test } from 'vitest';
import type { Attestation, Condition } from '../../../src/collection/attestation.ts';
import { i4, i6, i10 } from '../../../src/collection/conditions.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { compiled, factsOf } from '../../support/collection.ts';

const COLLECTION = `coframe: 1
name: standing_in
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, store: {dimension: store}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}, district: {dimension: district}}}
  - {name: regions, source: regions, grain: [region], columns: {region: {dimension: region}, country: {dimension: country}, zone: {dimension: zone}}}
  - {name: districts, source: districts, grain: [district], columns: {district: {dimension: district}, country: {dimension: country}}}
  - {name: summary, source: summary, grain: [region], columns: {region: {dimension: region}, amount: {type: int64}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}, {child: store, parent: district, via: stores}, {child: region, parent: country, via: regions}, {child: region, parent: zone, via: regions}, {child: district, parent: country, via: districts}]}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    siblings: [{schema: summary, column: amount, operator: SUM}]
`;
const INSTALLATION = `name: test
sources: {sales: {path: a.csv}, stores: {path: b.csv}, regions: {path: c.csv}, districts: {path: d.csv}, summary: {path: e.csv}}
backend: {type: duckdb}
acs: [{path: ac/}]
`;
const MANIFEST = compiled(COLLECTION, INSTALLATION, {
  sales: ['sale', 'store', 'amount'],
  stores: ['store', 'region', 'district'],
  regions: ['region', 'country', 'zone'],
  districts: ['district', 'country'],
  summary: ['region', 'amount'],
});

const COHERENT = i10('amount', 'sales', 'summary', 'SUM');
const STORE_REGION = i4('store→region via stores');
const OTHERS = ['store→district via stores', 'region→country via regions', 'district→country via districts'].map(i4);
const ZONE = i4('region→zone via regions');
const AGREE = i6('sales', 'country', [
  ['store→district via stores', 'district→country via districts'],
  ['store→region via stores', 'region→country via regions'],
]);

function attested(condition: Condition, status: Attestation['status'] = 'verified'): Attestation {
  const examples = { columns: [], rows: [] };
  return { condition, status, sourceHashes: {}, boundary: null, counts: {}, examples };
}

/** The schemas that may serve, the chosen one first; the code of a refusal. */
function servers(query: string, known: readonly Attestation[]): readonly string[] | string {
  const parsed = parse(query);
  if (!parsed.ok) throw new Error(query);
  const facts = factsOf(MANIFEST, { sales: 1000, summary: 3 }, known);
  const resolution = resolve(MANIFEST, facts, parsed.statement);
  if (!resolution.ok) return resolution.causes[0].code;
  return resolution.query.level.metrics.flatMap(({ readings }) => readings.map(({ schema }) => schema));
}

test.each([
  ['the root has not been attested to reach the anchor', [COHERENT], ['summary']],
  ['it has', [COHERENT, STORE_REGION], ['summary', 'sales']],
] as const)('entries of the root stand in for a pre-aggregate: %s', (_, known, schemas) => {
  expect(
    servers(
      'SELECT region, amount AT region',
      known.map((each) => attested(each)),
    ),
  ).toEqual(schemas);
});

test.each([
  ['nothing is known of its ways', [COHERENT, STORE_REGION, ...OTHERS], ['sales']],
  ['they agree', [COHERENT, STORE_REGION, ...OTHERS, AGREE], ['summary', 'sales']],
] as const)('a pre-aggregate serves what its root reaches by two ways: %s', (_, known, schemas) => {
  expect(
    servers(
      'SELECT country, amount AT country',
      known.map((each) => attested(each)),
    ),
  ).toEqual(schemas);
});

test('nothing serves what the root reaches by two ways that disagree', () => {
  const known = [COHERENT, STORE_REGION, ...OTHERS].map((each) => attested(each));
  const query = 'SELECT country, amount AT country';
  expect(servers(query, [...known, attested(AGREE, 'contradicted')])).toBe('AMBIGUOUS_PATH');
});

test('a pre-aggregate climbs the way that its root takes', () => {
  const known = [COHERENT, STORE_REGION, ZONE].map((each) => attested(each));
  expect(servers('SELECT zone, amount AT zone', known)).toEqual(['summary', 'sales']);
});
