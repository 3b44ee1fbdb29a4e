import { csv } from '../../../cases/case.ts';
import type { NodeInstallation } from '../../../support/node-session.ts';

/**
 * A small market in which every refusal can be met: a metric with two roots, a stock that is never summed over time, a
 * lookup that the data contradict, two ways to a state that disagree, bridges, roles, and a number beyond 64 bits.
 *
 *     sales     10.00 + 20.00 + 30.00 + 5.00 = 65.00; S1 15, S2 20, S3 30; East 35, West 30
 *     stock     S1 10 in January and 7 in February, S2 5 in January
 *     balance   A 100 on the first and 110 on the second day, B 40 on the first
 */
export const MARKET_TABLES: Readonly<Record<string, string>> = {
  sales: csv(
    'sale,day,store,product,customer,amount,cost,quantity,paid',
    'a,2024-01-01,S1,P1,C1,10.00,6.00,1,true',
    'b,2024-01-01,S2,P2,C2,20.00,11.00,2,false',
    'c,2024-01-02,S3,P1,C3,30.00,12.00,3,true',
    'd,2024-02-03,S1,P2,C1,5.00,4.00,1,true',
  ),
  stores: csv('store,store_name,region', 'S1,Harbour,East', 'S2,Station,East', 'S3,Market,West'),
  products: csv('product,product_name,category', 'P1,Tea,Drinks', 'P2,Bread,Food'),
  labels: csv('product,brand', 'P1,Alpha', 'P1,Beta', 'P2,Alpha'),
  customers: csv('customer,county,district', 'C1,K1,D1', 'C2,K1,D2', 'C3,K2,D2'),
  counties: csv('county,state', 'K1,North', 'K2,South'),
  districts: csv('district,state', 'D1,North', 'D2,South'),
  product_promotions: csv('product,promotion', 'P1,G1', 'P1,G2', 'P2,G2'),
  leaflets: csv('product,promotion', 'P1,G1', 'P2,G1', 'P2,G2'),
  inventory: csv('store,month,units,delivered', 'S1,2024-01,10,12', 'S1,2024-02,7,1', 'S2,2024-01,5,6'),
  balances: csv('row,account,day,balance', '1,A,2024-01-01,100', '2,A,2024-01-02,110', '3,B,2024-01-01,40'),
  targets: csv('store,target', 'S1,100', 'S2,200', 'S3,300'),
  store_returns: csv('receipt,store,amount', 'r1,S1,1.00', 'r2,S3,2.00'),
  web_returns: csv('parcel,customer,amount', 'w1,C1,4.00'),
  meters: csv('meter,store,reading', 'm1,S1,9223372036854775807', 'm2,S1,1', 'm3,S2,1'),
  trips: csv('trip,origin,destination,seats', 't1,X,Y,3', 't2,Y,X,4'),
  ports: csv('port,land', 'X,Norway', 'Y,Sweden'),
};

export const MARKET_COLLECTION = `coframe: 1
name: market
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      store: {dimension: store}
      product: {dimension: product}
      customer: {dimension: customer}
      amount: {type: decimal(2)}
      cost: {type: decimal(2)}
      quantity: {type: int64}
      paid: {type: bool, dimension: paid}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, store_name: {attribute_of: store}, region: {dimension: region}}
  - name: products
    source: products
    grain: [product]
    columns: {product: {dimension: product}, product_name: {attribute_of: product}, category: {dimension: category}}
  - {name: labels, source: labels, grain: [product, brand], columns: {product: {dimension: product}, brand: {dimension: brand}}}
  - name: customers
    source: customers
    grain: [customer]
    columns: {customer: {dimension: customer}, county: {dimension: county}, district: {dimension: district}}
  - {name: counties, source: counties, grain: [county], columns: {county: {dimension: county}, state: {dimension: state}}}
  - {name: districts, source: districts, grain: [district], columns: {district: {dimension: district}, state: {dimension: state}}}
  - name: product_promotions
    source: product_promotions
    grain: [product, promotion]
    columns: {product: {dimension: product}, promotion: {dimension: promotion}}
  - {name: leaflets, source: leaflets, grain: [product, promotion], columns: {product: {dimension: product}, promotion: {dimension: promotion}}}
  - name: inventory
    source: inventory
    grain: [store, month]
    columns: {store: {dimension: store}, month: {dimension: month, type: date}, units: {type: int64}, delivered: {type: int64}}
  - name: balances
    source: balances
    grain: [row]
    columns: {row: {dimension: row}, account: {dimension: account}, day: {dimension: day, type: date}, balance: {type: int64}}
  - {name: targets, source: targets, grain: [store], columns: {store: {dimension: store}, target: {type: int64}}}
  - name: store_returns
    source: store_returns
    grain: [receipt]
    columns: {receipt: {dimension: receipt}, store: {dimension: store}, amount: {type: decimal(2)}}
  - name: web_returns
    source: web_returns
    grain: [parcel]
    columns: {parcel: {dimension: parcel}, customer: {dimension: customer}, amount: {type: decimal(2)}}
  - {name: meters, source: meters, grain: [meter], columns: {meter: {dimension: meter}, store: {dimension: store}, reading: {type: int64}}}
  - name: trips
    source: trips
    grain: [trip]
    columns: {trip: {dimension: trip}, origin: {dimension: origin}, destination: {dimension: destination}, seats: {type: int64}}
  - {name: ports, source: ports, grain: [port], columns: {port: {dimension: port}, land: {dimension: land}}}
dimension_families:
  - name: geography
    edges: [{child: store, parent: region, via: stores}]
  - name: merchandise
    edges: [{child: product, parent: category, via: products}, {child: product, parent: brand, via: labels}]
    bridges: [{child: product, parent: promotion, via: product_promotions}, {child: product, parent: promotion, via: leaflets}]
  - name: people
    edges:
      - {child: customer, parent: county, via: customers}
      - {child: customer, parent: district, via: customers}
      - {child: county, parent: state, via: counties}
      - {child: district, parent: state, via: districts}
  - name: ways
    edges:
      - {child: origin, parent: origin_land, via: ports, as: {port: origin, land: origin_land}}
      - {child: destination, parent: destination_land, via: ports, as: {port: destination, land: destination_land}}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: revenue, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: cost, family_root: {schema: sales, column: cost}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: quantity, family_root: {schema: sales, column: quantity}, ip_reducers: [{operator: SUM, a_block: []}, {operator: MAX, a_block: []}]}
  - {name: orders, family_root: {schema: sales}, ip_reducers: [{operator: COUNT, a_block: []}]}
  - {name: buyers, family_root: {schema: sales, column: customer}, reducer: COUNT_DISTINCT}
  - {name: profit, derived: {formula: revenue - cost, inputs: [revenue, cost]}}
  - {name: cover, derived: {formula: stock / delivered, inputs: [stock, delivered]}}
  - name: stock
    family_root: {schema: inventory, column: units}
    ip_reducers:
      - {operator: LAST, order: month, combine: SUM, a_block: []}
      - {operator: SUM, a_block: [calendar]}
  - {name: delivered, family_root: {schema: inventory, column: delivered}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: balance, family_root: {schema: balances, column: balance}, ip_reducers: [{operator: SUM, a_block: [calendar]}]}
  - {name: target, family_root: {schema: targets, column: target}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: returned, family_root: {schema: store_returns, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: returned, family_root: {schema: web_returns, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: reading, family_root: {schema: meters, column: reading}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: seats, family_root: {schema: trips, column: seats}, ip_reducers: [{operator: SUM, a_block: []}]}
blocked_reduction: refuse
`;

/** The market as an installation; `collection` in the place of its own. */
export function marketInstallation(collection: string = MARKET_COLLECTION): NodeInstallation {
  return {
    installation: [
      'name: market',
      'sources:',
      ...Object.keys(MARKET_TABLES).map((name) => `  ${name}: {path: ${name}.csv}`),
      'backend: {type: duckdb}',
      'metric_engine: {enabled: true}',
      'acs: [{path: market/}]',
      '',
    ].join('\n'),
    collections: { 'market/': collection },
    files: Object.fromEntries(Object.entries(MARKET_TABLES).map(([name, text]) => [`${name}.csv`, text])),
  };
}
