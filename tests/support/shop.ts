import { createHash } from 'node:crypto';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { BackendName } from '../../src/protocol/backend.ts';
import { csv } from '../cases/case.ts';

/**
 * A small shop: `sales` and `stores` answer for amount, `targets` (a Parquet file) for target alone, so that each can
 * break while the other goes on.
 *
 *     sales    sale, day, store, amount    10 + 20 + 30 + 5 = 65; S1 15, S2 20, S3 30; East 35, West 30
 *     stores   store, region               S1 East, S2 East, S3 West
 *     targets  store, target               100 + 200 + 300 = 600
 */
export const SHOP = {
  sales: csv(
    'sale,day,store,amount',
    'a,2024-01-01,S1,10',
    'b,2024-01-01,S2,20',
    'c,2024-01-02,S3,30',
    'd,2024-01-03,S1,5',
  ),
  stores: csv('store,region', 'S1,East', 'S2,East', 'S3,West'),
  targets: targetsParquet([100, 200, 300]),
} as const;

/** Names as the shop's installation.yaml writes them: where each source lies. */
export const SHOP_PATHS = { sales: 'sales.csv', stores: 'stores.csv', targets: 'targets.parquet' } as const;

export type ShopSource = keyof typeof SHOP_PATHS;

/** The sources by their paths. */
export const SHOP_FILES = {
  [SHOP_PATHS.sales]: SHOP.sales,
  [SHOP_PATHS.stores]: SHOP.stores,
  [SHOP_PATHS.targets]: SHOP.targets,
};

/** ac.yaml of the shop. */
export const SHOP_COLLECTION = `coframe: 1
name: shop
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      store: {dimension: store}
      amount: {type: int64}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
  - name: targets
    source: targets
    grain: [store]
    columns: {store: {dimension: store}, target: {}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[store]]}
  - name: target
    family_root: {schema: targets, column: target}
    ip_reducers: [{operator: SUM, a_block: []}, {operator: MAX, a_block: []}]
    cache_hint: {materialize_at: [[store]]}
`;

export interface ShopOptions {
  readonly name?: string;
  readonly backend?: BackendName;
  /** A source with a hash is stated with it. */
  readonly hashes?: Partial<Record<ShopSource, string>>;
}

/** installation.yaml of the shop. */
export function shopInstallation({ name = 'shop', backend = 'duckdb', hashes = {} }: ShopOptions = {}): string {
  const sources = Object.entries(SHOP_PATHS).map(([source, path]) => {
    const hash = hashes[source as ShopSource];
    return `  ${source}: {path: ${path}${hash === undefined ? '' : `, sha256: ${hash}`}}`;
  });
  return [
    `name: ${name}`,
    'sources:',
    ...sources,
    `backend: {type: ${backend}}`,
    'metric_engine: {enabled: true}',
    'acs: [{path: shop/}]',
    '',
  ].join('\n');
}

/** A Parquet file of targets (whole numbers as INT64, others as DOUBLE), one for each of the stores S1, S2, …. */
export function targetsParquet(targets: readonly number[]): Uint8Array<ArrayBuffer> {
  const columnData = [
    { name: 'store', data: targets.map((_, index) => `S${index + 1}`), type: 'STRING' as const },
    {
      name: 'target',
      data: targets.every(Number.isInteger) ? targets.map(BigInt) : [...targets],
      type: targets.every(Number.isInteger) ? ('INT64' as const) : ('DOUBLE' as const),
    },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** SHA-256 of a file, 64 hex digits, by Node's own crypto. */
export function sha256(file: string | Uint8Array): string {
  return createHash('sha256').update(file).digest('hex');
}
