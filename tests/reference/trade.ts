import fc from 'fast-check';

/**
 * A small trade with what a plain star lacks: a snowflake (product → category → department over two lookups), one lookup
 * read in two roles, pre-aggregates that agree or do not, rows without a date, hold-offs, declared filters, conditions
 * at roots. Rows are plain data; nothing here knows Coframe.
 */
export interface Sale {
  readonly id: number;
  /** ISO; null: no date. */
  readonly day: string | null;
  readonly product: string | null;
  /** The sale's own category, in collections whose facts carry one. */
  readonly ownCategory: string | null;
  readonly origin: string | null;
  readonly destination: string;
  readonly customer: string;
  /** Whole cents; null: no value. */
  readonly amount: number | null;
  readonly cost: number | null;
  readonly pieces: number | null;
  /** Quarters of a unit: sums of them are exact in doubles. */
  readonly quarters: number | null;
}

export interface Trade {
  readonly sales: readonly Sale[];
  readonly products: readonly { readonly product: string; readonly category: string | null; readonly title: string }[];
  readonly categories: readonly { readonly category: string; readonly department: string | null }[];
  readonly sites: readonly { readonly site: string; readonly state: string | null }[];
}

/** What may change from one session to the next over the same facts. */
export interface TradeSettings {
  /** ISO; rows after it less the hold-off are not read. null: no stability filter. */
  readonly asOf: string | null;
  readonly holdOffDays: number;
  readonly filter: TradeFilter;
  /** Whether the facts carry a category of their own. */
  readonly ownCategory: boolean;
  /** What is wrong with the daily pre-aggregate. */
  readonly daily: 'true' | 'changed' | 'extra' | 'missing';
  readonly dailyIsDated: boolean;
  readonly monthlyIsDated: boolean;
  /** How fine the amount is materialised: beside fine entries of the root, pre-aggregates are seldom read. */
  readonly hint: keyof typeof AMOUNT_HINTS;
}

const AMOUNT_HINTS = {
  fine: '[[product, day], [category, origin_state], [department, month]]',
  coarse: '[[year]]',
} as const;

export type TradeFilter = keyof typeof TRADE_FILTERS;

/** Declared filters, as Frame-QL and as what they keep. */
export const TRADE_FILTERS = {
  none: null,
  days: "day >= '2024-01-05'",
  departments: "department <> 'D1'",
  states: "origin_state <> 'South' OR destination_state = 'North'",
  two: "day >= '2024-01-05' AND category <> 'C1'",
  titles: "title <> 'Title P1'",
} as const;

const PRODUCTS = ['P1', 'P2', 'P3', 'P4', "P'5", 'P,6', 'P"7'];
const CATEGORIES = ['C1', 'C2', 'Ç3', '😀4'];
const DEPARTMENTS = ['D1', 'D2'];
const SITES = ['A1', 'A2', 'A3', 'A4'];
const STATES = ['North', 'South'];

/** Trades of up to `rows` sales. */
export function trades(rows: number): fc.Arbitrary<Trade> {
  const day = fc.integer({ min: 0, max: 95 }).map((offset) => isoDay(Date.UTC(2023, 11, 18) / DAY + offset));
  const often = <Value>(value: fc.Arbitrary<Value>, freq = 10) => fc.option(value, { freq });
  const sale = fc.record({
    day: often(day, 20),
    product: often(fc.constantFrom(...PRODUCTS, 'P9'), 12),
    ownCategory: often(fc.constantFrom(...CATEGORIES), 12),
    origin: often(fc.constantFrom(...SITES, 'A9'), 12),
    destination: fc.constantFrom(...SITES),
    customer: fc.constantFrom('K1', 'K2', 'K3', 'K4', 'K5'),
    amount: often(fc.integer({ min: -20_000, max: 90_000 })),
    cost: often(fc.integer({ min: 0, max: 60_000 })),
    pieces: often(fc.integer({ min: -2, max: 7 })),
    quarters: often(fc.integer({ min: -40, max: 400 })),
  });
  return fc.record({
    sales: fc
      .array(sale, { minLength: 1, maxLength: rows, size: 'max' })
      .map((sales) => sales.map((each, i) => ({ ...each, id: i + 1 }))),
    products: fc.tuple(
      ...PRODUCTS.map((product) =>
        often(fc.constantFrom(...CATEGORIES)).map((category) => ({ product, category, title: `Title ${product}` })),
      ),
    ),
    categories: fc.tuple(
      ...CATEGORIES.map((category) =>
        often(fc.constantFrom(...DEPARTMENTS), 6).map((department) => ({ category, department })),
      ),
    ),
    sites: fc.tuple(...SITES.map((site) => often(fc.constantFrom(...STATES), 6).map((state) => ({ site, state })))),
  });
}

export const tradeSettings: fc.Arbitrary<TradeSettings> = fc.record({
  asOf: fc.option(fc.constantFrom('2024-01-31', '2024-02-14', '2024-02-29', '2024-06-01'), { freq: 4 }),
  holdOffDays: fc.constantFrom(0, 1, 7, 20),
  filter: fc.constantFrom<TradeFilter>('none', 'none', 'days', 'departments', 'states', 'two', 'titles'),
  ownCategory: fc.boolean(),
  daily: fc.constantFrom('true', 'true', 'true', 'changed', 'extra', 'missing'),
  dailyIsDated: fc.boolean(),
  monthlyIsDated: fc.boolean(),
  hint: fc.constantFrom('fine', 'coarse'),
});

/** Days of 1970 on, as ISO. */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export const DAY = 86_400_000;

/** Lines added to installation.yaml. */
export function tradeStability({ asOf, holdOffDays }: TradeSettings): string {
  return asOf === null ? '' : `stability_filter: {as_of: ${asOf}, default_hold_off_days: ${holdOffDays}}`;
}

/** ac.yaml of the trade under the settings. */
export function tradeCollection({
  asOf,
  filter,
  ownCategory,
  dailyIsDated,
  monthlyIsDated,
  hint,
}: TradeSettings): string {
  const dated = (column: string, isDated = true) =>
    asOf !== null && isDated ? `, stability: {date_column: ${column}}` : '';
  const declared = TRADE_FILTERS[filter];
  const own = ownCategory ? ', own_category: {dimension: category}' : '';
  return `coframe: 1
name: trade
${declared === null ? '' : `filter: ${JSON.stringify(declared)}`}
name_map: {customer: customer_id}
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale_id: {dimension: sale, type: int64}, day: {dimension: day, type: date}, product: {dimension: product}${own}, origin: {dimension: origin}, destination: {dimension: destination}, amount: {type: decimal(2)}, cost: {type: decimal(2)}, pieces: {type: int64}, weight: {type: double}}${dated('day').replace(', ', '\n    ')}
  - {name: products, source: products, grain: [product], columns: {product: {dimension: product}, category: {dimension: category}, title: {attribute_of: product}}}
  - {name: categories, source: categories, grain: [category], columns: {category: {dimension: category}, department: {dimension: department}}}
  - {name: sites, source: sites, grain: [site], columns: {site: {dimension: site}, state: {dimension: state}}}
  - {name: daily, source: daily, grain: [category, day], columns: {category: {dimension: category}, day: {dimension: day, type: date}, origin: {dimension: origin}, month: {dimension: month, type: date}, amount: {type: decimal(2)}, top: {type: decimal(2)}}${dated('day', dailyIsDated)}}
  - {name: monthly, source: monthly, grain: [department, month], columns: {department: {dimension: department}, month: {dimension: month, type: date}, amount: {type: decimal(2)}}${dated('month', monthlyIsDated)}}
dimension_families:
  - {name: merchandise, edges: [{child: product, parent: category, via: products}, {child: category, parent: department, via: categories}]}
  - {name: from, edges: [{child: origin, parent: origin_state, via: sites, as: {site: origin, state: origin_state}}]}
  - {name: to, edges: [{child: destination, parent: destination_state, via: sites, as: {site: destination, state: destination_state}}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    siblings: [{schema: daily, column: amount, operator: SUM}, {schema: monthly, column: amount, operator: SUM}]
    cache_hint: {materialize_at: ${AMOUNT_HINTS[hint]}}
  - name: peak
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: MAX, a_block: []}]
    siblings: [{schema: daily, column: top, operator: MAX}]
    cache_hint: {materialize_at: [[day, destination]]}
  - name: gross
    family_root: {schema: sales, column: amount, where: "amount >= 0"}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[product, origin]]}
  - name: far
    family_root: {schema: sales, column: amount, where: "origin <> 'A1'"}
    ip_reducers: [{operator: SUM, a_block: []}]
  - name: cost
    family_root: {schema: sales, column: cost}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[product, origin, destination]]}
  - name: pieces
    family_root: {schema: sales, column: pieces}
    ip_reducers: [{operator: SUM, a_block: []}]
  - name: weight
    family_root: {schema: sales, column: weight}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[week, customer]]}
  - name: orders
    family_root: {schema: sales}
    ip_reducers: [{operator: COUNT, a_block: []}]
    cache_hint: {materialize_at: [[product, customer]]}
  - name: buyers
    family_root: {schema: sales, column: customer_id}
    reducer: COUNT_DISTINCT
  - {name: margin, derived: {formula: amount - cost, inputs: [amount, cost]}}
  - {name: rate, derived: {formula: amount / orders, inputs: [amount, orders]}}
  - {name: twice, derived: {formula: 2 * margin + 0.5, inputs: [margin]}}
`;
}

/** The CSV text of every source. */
export function tradeTables(given: Trade, settings: TradeSettings): Record<string, string> {
  const { sales, products, categories, sites } = given;
  return {
    sales: csvText(
      'sale_id,day,product,own_category,origin,destination,customer_id,amount,cost,pieces,weight',
      sales.map((each) => [
        each.id,
        each.day,
        each.product,
        each.ownCategory,
        each.origin,
        each.destination,
        each.customer,
        money(each.amount),
        money(each.cost),
        each.pieces,
        each.quarters === null ? null : each.quarters / 4,
      ]),
    ),
    products: csvText(
      'product,category,title',
      products.map((each) => [each.product, each.category, each.title]),
    ),
    categories: csvText(
      'category,department',
      categories.map((each) => [each.category, each.department]),
    ),
    sites: csvText(
      'site,state',
      sites.map((each) => [each.site, each.state]),
    ),
    daily: csvText('category,day,origin,month,amount,top', dailyRows(given, settings)),
    monthly: csvText('department,month,amount', monthlyRows(given, settings)),
  };
}

/** The category that a sale counts under. */
export function categoryOf(given: Trade, sale: Sale, { ownCategory }: Pick<TradeSettings, 'ownCategory'>) {
  return ownCategory ? sale.ownCategory : lookedUpCategory(given, sale.product);
}

export function lookedUpCategory({ products }: Trade, product: string | null): string | null {
  return products.find((each) => each.product === product)?.category ?? null;
}

export function departmentOf({ categories }: Trade, category: string | null): string | null {
  return categories.find((each) => each.category === category)?.department ?? null;
}

type CsvCell = string | number | null;

function dailyRows(given: Trade, settings: TradeSettings): readonly (readonly CsvCell[])[] {
  const groups = grouped(given.sales, (sale) => [categoryOf(given, sale, settings), sale.day]);
  const rows = groups.map(({ key, sales }): CsvCell[] => {
    const amounts = sales.flatMap(({ amount }) => amount ?? []);
    const top = amounts.length === 0 ? null : Math.max(...amounts);
    // Beside its grain the pre-aggregate carries what says nothing of the sales that it sums.
    return [...key, sales[0]?.origin ?? null, '2024-02', money(sumOf(amounts)), money(top)];
  });
  const [first, ...rest] = rows;
  if (first === undefined) return rows;
  switch (settings.daily) {
    case 'true':
      return rows;
    case 'changed':
      return [[...first.slice(0, 4), '123456.78', '123456.78'], ...rest];
    case 'extra':
      return [...rows, ['C1', '2024-03-28', 'A1', '2024-03', '0.00', '0.00']];
    case 'missing':
      return rest;
  }
}

function monthlyRows(given: Trade, settings: TradeSettings): readonly (readonly CsvCell[])[] {
  const groups = grouped(given.sales, (sale) => [
    departmentOf(given, categoryOf(given, sale, settings)),
    sale.day?.slice(0, 7) ?? null,
  ]);
  return groups.map(({ key, sales }) => [...key, money(sumOf(sales.flatMap(({ amount }) => amount ?? [])))]);
}

/** Sum of whole cents; null of none. */
function sumOf(amounts: readonly number[]): number | null {
  return amounts.length === 0 ? null : amounts.reduce((sum, each) => sum + each, 0);
}

function grouped(sales: readonly Sale[], keyOf: (sale: Sale) => readonly CsvCell[]) {
  const groups = new Map<string, { readonly key: readonly CsvCell[]; readonly sales: Sale[] }>();
  for (const sale of sales) {
    const key = keyOf(sale);
    const group = groups.get(JSON.stringify(key)) ?? { key, sales: [] };
    group.sales.push(sale);
    groups.set(JSON.stringify(key), group);
  }
  return [...groups.values()];
}

function csvText(header: string, rows: readonly (readonly CsvCell[])[]): string {
  const cell = (value: CsvCell) =>
    value === null ? '' : /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`;
}

function money(cents: number | null): string | null {
  if (cents === null) return null;
  const whole = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}
