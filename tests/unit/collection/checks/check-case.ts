import type { CollectionIssueCode } from '../../../../src/collection/issues.ts';
import type { ManifestSource } from '../../../../src/collection/manifest.ts';

/**
 * The smallest document that a check refuses, beside a near miss that passes. `▸` in `fails` stands where the issue
 * must point; it is taken out before the document is read.
 */
export interface CheckCase {
  readonly code: CollectionIssueCode;
  readonly about: string;
  readonly fails: string;
  readonly passes: string;
  /** Which document: default ac.yaml, compiled over `SOURCES`. */
  readonly of?: 'installation' | 'collection';
  /** Other codes that the same mistake rightly raises elsewhere. */
  readonly also?: readonly CollectionIssueCode[];
}

const columns = (types: Readonly<Record<string, string>>): ManifestSource['columns'] =>
  Object.entries(types).map(([name, type]) => ({ name, type, nullable: true }));

const SALE_TYPES = {
  id: 'int64',
  day: 'date',
  store_id: 'text',
  city: 'text',
  amount: 'decimal(2)',
  quantity: 'int64',
  note: 'text',
  paid: 'bool',
};

/** Sources of every case: a fact table in Parquet, a second one, CSV lookups and a CSV pre-aggregate. */
export const SOURCES: readonly ManifestSource[] = [
  { name: 'sales', kind: 'parquet', columns: columns(SALE_TYPES) },
  { name: 'returns', kind: 'parquet', columns: columns({ ...SALE_TYPES, blob: 'list<int64>' }) },
  {
    name: 'stores',
    kind: 'csv',
    columns: columns({ store_id: 'text', region: 'text', country: 'text', title: 'text' }),
  },
  { name: 'daily', kind: 'csv', columns: columns({ day: 'text', region: 'text', amount: 'text', n: 'text' }) },
  { name: 'flights', kind: 'parquet', columns: columns({ id: 'int64', origin: 'text', destination: 'text' }) },
  { name: 'airports', kind: 'csv', columns: columns({ iata: 'text', city: 'text', state: 'text' }) },
  { name: 'offers', kind: 'csv', columns: columns({ store_id: 'text', offer: 'text', brand: 'text', title: 'text' }) },
];

/** An installation over these sources. */
export const INSTALLATION = `name: shop
sources:
${SOURCES.map(({ name }) => `  ${name}: {path: ${name}.any}`).join('\n')}
backend: {type: duckdb}
acs: [{path: ./}]
`;

/** What most collections of the cases begin with. */
export const HEAD = `coframe: 1
name: shop
`;

/** Two schemas: sales (of stores, by day) and their lookup. */
export const SHOP = `${HEAD}name_map: {store: store_id}
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {id: {dimension: sale}, day: {dimension: day}, amount: {}, quantity: {}, note: {}}}
  - {name: stores, source: stores, grain: [store], columns: {region: {dimension: region}, title: {attribute_of: store}}}
`;

/** The shop with its edge and calendar. */
export const TREE = `${SHOP}dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [month, year]}}
`;

/** The shop with the offers that each store takes part in. */
export const OFFERS = `${SHOP}  - {name: offers, source: offers, grain: [store, offer], columns: {offer: {dimension: offer}, brand: {dimension: brand}}}
`;

/** Flights between airports: one lookup read twice. */
export const AIR = `${HEAD}schemas:
  - {name: flights, source: flights, grain: [flight], columns: {id: {dimension: flight}, origin: {dimension: origin}, destination: {dimension: destination}}}
  - {name: airports, source: airports, grain: [airport], columns: {iata: {dimension: airport}, state: {dimension: state}, city: {attribute_of: airport}}}
`;
