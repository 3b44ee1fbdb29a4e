import { readFileSync } from 'node:fs';
import type { Attestation } from '../../src/collection/attestation.ts';
import type { SemanticManifest } from '../../src/collection/manifest.ts';
import type { Facts } from '../../src/resolution/facts.ts';
import { compiled, factsOf } from './collection.ts';

const ROOT = new URL('../../public/fixtures/retail/', import.meta.url);

/** The retail collection's YAML, as it is committed. */
export const RETAIL_YAML = {
  collection: readFileSync(new URL('retail.coframe/ac.yaml', ROOT), 'utf8'),
  installation: readFileSync(new URL('installation.coframe/installation.yaml', ROOT), 'utf8'),
};

const COLUMNS = {
  transactions: ['transaction_id', 'day', 'store_id', 'sku', 'customer_id', 'quantity', 'revenue', 'cost'],
  stores: ['store_id', 'store_name', 'region', 'opened'],
  products: ['sku', 'product_name', 'category', 'unit_price'],
  store_monthly_inventory: ['store_id', 'month', 'units_delivered', 'units_on_hand'],
  region_daily_summary: ['region', 'day', 'revenue', 'cost', 'transactions'],
  product_promotions: ['sku', 'promotion_id'],
};

const ROWS = {
  transactions: 523_023,
  stores: 13,
  products: 2231,
  store_monthly_inventory: 195,
  region_daily_summary: 1329,
  product_promotions: 2640,
};

/** The retail manifest, compiled without reading any data. */
export function retailManifest(): SemanticManifest {
  return compiled(RETAIL_YAML.collection, RETAIL_YAML.installation, COLUMNS);
}

/** The retail sources' row counts, and the attestations given. */
export function retailFacts(manifest: SemanticManifest, attestations: readonly Attestation[] = []): Facts {
  return factsOf(manifest, ROWS, attestations);
}
