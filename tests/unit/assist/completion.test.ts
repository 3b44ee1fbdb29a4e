import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RetailEditor } from './retail.ts';

let retail: RetailEditor;

beforeAll(async () => {
  retail = await RetailEditor.open();
});

afterAll(async () => {
  await retail?.close();
});

const TO_BE_REACHED = ['category', 'customer', 'day', 'month', 'product', 'quarter', 'region', 'store', 'week', 'year'];
const OF_STOCK = ['month', 'quarter', 'region', 'store', 'year'];
const NOT_OF_STOCK = ['category', 'customer', 'day', 'product', 'promotion', 'week'];

/** A place, what must be offered there, what must not, and what comes first. */
const PLACES: readonly (readonly [string, readonly string[], readonly string[], string])[] = [
  // Where a statement begins.
  ['|', ['SELECT', 'EXPLAIN', 'WITH'], ['AT', 'revenue'], 'SELECT'],
  ['sel|', ['SELECT'], ['revenue'], 'SELECT'],
  ['EXPLAIN |', ['SELECT', 'WITH'], ['EXPLAIN'], 'SELECT'],
  // What SELECT lists.
  [
    'SELECT |',
    ['revenue', 'SUM', 'ROUND', 'LAG', 'region', 'store_name', 'CASE', 'COUNT(*)'],
    ['transactions'],
    'buyers',
  ],
  ['SELECT re|', ['revenue', 'region'], ['AT'], 'buyers'],
  ['SELECT revenue, |', ['cost', 'stock'], ['WHERE'], 'buyers'],
  ['SELECT revenue - |', ['cost'], ['AS'], 'buyers'],
  ['SELECT | AT category', ['revenue', 'stock'], [], 'buyers'],
  ['WITH net = revenue - cost SELECT |', ['net', 'revenue'], [], 'buyers'],
  ['WITH net = |', ['revenue'], ['net'], 'buyers'],
  ['SELECT revenue |', ['AT', 'FROM', 'WHERE', 'AS'], ['HAVING', 'SELECT', 'PER'], 'FROM'],
  ['SELECT revenue | AT region', ['FROM', 'AS'], ['AT', 'HAVING'], 'FROM'],
  ['SELECT revenue - cost |', ['AS', 'AT'], ['HAVING'], 'AS'],
  // Inside an operator: what it accepts.
  ['SELECT SUM(|', ['revenue', 'cost', 'stock', 'profit'], ['buyers', 'orders', 'region', 'SUM', 'LAG'], 'cost'],
  ['SELECT PRODUCT(|', [], ['revenue', 'stock', 'region'], 'ABS'],
  ['SELECT AVG(|', ['revenue', 'stock', 'profit', 'transaction'], ['buyers', 'region', 'day'], 'cost'],
  ['SELECT MIN(|', ['revenue', 'buyers', 'region', 'day', 'store_name'], ['orders'], 'buyers'],
  ['SELECT COUNT(|', ['orders', 'buyers', 'region', '*'], [], 'buyers'],
  ['SELECT COUNT_DISTINCT(|', ['product', 'store_name', 'revenue'], ['orders', '*'], 'buyers'],
  ['SELECT BOOL_AND(|', [], ['revenue', 'region'], 'ABS'],
  ['SELECT SUM(|) AT region', ['revenue'], ['region'], 'cost'],
  ['SELECT SUM(revenue |', [], ['AS', 'AT'], ''],
  ['SELECT QUANTILE(revenue, |', ['0.5', '0.9'], ['revenue'], '0.5'],
  ['SELECT WEIGHTED_AVG(revenue, |', ['cost'], ['0.5'], 'cost'],
  ['SELECT LAST(stock, |', ['order =>', 'combine =>'], ['stock'], 'order =>'],
  ['SELECT LAST(stock, order => |', ['month'], ['day', 'region', 'week'], 'month'],
  ['SELECT LAST(stock, combine => |', ['SUM', 'MIN', 'MAX'], ['AVG'], 'SUM'],
  // Windows and functions.
  ['SELECT LAG(|', ['revenue', 'SUM'], ['LAG'], 'buyers'],
  ['SELECT LAG(revenue, 1, |', ['step =>'], ['reset =>', 'within =>'], 'step =>'],
  ['SELECT LAG(revenue, 1, step => |) AT month', ['month', 'quarter', 'year'], ['day', 'week', 'region'], 'year'],
  ['SELECT CUMSUM(revenue, reset => |) AT day', ['week', 'month', 'year'], ['region'], 'year'],
  ['SELECT CUMSUM(revenue, reset => |) AT week', ['week'], ['month', 'year'], 'week'],
  ['SELECT RANK(revenue, within => |) AT store', ['region', 'store', 'store_name'], ['month', 'product'], 'region'],
  ['SELECT RANK(revenue, |', ['within =>'], ['step =>'], 'within =>'],
  ['SELECT UPPER(|', ['region', 'store_name'], ['revenue', 'day', 'LAG'], 'category'],
  ['SELECT ROUND(|', ['revenue', 'transaction'], ['day'], 'buyers'],
  ['SELECT ROUND(revenue, |', [], ['revenue', 'region'], ''],
  ['SELECT YEAR(|', ['day', 'month', 'quarter', 'year'], ['week', 'region', 'revenue'], 'day'],
  ['SELECT DATE_TRUNC(|', ["'month'", "'year'"], ['month', 'revenue'], "'day'"],
  // AT: what every series reaches.
  [
    'SELECT revenue AT |',
    [...TO_BE_REACHED, 'promotion VIA product_promotions', '()'],
    ['promotion', 'store_name', 'revenue'],
    'category',
  ],
  ['SELECT stock AT |', OF_STOCK, NOT_OF_STOCK, 'month'],
  ['SELECT revenue, stock AT |', OF_STOCK, NOT_OF_STOCK, 'month'],
  ['SELECT profit AT |', TO_BE_REACHED, ['promotion'], 'category'],
  ['SELECT revenue AT re|', ['region'], ['promotion'], 'category'],
  ['SELECT revenue AT (|', TO_BE_REACHED, ['()'], 'category'],
  ['SELECT revenue AT (region, |', ['store', 'day'], ['region', '()'], 'category'],
  ['SELECT revenue AT (region, |)', ['store', 'day'], ['region'], 'category'],
  ['SELECT revenue AT (|, month)', ['region'], ['month'], 'category'],
  ['SELECT region, revenue AT |', ['region', 'store', 'day'], ['()', '(region)'], 'region'],
  ['SELECT region, month, revenue AT |', ['(region, month)', 'region', 'month'], ['()'], '(region, month)'],
  ['SELECT store_name, revenue AT |', ['store', 'day'], ['store_name'], 'store'],
  ['SELECT SUM(stock) AS s AT |', ['month', 'region'], ['day', 'product'], 'month'],
  ['SELECT nonsense, revenue AT |', TO_BE_REACHED, ['promotion'], 'category'],
  ['SELECT revenue FROM transactions AT |', ['region', 'day', 'store'], ['promotion'], 'category'],
  // A pre-aggregate that is not verified serves nothing: what the rules would allow without FROM.
  ['SELECT revenue FROM region_daily_summary AT |', ['region', 'day', 'store'], ['promotion'], 'category'],
  ["SELECT revenue AT | WHERE region = 'East'", TO_BE_REACHED, ['promotion'], 'category'],
  ['SELECT revenue AT region |', ['WHERE', 'HAVING', 'ORDER BY', 'LIMIT'], ['VIA', 'AT', 'FROM'], 'WHERE'],
  ['SELECT revenue AT promotion |', ['VIA', 'WHERE'], ['AT'], 'VIA'],
  ['SELECT revenue AT promotion VIA |', ['product_promotions'], ['promotion'], 'product_promotions'],
  // @: inside an operator what AT does not determine, outside one what it does.
  ['SELECT AVG(revenue @ |) AT region', ['day', 'store', 'product'], ['region', 'promotion', '()'], 'category'],
  ['SELECT AVG(revenue @ (day, |)) AT region', ['store'], ['day', 'region'], 'category'],
  ['SELECT AVG(stock @ |) AT store', ['month', 'year'], ['day', 'region', 'store'], 'month'],
  [
    'SELECT revenue / revenue @ | AS share AT (region, month)',
    ['region', 'month', 'year', '()'],
    ['day', 'store'],
    'month',
  ],
  // FROM.
  ['SELECT revenue FROM |', ['transactions', 'stores'], ['revenue', 'region'], 'transactions'],
  ['SELECT stock FROM | AT month', ['store_monthly_inventory'], [], 'store_monthly_inventory'],
  ['SELECT revenue FROM transactions |', ['AT', 'WHERE'], ['FROM'], 'AT'],
  // WHERE: what every series reaches, and values.
  [
    'SELECT revenue AT region WHERE |',
    ['region', 'day', 'store_name', 'NOT', 'CONTAINS'],
    ['revenue', 'promotion', 'SUM'],
    'category',
  ],
  ['SELECT stock AT region WHERE |', OF_STOCK, NOT_OF_STOCK, 'month'],
  ['SELECT revenue, stock AT region WHERE |', [...OF_STOCK, 'store_name'], [...NOT_OF_STOCK, 'product_name'], 'month'],
  ['SELECT revenue WHERE | AT region', ['store'], ['revenue'], 'category'],
  ["SELECT revenue AT region WHERE region = 'East' AND |", ['store'], ['revenue'], 'category'],
  ['SELECT revenue AT region WHERE region |', ['IN', 'NOT IN', 'IS NULL', 'BETWEEN', 'AND'], ['AT'], 'IN'],
  ['SELECT revenue AT region WHERE region NOT |', ['IN', 'BETWEEN'], ['NULL', 'AND'], 'IN'],
  ['SELECT revenue AT region WHERE region IS |', ['NULL', 'NOT'], ['region'], 'NOT'],
  ["SELECT revenue AT region WHERE region = 'East' |", ['AND', 'OR', 'HAVING'], ['AT', 'WHERE'], 'HAVING'],
  ['SELECT revenue AT region WHERE month = |', ["'2024-12'", "'2023-10'"], ["'2024-01-31'", "'2023-09'"], "'2024-12'"],
  ["SELECT revenue AT region WHERE month = '2024|'", ["'2024-12'"], ['region'], "'2024-12'"],
  ['SELECT revenue AT region WHERE year >= |', ["'2024'", "'2023'"], ["'2022'"], "'2024'"],
  ['SELECT revenue AT region WHERE quarter IN (|', ["'2024-Q4'", "'2023-Q4'"], ["'2023-Q3'"], "'2024-Q4'"],
  ["SELECT revenue AT region WHERE week NOT IN ('2024-W01', |", ["'2024-W50'"], [], "'2024-W51'"],
  [
    "SELECT revenue AT region WHERE day BETWEEN '2024-01-01' AND |",
    ["'2024-12-16'", "'2023-10-01'"],
    [],
    "'2024-12-16'",
  ],
  ['SELECT revenue AT region WHERE day > DATE |', ["'2024-12-16'"], [], "'2024-12-16'"],
  ['SELECT revenue AT region WHERE region = |', ["'Central'", "'West'"], ["'East'"], "'Central'"],
  // The finished answer.
  ['SELECT revenue AS r AT (region, month) HAVING |', ['r', 'region', 'month'], ['revenue', 'store'], 'r'],
  ['SELECT SUM(revenue) AT region HAVING |', ['sum_revenue', 'region'], ['revenue', 'SUM'], 'sum_revenue'],
  ['SELECT revenue AT region HAVING revenue |', ['AND', 'IN', 'ORDER BY'], ['WHERE'], 'IN'],
  ['SELECT region, revenue AT region ORDER BY |', ['revenue', 'region'], ['cost', 'store'], 'revenue'],
  ['SELECT region, revenue AT region ORDER BY revenue |', ['DESC', 'ASC', 'LIMIT'], ['HAVING'], 'DESC'],
  ['SELECT region, revenue AT region ORDER |', ['BY'], ['revenue'], 'BY'],
  ['SELECT revenue AT (region, month) ORDER BY region, revenue DESC LIMIT 3 |', ['PER'], ['ORDER BY'], 'PER'],
  [
    'SELECT revenue AT (region, month) ORDER BY region, revenue DESC LIMIT 3 PER |',
    ['region', 'month'],
    ['revenue', 'store'],
    'region',
  ],
  ['SELECT revenue AT (region, month) ORDER BY region LIMIT 3 PER (region, |', ['month'], ['region'], 'month'],
  // CASE.
  ['SELECT CASE WHEN |', ['revenue', 'region', 'NOT'], ['THEN'], 'buyers'],
  ["SELECT CASE WHEN region = 'East' |", ['THEN', 'AND'], ['AT'], 'THEN'],
  ['SELECT CASE WHEN revenue > 1 THEN revenue |', ['ELSE', 'WHEN', 'END'], ['AT'], 'WHEN'],
  // Names that are begun with a quote.
  ['SELECT revenue AT "re|', ['"region"'], ['region', '()'], '"category"'],
];

describe('what is offered', () => {
  test.each(PLACES)('%s', async (place, wanted, unwanted, first) => {
    const labels = (await retail.complete(place))?.items.map((each) => each.label) ?? [];
    expect(labels).toEqual(expect.arrayContaining([...wanted]));
    expect(labels.filter((label) => unwanted.includes(label))).toEqual([]);
    expect(labels[0] ?? '').toBe(first);
  });

  test.each([
    'SELECT revenue AS |',
    'SELECT revenue -- re|',
    'SELECT 12|',
    'WITH |',
    'WITH net|',
    'SELECT revenue AT region LIMIT |',
    'SELECT revenue AT region; |',
    "SELECT CONCAT('re|', region)",
  ])('nothing at %s', async (place) => {
    expect(await retail.complete(place)).toBeNull();
  });
});

describe('what is typed for it', () => {
  const inserted = async (place: string, label: string) => {
    const found = await retail.complete(place);
    const chosen = found?.items.find((each) => each.label === label);
    if (found === null || chosen === undefined) throw new RangeError(`${place}: ${label} is not offered`);
    const text = place.replace('|', '');
    const at = found.from + chosen.caret;
    const whole = `${text.slice(0, found.from)}${chosen.insert}${text.slice(found.to)}`;
    return `${whole.slice(0, at)}|${whole.slice(at)}`;
  };

  test.each([
    ['SELECT reg|', 'region', 'SELECT region|'],
    ['SELECT re|venue AT region', 'cost', 'SELECT cost| AT region'],
    ['SELECT s|', 'SUM', 'SELECT SUM(|)'],
    ['SELECT revenue |', 'AT', 'SELECT revenue AT |'],
    ['SELECT AVG(|)', 'profit', 'SELECT AVG(profit @ |)'],
    ['SELECT region, revenue AT |', 'day', 'SELECT region, revenue AT (region, day)|'],
    ['SELECT region, revenue AT (|)', 'day', 'SELECT region, revenue AT (day|)'],
    ['SELECT month, region, revenue AT |', 'region', 'SELECT month, region, revenue AT (month, region)|'],
    ['SELECT SUM(stock) AS s AT |', 'region', 'SELECT SUM(stock) AS s AT (region, month)|'],
    ['SELECT SUM(stock) AS s AT (|)', 'region', 'SELECT SUM(stock) AS s AT (region, month|)'],
    ['SELECT revenue AT |', 'promotion VIA product_promotions', 'SELECT revenue AT promotion VIA product_promotions|'],
    ["SELECT revenue AT region WHERE month = '20|'", "'2024-03'", "SELECT revenue AT region WHERE month = '2024-03'|"],
    ['SELECT revenue AT "re|', '"region"', 'SELECT revenue AT "region"|'],
  ])('%s, %s', async (place, label, whole) => {
    expect(await inserted(place, label)).toBe(whole);
  });
});

describe('every dimension offered in AT', () => {
  const LISTS = [
    'revenue',
    'cost, profit',
    'stock',
    'SUM(stock) AS s',
    'revenue, stock',
    'orders, buyers',
    'region, revenue',
    'store_name, revenue',
    'region, month, revenue',
    'AVG(revenue @ (day, store)) AS a',
    'MEDIAN(cost)',
    'COUNT_DISTINCT(product) AS products, revenue',
    'LAST(stock)',
    'revenue / revenue @ () AS share',
  ];
  const AROUND: readonly (readonly [string, string])[] = [
    ['', ''],
    ['', " WHERE region = 'East'"],
    ['', " WHERE month >= '2024-01'"],
  ];
  const cases = LISTS.flatMap((list) => AROUND.map(([from, where]) => [list, from, where] as const));

  test.each(cases)('resolves as it is inserted: %s%s%s', async (list, from, where) => {
    const found = await retail.complete(`SELECT ${list}${from} AT |${where}`);
    const points = found?.items ?? [];
    expect(points.length).toBeGreaterThan(0);
    for (const { insert } of points) {
      const text = `SELECT ${list}${from} AT ${insert}${where}`;
      expect([text, await retail.refusal(text)]).toEqual([text, null]);
    }
  });

  test.each(LISTS)('resolves in brackets once what SELECT lists stands there too: %s', async (list) => {
    const listed = ['region', 'month', 'store'].filter((name) => new RegExp(`(^|, )${name}(_name)?(,|$)`).test(list));
    const found = await retail.complete(`SELECT ${list} AT (|`);
    for (const { insert } of found?.items ?? []) {
      const names = insert.split(', ');
      const all = [...names, ...listed.filter((name) => !names.includes(name))];
      const text = `SELECT ${list} AT (${all.join(', ')})`;
      expect([text, await retail.refusal(text)]).toEqual([text, null]);
    }
  });

  test('and each dimension that is not offered is refused', async () => {
    for (const list of ['revenue', 'stock', 'revenue, stock', 'buyers']) {
      const offered = (await retail.complete(`SELECT ${list} AT |`))?.items.map((each) => each.label) ?? [];
      for (const name of [...TO_BE_REACHED, 'promotion', 'transaction']) {
        const refused = (await retail.refusal(`SELECT ${list} AT ${name}`)) !== null;
        expect([list, name, offered.includes(name)]).toEqual([list, name, !refused]);
      }
    }
  });
});
