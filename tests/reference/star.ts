import fc from 'fast-check';

/**
 * A small star with everything that goes wrong in real ones: NULL and unknown stores, duplicates, negative amounts,
 * NULL measures, stores without facts, text outside the BMP. Rows are plain data; nothing here knows Coframe.
 */
export interface Fact {
  readonly id: number;
  readonly day: string;
  readonly store: string | null;
  readonly product: string;
  /** Whole cents; null: no value. */
  readonly cents: number | null;
  readonly quantity: number | null;
}

export interface Star {
  readonly facts: readonly Fact[];
  readonly stores: readonly { readonly store: string; readonly region: string | null; readonly title: string }[];
  readonly products: readonly { readonly product: string; readonly category: string }[];
}

const STORES = ['S1', 'S2', 'S3', 'S4', 'Ünïcode', '😀'];
const REGIONS = ['East', 'West', 'Süd'];
const PRODUCTS = ['P1', 'P2', 'P3', "O'Neill", 'a,b', '"q"'];
const CATEGORIES = ['Tools', 'Toys'];

/** Stars of up to `rows` facts. */
export function stars(rows: number): fc.Arbitrary<Star> {
  const day = fc.integer({ min: 0, max: 500 }).map((offset) => {
    const date = new Date(Date.UTC(2023, 10, 20) + offset * 86_400_000);
    return date.toISOString().slice(0, 10);
  });
  const fact = fc.record({
    day,
    store: fc.option(fc.constantFrom(...STORES, 'S9'), { freq: 12 }),
    product: fc.constantFrom(...PRODUCTS),
    cents: fc.option(fc.integer({ min: -50_000, max: 200_000 }), { freq: 10 }),
    quantity: fc.option(fc.integer({ min: -3, max: 9 }), { freq: 10 }),
  });
  return fc.record({
    facts: fc
      .array(fact, { minLength: 1, maxLength: rows, size: 'max' })
      .map((facts) => facts.map((each, i) => ({ ...each, id: i + 1 }))),
    stores: fc.tuple(
      ...STORES.map((store) =>
        fc
          .option(fc.constantFrom(...REGIONS), { freq: 8 })
          .map((region) => ({ store, region, title: `Shop ${store}` })),
      ),
    ),
    products: fc.tuple(
      ...PRODUCTS.map((product) => fc.constantFrom(...CATEGORIES).map((category) => ({ product, category }))),
    ),
  });
}

export const STAR_INSTALLATION = `name: star
sources: {facts: {path: facts.csv}, stores: {path: stores.csv}, products: {path: products.csv}}
backend: {type: duckdb}
metric_engine: {enabled: true}
acs: [{path: star/}]
`;

export const STAR_COLLECTION = `coframe: 1
name: star
schemas:
  - name: facts
    source: facts
    grain: [fact]
    columns: {id: {dimension: fact, type: int64}, day: {dimension: day, type: date}, store: {dimension: store}, product: {dimension: product}, amount: {type: decimal(2)}, quantity: {type: int64}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}, title: {attribute_of: store}}}
  - {name: products, source: products, grain: [product], columns: {product: {dimension: product}, category: {dimension: category}}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: merchandise, edges: [{child: product, parent: category, via: products}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - name: amount
    family_root: {schema: facts, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[day, store], [month, region]]}
  - name: quantity
    family_root: {schema: facts, column: quantity}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[product, store]]}
`;

/** The three CSV files of a star. */
export function starFiles(star: Star): Record<string, string> {
  const cell = (value: string | number | null) =>
    value === null ? '' : /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const lines = (header: string, rows: readonly (readonly (string | number | null)[])[]) =>
    `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`;
  const money = (cents: number | null) =>
    cents === null
      ? null
      : `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  return {
    'facts.csv': lines(
      'id,day,store,product,amount,quantity',
      star.facts.map((fact) => [fact.id, fact.day, fact.store, fact.product, money(fact.cents), fact.quantity]),
    ),
    'stores.csv': lines(
      'store,region,title',
      star.stores.map((each) => [each.store, each.region, each.title]),
    ),
    'products.csv': lines(
      'product,category',
      star.products.map((each) => [each.product, each.category]),
    ),
  };
}
