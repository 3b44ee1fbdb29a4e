import { csv } from '../../../cases/case.ts';
import type { NodeInstallation } from '../../../support/node-session.ts';

/**
 * A market whose tables have something to be told of with every answer.
 *
 *     sales      a sale twice, one of a store that `stores` does not list, one without an amount, one NaN, one not yet
 *                stable, one without a day; read: 10 + 10 + 20 + 5 = 45
 *     inventory  S1 10 in January and 7 in February, S2 5 in January; SUM is blocked along the calendar, and disclosed
 */
const TABLES: Readonly<Record<string, string>> = {
  sales: csv(
    'sale,day,store,product,amount,weight',
    'a,2024-01-01,S1,P1,10,1',
    'a,2024-01-01,S1,P1,10,2',
    'b,2024-01-02,S2,P2,20,',
    'c,2024-01-03,S9,P1,5,1',
    'd,2024-01-03,S1,P2,,3',
    'e,2024-02-03,S2,P1,NaN,1',
    'f,2025-01-06,S1,P1,1000,1',
    'g,,S1,P1,1000,1',
  ),
  stores: csv('store,region', 'S1,East', 'S2,West'),
  inventory: csv('store,month,units', 'S1,2024-01,10', 'S1,2024-02,7', 'S2,2024-01,5'),
  promotions: csv('product,promotion', 'P1,G1', 'P1,G2', 'P2,G2'),
};

const COLLECTION = `coframe: 1
name: faulty
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      store: {dimension: store}
      product: {dimension: product}
      amount: {type: double}
      weight: {type: int64}
    stability: {date_column: day}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
  - name: inventory
    source: inventory
    grain: [store, month]
    columns: {store: {dimension: store}, month: {dimension: month, type: date}, units: {type: int64}}
  - {name: promotions, source: promotions, grain: [product, promotion], columns: {product: {dimension: product}, promotion: {dimension: promotion}}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: merchandise, bridges: [{child: product, parent: promotion, via: promotions}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[region]]}
  - name: weight
    family_root: {schema: sales, column: weight}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[store]]}
  - name: stock
    family_root: {schema: inventory, column: units}
    ip_reducers:
      - {operator: LAST, order: month, combine: SUM, a_block: []}
      - {operator: SUM, a_block: [calendar]}
blocked_reduction: disclose
`;

/** The market, on the 7th of January 2025 with seven days of hold-off. */
export function faultyInstallation(): NodeInstallation {
  return {
    installation: [
      'name: faulty',
      'sources:',
      ...Object.keys(TABLES).map((name) => `  ${name}: {path: ${name}.csv}`),
      'backend: {type: duckdb}',
      'stability_filter: {as_of: 2025-01-07, default_hold_off_days: 7}',
      'metric_engine: {enabled: true}',
      'acs: [{path: faulty/}]',
      '',
    ].join('\n'),
    collections: { 'faulty/': COLLECTION },
    files: Object.fromEntries(Object.entries(TABLES).map(([name, text]) => [`${name}.csv`, text])),
  };
}
