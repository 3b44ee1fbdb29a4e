import { csv } from '../../cases/case.ts';
import type { NodeInstallation } from '../../support/node-session.ts';

/** The four rows of sales and two of returns that the manual prints: a missing day, an unknown store, two roots of one name. */
export const TINY: NodeInstallation = {
  installation: `name: tiny
sources:
  sales: {path: sales.csv}
  returns: {path: returns.csv}
  stores: {path: stores.csv}
backend: {type: arquero}
metric_engine: {enabled: true}
acs: [{path: tiny/}]
`,
  collections: {
    'tiny/': `coframe: 1
name: tiny
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      store: {dimension: store}
      amount: {type: int64}
  - name: returns
    source: returns
    grain: [return]
    columns: {return: {dimension: return}, store: {dimension: store}, amount: {type: int64}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: sold, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: returned, family_root: {schema: returns, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: amount, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: amount, family_root: {schema: returns, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
  },
  files: {
    'sales.csv': csv(
      'sale,day,store,amount',
      '1,2024-01-01,S1,10',
      '2,2024-01-02,S1,20',
      '3,2024-01-04,S3,40',
      '4,2024-01-04,S9,5',
    ),
    'returns.csv': csv('return,store,amount', '1,S1,1', '2,S2,2'),
    'stores.csv': csv('store,region', 'S1,East', 'S2,East', 'S3,West'),
  },
  warmUp: 'off',
};
