import fc from 'fast-check';
import {
  categoryOf,
  DAY,
  departmentOf,
  lookedUpCategory,
  type Sale,
  TRADE_FILTERS,
  type Trade,
  type TradeSettings,
} from './trade.ts';

/** A generated question about a trade: what is asked, kept apart from how Frame-QL spells it. */
export interface TradeQuestion {
  readonly from: boolean;
  readonly anchor: readonly TradeDimension[];
  /** Whether anchor dimensions are listed, in reverse. */
  readonly listed: 'all' | 'reversed' | 'none';
  readonly determined: readonly Determined[];
  readonly series: readonly Series[];
  readonly where: readonly Predicate[];
  readonly having: readonly HavingTerm[];
  readonly order: readonly { readonly column: number; readonly descending: boolean }[];
  readonly limit: number | null;
  /** Anchor dimensions, as places in the anchor. */
  readonly per: readonly number[];
}

const DIMENSIONS = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'product',
  'category',
  'department',
  'origin',
  'destination',
  'origin_state',
  'destination_state',
  'customer',
] as const;
export type TradeDimension = (typeof DIMENSIONS)[number];

/** What an anchor dimension determines: (from, name). */
const DETERMINED = [
  ['product', 'title'],
  ['product', 'category'],
  ['product', 'department'],
  ['category', 'department'],
  ['origin', 'origin_state'],
  ['destination', 'destination_state'],
  ['day', 'month'],
  ['month', 'quarter'],
  ['day', 'week'],
  ['day', 'year'],
] as const;
type Determined = (typeof DETERMINED)[number];
type Name = TradeDimension | 'title';

const SUMMED = ['amount', 'cost', 'gross', 'far', 'pieces', 'weight'] as const;
type Summed = (typeof SUMMED)[number];
type Operator = 'SUM' | 'COUNT' | 'MIN' | 'MAX' | 'AVG' | 'MEDIAN' | 'COUNT_DISTINCT';
type Bare = Summed | 'peak' | 'orders' | 'buyers' | 'margin' | 'rate' | 'twice';

export type Series =
  | { readonly kind: 'bare'; readonly family: Bare }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly family: Summed }
  | { readonly kind: 'rows' }
  | {
      readonly kind: 'formula';
      readonly left: Bare;
      readonly sign: '+' | '-' | '*' | '/';
      readonly right: Bare | '1.50' | '3';
    };

export type Predicate =
  | { readonly kind: 'compare'; readonly name: Name; readonly comparison: Comparison; readonly value: string }
  | { readonly kind: 'not'; readonly operand: Predicate }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Predicate[] };
type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** `series` is a place among the series; only exact ones are compared, so that no tolerance decides. */
interface HavingTerm {
  readonly series: number;
  readonly comparison: Comparison;
  readonly value: number;
  readonly negated: boolean;
}

const VALUES: Readonly<Record<Name, readonly string[]>> = {
  day: ['2024-01-05', '2024-01-31', '2024-02-14', '2023-12-31'],
  week: ['2023-W52', '2024-W01', '2024-W06'],
  month: ['2023-12', '2024-01', '2024-02'],
  quarter: ['2023-Q4', '2024-Q1'],
  year: ['2023', '2024'],
  product: ['P1', "P'5", 'P9', 'P,6'],
  category: ['C1', 'Ç3', '😀4'],
  department: ['D1', 'D2'],
  origin: ['A1', 'A3'],
  destination: ['A2', 'A9'],
  origin_state: ['North', 'South'],
  destination_state: ['North'],
  customer: ['K1', 'K3'],
  title: ['Title P1', 'Title P4'],
};

const comparisons = fc.constantFrom<Comparison>('=', '=', '<>', '<', '<=', '>', '>=');

const predicates: fc.Arbitrary<Predicate> = fc.letrec<{ predicate: Predicate; term: Predicate }>((tie) => ({
  term: fc.constantFrom(...DIMENSIONS, 'title' as const).chain((name) =>
    fc.record({
      kind: fc.constant('compare' as const),
      name: fc.constant(name),
      comparison: comparisons,
      value: fc.constantFrom(...VALUES[name]),
    }),
  ),
  predicate: fc.oneof(
    { weight: 5, arbitrary: tie('term') },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), operand: tie('predicate') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('term'), { minLength: 2, maxLength: 3 }),
      }),
    },
  ),
})).predicate;

const bare = fc.constantFrom<Bare>(...SUMMED, 'peak', 'orders', 'buyers', 'margin', 'rate', 'twice');
const series: fc.Arbitrary<Series> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bare' as const), family: bare }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('operator' as const),
      operator: fc.constantFrom<Operator>('SUM', 'COUNT', 'MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'),
      family: fc.constantFrom(...SUMMED),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rows' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('formula' as const),
      left: bare,
      sign: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      right: fc.oneof(bare, fc.constantFrom('1.50' as const, '3' as const)),
    }),
  },
);

export const tradeQuestions: fc.Arbitrary<TradeQuestion> = fc.record({
  from: fc.boolean(),
  anchor: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 3 }),
  listed: fc.constantFrom('all' as const, 'reversed' as const, 'none' as const),
  determined: fc.uniqueArray(fc.constantFrom(...DETERMINED), { maxLength: 2, selector: ([, name]) => name }),
  series: fc.uniqueArray(series, { minLength: 1, maxLength: 4, selector: spelled }),
  where: fc.array(predicates, { maxLength: 2 }),
  having: fc.array(
    fc.record({
      series: fc.nat({ max: 3 }),
      comparison: comparisons,
      value: fc.constantFrom(0, 1, 5, 100, 500),
      negated: fc.boolean(),
    }),
    { maxLength: 1 },
  ),
  order: fc.array(fc.record({ column: fc.nat({ max: 7 }), descending: fc.boolean() }), { maxLength: 3 }),
  limit: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 2 }),
  per: fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 }),
});

/** A number as it is computed: units of 10^−digits, or a double. */
type Exact = { readonly units: bigint; readonly digits: number };
type Value = Exact | number | null;
export type Cell = string | number | null;

interface Column {
  readonly name: string;
  readonly text: string;
  readonly kind: 'anchor' | 'determined' | 'series';
  readonly cells: (group: Group) => Cell | Value;
}

interface Group {
  readonly coordinate: ReadonlyMap<TradeDimension, string | null>;
  readonly sales: readonly Sale[];
}

/** The question as Frame-QL, and its answer by plain loops over the sales. */
export function answered(
  given: Trade,
  settings: TradeSettings,
  question: TradeQuestion,
): { readonly text: string; readonly rows: readonly (readonly Cell[])[]; readonly doubles: readonly boolean[] } {
  const scene = { given, settings };
  const columns = columnsOf(scene, question);
  const groups = groupsOf(scene, question);
  let rows = groups.map((group) => columns.map((column) => column.cells(group)));
  const seriesAt = columns.flatMap(({ kind }, place) => (kind === 'series' ? [place] : []));
  const having = question.having.flatMap((term) => {
    const place = seriesAt[term.series % seriesAt.length] ?? 0;
    return rows.some((row) => typeof row[place] === 'number') || isDouble(question, place - (seriesAt[0] ?? 0))
      ? []
      : [{ ...term, place }];
  });
  for (const { place, comparison, value, negated } of having) {
    rows = rows.filter((row) => {
      const cell = row[place] ?? null;
      if (cell === null || typeof cell !== 'object') return false;
      const kept = holds(comparison, compareExact(cell, { units: BigInt(value), digits: 0 }));
      return negated ? !kept : kept;
    });
  }
  const anchorAt = columns.flatMap(({ kind }, place) => (kind === 'anchor' ? [place] : []));
  const per = question.limit === null ? [] : [...new Set(question.per.flatMap((place) => anchorAt[place] ?? []))];
  const asked = question.order.flatMap(({ column, descending }) => {
    const place = column % columns.length;
    // Doubles within the tolerance of each other would decide the order.
    return isDouble(question, seriesAt.indexOf(place)) || per.includes(place) ? [] : [{ place, descending }];
  });
  const order = [...per.map((place) => ({ place, descending: false })), ...asked];
  const keys = [...order, ...anchorAt.map((place) => ({ place, descending: false }))];
  rows = [...rows].sort((a, b) => compareRows(a, b, keys));
  const { limit } = question;
  if (limit !== null) rows = per.length === 0 ? rows.slice(0, limit) : firstPer(rows, limit, per);
  const named = (place: number) => columns[place]?.name ?? '';
  const clauses = [
    `SELECT ${columns.flatMap(({ kind, text }) => (kind === 'anchor' && question.listed === 'none' ? [] : [text])).join(', ')}`,
    ...(question.from || question.series.every(({ kind }) => kind === 'rows') ? ['FROM sales'] : []),
    `AT (${question.anchor.join(', ')})`,
    ...(question.where.length > 0 ? [`WHERE ${question.where.map(predicateText).join(' AND ')}`] : []),
    ...(having.length > 0
      ? [
          `HAVING ${having.map((term) => `${term.negated ? 'NOT ' : ''}(${named(term.place)} ${term.comparison} ${term.value})`).join(' AND ')}`,
        ]
      : []),
    ...(order.length > 0
      ? [`ORDER BY ${order.map(({ place, descending }) => `${named(place)}${descending ? ' DESC' : ''}`).join(', ')}`]
      : []),
    ...(limit === null ? [] : [`LIMIT ${limit}${per.length > 0 ? ` PER (${per.map(named).join(', ')})` : ''}`]),
  ];
  return {
    text: clauses.join(' '),
    rows: rows.map((row) => row.map(printed)),
    doubles: columns.map((_, place) => isDouble(question, seriesAt.indexOf(place))),
  };
}

interface Scene {
  readonly given: Trade;
  readonly settings: TradeSettings;
}

function columnsOf(scene: Scene, { anchor, listed, determined, series: asked }: TradeQuestion): readonly Column[] {
  const shown = listed === 'reversed' ? [...anchor].reverse() : anchor;
  const anchors = shown.map((name): Column => {
    return { name, text: name, kind: 'anchor', cells: ({ coordinate }) => coordinate.get(name) ?? null };
  });
  const climbed = determined
    .filter(([from, name]) => anchor.includes(from) && !anchor.some((each) => each === name))
    .filter(([from, name]) => from === finestDeterminer(anchor, name))
    .map(([from, name]): Column => {
      const cells: Column['cells'] = ({ coordinate }) => climb(scene, name, from, coordinate.get(from) ?? null);
      return { name, text: name, kind: 'determined', cells };
    });
  const values = asked.map((each, place): Column => {
    const name = each.kind === 'bare' ? each.family : `s${place}`;
    const text = each.kind === 'bare' ? each.family : `${spelled(each)} AS s${place}`;
    return { name, text, kind: 'series', cells: ({ sales }) => seriesValue(each, sales) };
  });
  return [...anchors, ...climbed, ...values];
}

/** Where several anchor dimensions determine a name, the nearest of them is climbed from. */
function finestDeterminer(anchor: readonly TradeDimension[], name: string): string {
  const nearest: Readonly<Record<string, readonly TradeDimension[]>> = {
    department: ['category', 'product'],
    quarter: ['month', 'day'],
    year: ['quarter', 'month', 'day'],
    category: ['product'],
    title: ['product'],
    month: ['day'],
    week: ['day'],
    origin_state: ['origin'],
    destination_state: ['destination'],
  };
  return nearest[name]?.find((each) => anchor.includes(each)) ?? '';
}

function climb({ given }: Scene, name: Name, from: TradeDimension, value: string | null): string | null {
  if (value === null) return null;
  switch (name) {
    case 'title':
      return given.products.find((each) => each.product === value)?.title ?? null;
    case 'category':
      return lookedUpCategory(given, value);
    case 'department':
      return departmentOf(given, from === 'category' ? value : lookedUpCategory(given, value));
    case 'origin_state':
    case 'destination_state':
      return given.sites.find((each) => each.site === value)?.state ?? null;
    case 'month':
      return value.slice(0, 7);
    case 'quarter':
      return quarterOf(value);
    case 'year':
      return value.slice(0, 4);
    case 'week':
      return isoWeek(value);
    default:
      throw new RangeError(`reference: nothing climbs to ${name}`);
  }
}

/** All coordinates at which some series has a row, in no order. */
function groupsOf(scene: Scene, { anchor, where, series: asked }: TradeQuestion): readonly Group[] {
  const families = new Set(asked.flatMap(scopesOf));
  const groups = new Map<
    string,
    { readonly coordinate: Map<TradeDimension, string | null>; readonly sales: Sale[]; isOccupied: boolean }
  >();
  if (anchor.length === 0) groups.set('[]', { coordinate: new Map(), sales: [], isOccupied: true });
  for (const sale of scene.given.sales) {
    if (!isRead(scene, sale) || !where.every((term) => truth(scene, sale, term) === true)) continue;
    const key = JSON.stringify(anchor.map((name) => nameOf(scene, sale, name)));
    const group = groups.get(key) ?? {
      coordinate: new Map(anchor.map((name) => [name, nameOf(scene, sale, name)])),
      sales: [],
      isOccupied: false,
    };
    group.sales.push(sale);
    group.isOccupied ||= [...families].some((scope) => inScope(scope, sale));
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ isOccupied }) => isOccupied);
}

type RootScope = 'all' | 'gross' | 'far';

/** Which conditions at roots the series' rows are under: a row that none lets in makes no coordinate. */
function scopesOf(each: Series): readonly RootScope[] {
  const of = (family: Bare): RootScope => (family === 'gross' || family === 'far' ? family : 'all');
  switch (each.kind) {
    case 'bare':
    case 'operator':
      return [of(each.family)];
    case 'rows':
      return ['all'];
    case 'formula':
      return [of(each.left), ...(each.right === '1.50' || each.right === '3' ? [] : [of(each.right)])];
  }
}

function inScope(scope: RootScope, sale: Sale): boolean {
  if (scope === 'gross') return sale.amount !== null && sale.amount >= 0;
  return scope === 'all' || (sale.origin !== null && sale.origin !== 'A1');
}

/** The declared filter and the stability filter. */
function isRead(scene: Scene, sale: Sale): boolean {
  const { asOf, holdOffDays, filter } = scene.settings;
  if (asOf !== null) {
    const boundary = Date.parse(`${asOf}T00:00:00Z`) - holdOffDays * DAY;
    if (sale.day === null || Date.parse(`${sale.day}T00:00:00Z`) > boundary) return false;
  }
  const is = (name: Name, comparison: Comparison, value: string) =>
    truth(scene, sale, { kind: 'compare', name, comparison, value });
  switch (filter) {
    case 'none':
      return TRADE_FILTERS.none === null;
    case 'days':
      return is('day', '>=', '2024-01-05') === true;
    case 'departments':
      return is('department', '<>', 'D1') === true;
    case 'states':
      return is('origin_state', '<>', 'South') === true || is('destination_state', '=', 'North') === true;
    case 'two':
      return is('day', '>=', '2024-01-05') === true && is('category', '<>', 'C1') === true;
    case 'titles':
      return is('title', '<>', 'Title P1') === true;
  }
}

function nameOf(scene: Scene, sale: Sale, name: Name): string | null {
  const { given, settings } = scene;
  switch (name) {
    case 'day':
      return sale.day;
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return climb(scene, name, 'day', sale.day);
    case 'product':
      return sale.product;
    case 'title':
      return climb(scene, name, 'product', sale.product);
    case 'category':
      return categoryOf(given, sale, settings);
    case 'department':
      return departmentOf(given, categoryOf(given, sale, settings));
    case 'origin':
      return sale.origin;
    case 'destination':
      return sale.destination;
    case 'origin_state':
      return climb(scene, name, 'origin', sale.origin);
    case 'destination_state':
      return climb(scene, name, 'destination', sale.destination);
    case 'customer':
      return sale.customer;
  }
}

/** Three-valued: null is unknown. */
function truth(scene: Scene, sale: Sale, predicate: Predicate): boolean | null {
  switch (predicate.kind) {
    case 'compare': {
      const found = nameOf(scene, sale, predicate.name);
      return found === null ? null : holds(predicate.comparison, compareText(found, predicate.value));
    }
    case 'not': {
      const operand = truth(scene, sale, predicate.operand);
      return operand === null ? null : !operand;
    }
    case 'and':
    case 'or': {
      const decisive = predicate.kind === 'or';
      const operands = predicate.operands.map((each) => truth(scene, sale, each));
      if (operands.includes(decisive)) return decisive;
      return operands.includes(null) ? null : !decisive;
    }
  }
}

function seriesValue(each: Series, sales: readonly Sale[]): Value {
  switch (each.kind) {
    case 'bare':
      return bareValue(each.family, sales);
    case 'operator':
      return reduced(each.operator, each.family, sales);
    case 'rows':
      return exact(sales.length);
    case 'formula': {
      const right =
        each.right === '1.50'
          ? { units: 150n, digits: 2 }
          : each.right === '3'
            ? exact(3)
            : bareValue(each.right, sales);
      return combined(each.sign, bareValue(each.left, sales), right);
    }
  }
}

function bareValue(family: Bare, sales: readonly Sale[]): Value {
  switch (family) {
    case 'peak':
      return reduced('MAX', 'amount', sales);
    case 'orders':
      return exact(sales.length);
    case 'buyers':
      return exact(new Set(sales.map(({ customer }) => customer)).size);
    case 'margin':
      return combined('-', bareValue('amount', sales), bareValue('cost', sales));
    case 'rate':
      return combined('/', bareValue('amount', sales), bareValue('orders', sales));
    case 'twice':
      return combined('+', combined('*', exact(2), bareValue('margin', sales)), { units: 5n, digits: 1 });
    default:
      return reduced('SUM', family, sales);
  }
}

function reduced(operator: Operator, family: Summed, sales: readonly Sale[]): Value {
  const values = sales
    .filter((sale) => inScope(family === 'gross' || family === 'far' ? family : 'all', sale))
    .flatMap((sale) => measured(family, sale) ?? [])
    .sort((a, b) => a - b);
  const digits = family === 'pieces' ? 0 : 2;
  const value = (units: number): Value => (family === 'weight' ? units / 4 : { units: BigInt(units), digits });
  const scale = family === 'weight' ? 4 : 10 ** digits;
  const sum = values.reduce((total, each) => total + each, 0);
  if (operator === 'COUNT') return exact(values.length);
  if (operator === 'COUNT_DISTINCT') return exact(new Set(values).size);
  const [first] = values;
  if (first === undefined) return null;
  switch (operator) {
    case 'SUM':
      return value(sum);
    case 'MIN':
      return value(first);
    case 'MAX':
      return value(values[values.length - 1] ?? 0);
    case 'AVG':
      return sum / (values.length * scale);
    case 'MEDIAN':
      return ((values[(values.length - 1) >> 1] ?? 0) + (values[values.length >> 1] ?? 0)) / (2 * scale);
  }
}

/** Cents, pieces, or quarters of weight. */
function measured(family: Summed, sale: Sale): number | null {
  if (family === 'cost') return sale.cost;
  if (family === 'pieces') return sale.pieces;
  return family === 'weight' ? sale.quarters : sale.amount;
}

function combined(sign: '+' | '-' | '*' | '/', left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  if (sign !== '/' && typeof left === 'object' && typeof right === 'object') {
    if (sign === '*') return { units: left.units * right.units, digits: left.digits + right.digits };
    const digits = Math.max(left.digits, right.digits);
    const [a, b] = [scaled(left, digits), scaled(right, digits)];
    return { units: sign === '+' ? a + b : a - b, digits };
  }
  const [a, b] = [double(left), double(right)];
  if (sign === '/') return b === 0 ? null : a / b;
  return sign === '+' ? a + b : sign === '-' ? a - b : a * b;
}

function exact(value: number): Exact {
  return { units: BigInt(value), digits: 0 };
}

function scaled({ units, digits }: Exact, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - digits);
}

function double(value: Exact | number): number {
  return typeof value === 'number' ? value : Number(value.units) / 10 ** value.digits;
}

/** Whether a series is a double by its type, whatever its values; −1 is no series. */
function isDouble({ series: asked }: TradeQuestion, place: number): boolean {
  const each = asked[place];
  if (each === undefined || place < 0) return false;
  const isDoubleFamily = (family: string) => family === 'weight' || family === 'rate';
  switch (each.kind) {
    case 'bare':
      return isDoubleFamily(each.family);
    case 'operator':
      if (each.operator === 'COUNT' || each.operator === 'COUNT_DISTINCT') return false;
      return each.family === 'weight' || each.operator === 'AVG' || each.operator === 'MEDIAN';
    case 'rows':
      return false;
    case 'formula':
      return each.sign === '/' || isDoubleFamily(each.left) || isDoubleFamily(each.right);
  }
}

function spelled(each: Series): string {
  switch (each.kind) {
    case 'bare':
      return each.family;
    case 'operator':
      return `${each.operator}(${each.family})`;
    case 'rows':
      return 'COUNT(*)';
    case 'formula':
      return `${each.left} ${each.sign} ${each.right}`;
  }
}

function predicateText(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'compare':
      return `${predicate.name} ${predicate.comparison} '${predicate.value.replaceAll("'", "''")}'`;
    case 'not':
      return `NOT (${predicateText(predicate.operand)})`;
    case 'and':
    case 'or':
      return `(${predicate.operands.map(predicateText).join(predicate.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
}

function firstPer(
  rows: readonly (readonly (Cell | Value)[])[],
  count: number,
  per: readonly number[],
): (Cell | Value)[][] {
  const taken = new Map<string, number>();
  const kept: (Cell | Value)[][] = [];
  for (const row of rows) {
    const key = JSON.stringify(per.map((place) => row[place]));
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    if (before < count) kept.push([...row]);
  }
  return kept;
}

function compareRows(
  a: readonly (Cell | Value)[],
  b: readonly (Cell | Value)[],
  keys: readonly { readonly place: number; readonly descending: boolean }[],
): number {
  for (const { place, descending } of keys) {
    const [left, right] = [a[place] ?? null, b[place] ?? null];
    if (left === null || right === null) {
      if (left === right) continue;
      return left === null ? 1 : -1;
    }
    const order = compareValues(left, right);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function compareValues(a: Exact | number | string, b: Exact | number | string): number {
  if (typeof a === 'string' || typeof b === 'string') return compareText(String(a), String(b));
  if (typeof a === 'object' && typeof b === 'object') return compareExact(a, b);
  return double(a) - double(b);
}

function compareExact(a: Exact, b: Exact): number {
  const digits = Math.max(a.digits, b.digits);
  const difference = scaled(a, digits) - scaled(b, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function holds(comparison: Comparison, order: number): boolean {
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

function printed(cell: Cell | Value): Cell {
  if (cell === null || typeof cell === 'string') return cell;
  const value = double(cell);
  return value === 0 ? 0 : value;
}

function quarterOf(period: string): string {
  return `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5, 7)) / 3)}`;
}

/** ISO 8601 week: the week of the Thursday of the day's week. */
function isoWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
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
