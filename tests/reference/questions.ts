import fc from 'fast-check';
import type { Fact, Star } from './star.ts';

/** A generated question: what is asked, kept apart from how Frame-QL spells it. */
export interface AskedQuestion {
  readonly anchor: readonly DimensionName[];
  readonly series: readonly { readonly operator: OperatorWord; readonly measure: 'amount' | 'quantity' }[];
  readonly filters: readonly Filter[];
}

export type DimensionName = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'store' | 'region' | 'product' | 'category';
export type OperatorWord = 'SUM' | 'COUNT' | 'MIN' | 'MAX' | 'AVG' | 'MEDIAN' | 'COUNT_DISTINCT';
export type Filter = {
  readonly dimension: DimensionName;
  readonly comparison: '=' | '<>' | '<' | '<=' | '>' | '>=';
  readonly value: string;
};

const DIMENSIONS: readonly DimensionName[] = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'store',
  'region',
  'product',
  'category',
];
const OPERATORS: readonly OperatorWord[] = ['SUM', 'COUNT', 'MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'];
const VALUES: Readonly<Record<DimensionName, readonly string[]>> = {
  day: ['2024-01-01', '2024-02-29', '2024-12-30'],
  week: ['2023-W52', '2024-W01', '2025-W01'],
  month: ['2024-01', '2024-12'],
  quarter: ['2024-Q1', '2024-Q4'],
  year: ['2023', '2024'],
  store: ['S1', 'S9', '😀', 'Ünïcode'],
  region: ['East', 'Süd', 'North'],
  product: ['P1', "O'Neill", '"q"', 'a,b'],
  category: ['Tools', 'Toys'],
};

/** Questions over the star; at most two anchor dimensions, three series and two filters. */
export const questions: fc.Arbitrary<AskedQuestion> = fc.record({
  anchor: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 }),
  series: fc.uniqueArray(
    fc.record({
      operator: fc.constantFrom(...OPERATORS),
      measure: fc.constantFrom('amount' as const, 'quantity' as const),
    }),
    { minLength: 1, maxLength: 3, selector: ({ operator, measure }) => `${operator} ${measure}` },
  ),
  filters: fc.array(
    fc.constantFrom(...DIMENSIONS).chain((dimension) =>
      fc.record({
        dimension: fc.constant(dimension),
        comparison: fc.constantFrom(
          '=' as const,
          '<>' as const,
          '<' as const,
          '<=' as const,
          '>' as const,
          '>=' as const,
        ),
        value: fc.constantFrom(...VALUES[dimension]),
      }),
    ),
    { maxLength: 2 },
  ),
});

/** The question as Frame-QL. */
export function textOf({ anchor, series, filters }: AskedQuestion): string {
  const items = [...anchor, ...series.map(({ operator, measure }) => `${operator}(${measure})`)];
  const where = filters.map(
    ({ dimension, comparison, value }) => `${dimension} ${comparison} '${value.replaceAll("'", "''")}'`,
  );
  return `SELECT ${items.join(', ')} AT (${anchor.join(', ')})${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''}`;
}

export type ReferenceCell = string | number | null;

/** The answer by plain loops over the facts: coordinates ascending, NULL last; then one value a series. */
export function referenceRows(
  star: Star,
  { anchor, series, filters }: AskedQuestion,
): readonly (readonly ReferenceCell[])[] {
  const groups = new Map<string, { readonly coordinate: readonly (string | null)[]; readonly facts: Fact[] }>();
  if (anchor.length === 0) groups.set('[]', { coordinate: [], facts: [] });
  for (const fact of star.facts) {
    if (!filters.every((filter) => passes(star, fact, filter))) continue;
    const coordinate = anchor.map((name) => coordinateOf(star, fact, name));
    const key = JSON.stringify(coordinate);
    const group = groups.get(key) ?? { coordinate, facts: [] };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => compareCoordinates(a.coordinate, b.coordinate))
    .map(({ coordinate, facts }) => [
      ...coordinate,
      ...series.map((each) => reduce(facts, each.operator, each.measure)),
    ]);
}

function passes(star: Star, fact: Fact, { dimension, comparison, value }: Filter): boolean {
  const found = coordinateOf(star, fact, dimension);
  if (found === null) return false;
  const order = compareText(found, value);
  switch (comparison) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Printed forms of periods of one level order as the periods do. */
function coordinateOf(star: Star, fact: Fact, name: DimensionName): string | null {
  switch (name) {
    case 'day':
      return fact.day;
    case 'month':
      return fact.day.slice(0, 7);
    case 'quarter':
      return `${fact.day.slice(0, 4)}-Q${Math.ceil(Number(fact.day.slice(5, 7)) / 3)}`;
    case 'year':
      return fact.day.slice(0, 4);
    case 'week':
      return isoWeek(fact.day);
    case 'store':
      return fact.store;
    case 'region':
      return star.stores.find((each) => each.store === fact.store)?.region ?? null;
    case 'product':
      return fact.product;
    case 'category':
      return star.products.find((each) => each.product === fact.product)?.category ?? null;
  }
}

/** ISO 8601 week by the calendar of the platform: the week of the Thursday of the day's week. */
function isoWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - weekday) * 86_400_000);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Sums are whole cents or units; dividing comes last, once. */
function reduce(facts: readonly Fact[], operator: OperatorWord, measure: 'amount' | 'quantity'): ReferenceCell {
  const scale = measure === 'amount' ? 100 : 1;
  const values = facts
    .map((fact) => (measure === 'amount' ? fact.cents : fact.quantity))
    .filter((each) => each !== null);
  const sorted = [...values].sort((a, b) => a - b);
  const sum = values.reduce((total, each) => total + each, 0);
  const [first] = sorted;
  if (operator === 'COUNT') return values.length;
  if (operator === 'COUNT_DISTINCT') return new Set(values).size;
  if (first === undefined) return null;
  switch (operator) {
    case 'SUM':
      return sum / scale;
    case 'MIN':
      return first / scale;
    case 'MAX':
      return (sorted[sorted.length - 1] ?? 0) / scale;
    case 'AVG':
      return sum / (values.length * scale);
    case 'MEDIAN':
      return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / (2 * scale);
  }
}

function compareCoordinates(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] ?? null;
    const right = b[i] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    return right === null ? -1 : compareText(left, right);
  }
  return 0;
}

/** By code point: the platform's iteration over a string gives code points. */
function compareText(a: string, b: string): number {
  const left = [...a].map((each) => each.codePointAt(0) ?? 0);
  const right = [...b].map((each) => each.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
