import type { Random } from '../../differential/random.ts';

/** One sale of the tabs' collection; amounts are whole numbers. */
export interface Sale {
  readonly store: string;
  readonly region: string;
  readonly day: string;
  readonly amount: number;
}

/** What tabs are asked: operators over the sales at an anchor under a filter. */
export interface SalesQuestion {
  readonly text: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

type Operator = 'SUM' | 'MIN' | 'MAX' | 'COUNT' | 'AVG';
type Name = 'store' | 'region' | 'day' | 'month';

/** ac.yaml of the sales. */
export const TABS_COLLECTION = `coframe: 1
name: sales
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, store: {dimension: store}, day: {dimension: day, type: date}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}, {operator: MIN, a_block: []}, {operator: MAX, a_block: []}, {operator: COUNT, a_block: []}]
`;

/** installation.yaml over the sales; `backend` computes. */
export function tabsInstallation(name: string, backend: string, maxBytes?: number): string {
  const limit = maxBytes === undefined ? '' : `, max_bytes_per_ac: ${maxBytes}`;
  return `name: ${name}
sources: {sales: {path: sales.csv}, stores: {path: stores.csv}}
backend: {type: ${backend}}
metric_engine: {enabled: true${limit}}
acs: [{path: sales/}]
`;
}

/** Sales of twelve stores in three regions over ninety days. */
export function generatedSales(random: Random, count: number): readonly Sale[] {
  const regions = ['East', 'North', 'West'];
  return Array.from({ length: count }, () => {
    const store = random.between(1, 12);
    const day = new Date(Date.UTC(2024, 0, random.between(1, 90))).toISOString().slice(0, 10);
    return { store: `S${store}`, region: regions[store % 3] ?? '', day, amount: random.between(-50, 500) };
  });
}

/** The sources as CSV. */
export function salesFiles(sales: readonly Sale[]): Readonly<Record<string, { readonly text: string }>> {
  const rows = sales.map(({ store, day, amount }, i) => `${i},${store},${day},${amount}`);
  const stores = new Map(sales.map(({ store, region }) => [store, region]));
  return {
    'sales.csv': { text: ['sale,store,day,amount', ...rows, ''].join('\n') },
    'stores.csv': { text: ['store,region', ...Array.from(stores, (each) => each.join()), ''].join('\n') },
  };
}

/** A question with its answer by plain loops. */
export function generatedQuestion(random: Random, sales: readonly Sale[]): SalesQuestion {
  const names: readonly Name[] = ['store', 'region', 'day', 'month'];
  const anchor = names.filter(() => random.chance(0.35));
  const operators: readonly Operator[] = ['SUM', 'MIN', 'MAX', 'COUNT', 'AVG'];
  const asked = [...new Set([random.pick(operators), random.pick(operators)])];
  const region = random.pick(['East', 'North', 'West']);
  const until = `2024-0${random.between(2, 3)}-01`;
  const filter = random.pick([
    { text: '', holds: () => true },
    { text: ` WHERE region = '${region}'`, holds: (sale: Sale) => sale.region === region },
    { text: ` WHERE day < '${until}'`, holds: (sale: Sale) => sale.day < until },
  ]);
  const groups = new Map<string, { readonly coordinate: readonly string[]; readonly amounts: number[] }>();
  for (const sale of sales.filter(filter.holds)) {
    const coordinate = anchor.map((name) => (name === 'month' ? sale.day.slice(0, 7) : sale[name]));
    const group = groups.get(coordinate.join()) ?? { coordinate, amounts: [] };
    groups.set(coordinate.join(), group);
    group.amounts.push(sale.amount);
  }
  const rows = Array.from(groups.values(), ({ coordinate, amounts }) => [
    ...coordinate,
    ...asked.map((operator) => valueBy(operator, amounts)),
  ]);
  const columns = [...anchor, ...asked.map((operator) => `${operator}(amount) AS ${operator.toLowerCase()}_of_amount`)];
  const place = anchor.length === 1 ? anchor.join() : `(${anchor.join(', ')})`;
  return { text: `SELECT ${columns.join(', ')} AT ${place}${filter.text}`, rows: rows.sort(byCoordinate) };
}

function valueBy(operator: Operator, amounts: readonly number[]): number {
  const sum = amounts.reduce((total, each) => total + each, 0);
  switch (operator) {
    case 'SUM':
      return sum;
    case 'COUNT':
      return amounts.length;
    case 'AVG':
      return sum / amounts.length;
    case 'MIN':
      return Math.min(...amounts);
    case 'MAX':
      return Math.max(...amounts);
  }
}

/** Rows in an order that does not depend on how they were made. */
export function byCoordinate(a: readonly unknown[], b: readonly unknown[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
