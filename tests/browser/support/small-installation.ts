import { type Case, csv, installationOf } from '../../cases/case.ts';
import type { PlainOpenOptions } from './session.ts';

/** Four sales in two regions on two days, small enough to be opened in a moment. */
export const SALES: Pick<Case, 'collection' | 'tables'> = {
  collection: `coframe: 1
name: sales_by_region
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, day: {dimension: day, type: date}, region: {dimension: region}, revenue: {type: int64}}
metric_families:
  - name: revenue
    family_root: {schema: sales, column: revenue}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[region]]}
`,
  tables: {
    sales: csv(
      'sale,day,region,revenue',
      'a,2024-01-01,East,1',
      'b,2024-01-01,West,2',
      'c,2024-01-02,West,4',
      'd,2024-01-02,East,8',
    ),
  },
};

/** Revenue of each region of `SALES`. */
export const SALES_BY_REGION = {
  query: 'SELECT region, revenue AT region',
  rows: [
    ['East', 9],
    ['West', 6],
  ],
};

/** What `open` takes for a small installation given as text. */
export function optionsOf({ collection, tables }: Pick<Case, 'collection' | 'tables'>): PlainOpenOptions {
  return {
    installation: { text: installationOf({ tables }) },
    collections: { 'case/': { text: collection } },
    files: Object.fromEntries(Object.entries(tables).map(([name, text]) => [`${name}.csv`, { text }])),
  };
}
