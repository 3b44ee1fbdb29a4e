import { describe, expect, it } from 'vitest';
import { HABITS, type Habit } from '../../../src/frameql/habits.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { quotedText } from '../../../src/frameql/quoted-text.ts';
import { KNOWN } from './known.ts';

/** Habit, what was written, where the habit is underlined, and the whole question in Frame-QL (null: it cannot be told). */
type Case = readonly [habit: Habit, text: string, underlined: string, remedy: string | null];

const CASES: readonly Case[] = [
  [
    'GROUP BY',
    'SELECT region, SUM(revenue) FROM transactions GROUP BY region',
    'GROUP BY',
    'SELECT region, SUM(revenue) FROM transactions AT region',
  ],
  [
    'GROUP BY',
    "select region, sum(revenue) as r from transactions where day >= '2024-01-01' group by region having sum(revenue) > 10 order by r desc limit 5;",
    'group by',
    "SELECT region, SUM(revenue) AS r FROM transactions AT region WHERE day >= '2024-01-01' HAVING r > 10 ORDER BY r DESC LIMIT 5",
  ],
  [
    'GROUP BY',
    'SELECT region, store, SUM(revenue) FROM transactions GROUP BY 1, 2',
    'GROUP BY',
    'SELECT region, store, SUM(revenue) FROM transactions AT (region, store)',
  ],
  [
    'GROUP BY',
    'SELECT region AS r, SUM(revenue) FROM transactions GROUP BY r',
    'GROUP BY',
    'SELECT region AS r, SUM(revenue) FROM transactions AT region',
  ],
  [
    'GROUP BY',
    'SELECT region, SUM(revenue) FROM transactions GROUP BY ALL',
    'GROUP BY',
    'SELECT region, SUM(revenue) FROM transactions AT region',
  ],
  [
    'GROUP BY',
    'SELECT region, store, SUM(revenue) GROUP BY (region, store)',
    'GROUP BY',
    'SELECT region, store, SUM(revenue) AT (region, store)',
  ],
  [
    'GROUP BY',
    'SELECT SUM(revenue) FROM transactions GROUP BY ()',
    'GROUP BY',
    'SELECT SUM(revenue) FROM transactions AT ()',
  ],
  ['GROUP BY', 'SELECT SUM(revenue) AS r GROUP BY price > 10', 'GROUP BY', null],
  ['GROUP BY', 'SELECT SUM(revenue) AS r FROM t GROUP BY price / 10', 'GROUP BY', null],
  ['GROUP BY', 'SELECT SUM(revenue) AS r FROM t GROUP BY ROLLUP(region, store)', 'GROUP BY', null],
  ['GROUP BY', 'SELECT SUM(revenue) AS r FROM t GROUP BY 1', 'GROUP BY', null],
  ['GROUP BY', 'SELECT revenue BY region', 'BY', 'SELECT revenue AT region'],
  ['GROUP BY', 'SELECT region, revenue AT region GROUP BY region', 'GROUP BY', 'SELECT region, revenue AT region'],
  ['GROUP BY', 'SELECT revenue AT region GROUP BY store', 'GROUP BY', null],
  ['GROUP BY', 'SELECT revenue AT region GROUP store', 'GROUP', null],
  ['AT list', 'SELECT revenue AT region, store', 'region, store', 'SELECT revenue AT (region, store)'],
  [
    'AT list',
    'SELECT revenue AT (a, b) ORDER BY a, b LIMIT 1 PER a, b',
    'a, b',
    'SELECT revenue AT (a, b) ORDER BY a, b LIMIT 1 PER (a, b)',
  ],
  [
    'JOIN',
    'SELECT region, SUM(revenue) FROM transactions JOIN stores ON transactions.store_id = stores.store_id GROUP BY region',
    'JOIN',
    'SELECT region, SUM(revenue) FROM transactions AT region',
  ],
  [
    'JOIN',
    'SELECT revenue FROM transactions AS t LEFT OUTER JOIN stores s USING (store_id) AT region',
    'LEFT OUTER JOIN',
    'SELECT revenue FROM transactions AT region',
  ],
  [
    'JOIN',
    'SELECT revenue FROM transactions INNER JOIN stores AS s USING (store_id) JOIN products ON a = b AT region',
    'INNER JOIN',
    'SELECT revenue FROM transactions AT region',
  ],
  ['JOIN', 'SELECT revenue FROM transactions CROSS JOIN stores AT region', 'CROSS JOIN', null],
  ['JOIN', 'SELECT revenue FROM transactions FULL OUTER JOIN stores ON a = b AT region', 'FULL OUTER JOIN', null],
  ['JOIN', 'SELECT revenue FROM transactions, stores AT region', ',', null],
  ['JOIN', 'SELECT revenue AT region JOIN stores', 'JOIN', null],
  ['SELECT *', 'SELECT * FROM transactions', '*', null],
  ['SELECT *', 'SELECT t.* FROM transactions AT region', 't.*', null],
  ['SELECT *', 'SELECT * AT region', '*', null],
  [
    'SELECT DISTINCT',
    'SELECT DISTINCT region, store FROM transactions',
    'DISTINCT',
    'SELECT region, store FROM transactions AT (region, store)',
  ],
  ['SELECT DISTINCT', 'SELECT DISTINCT region, revenue AT region', 'DISTINCT', 'SELECT region, revenue AT region'],
  ['SELECT DISTINCT', 'SELECT DISTINCT region, SUM(revenue) FROM transactions', 'DISTINCT', null],
  [
    'COUNT(DISTINCT x)',
    'SELECT COUNT(DISTINCT customer) AT region',
    'COUNT(DISTINCT customer)',
    'SELECT COUNT_DISTINCT(customer) AT region',
  ],
  [
    'COUNT(DISTINCT x)',
    'SELECT region, count(distinct (customer)) n AT region',
    'count(distinct (customer))',
    'SELECT region, COUNT_DISTINCT(customer) AS n AT region',
  ],
  [
    'COUNT(DISTINCT x)',
    'SELECT COUNT(DISTINCT customer) FROM transactions',
    'COUNT(DISTINCT customer)',
    'SELECT COUNT_DISTINCT(customer) FROM transactions AT ()',
  ],
  ['COUNT(DISTINCT x)', 'SELECT COUNT(DISTINCT a, b) AS n AT region', 'COUNT(DISTINCT a, b)', null],
  ['COUNT(DISTINCT x)', 'SELECT SUM(DISTINCT revenue) AS n AT region', 'SUM(DISTINCT revenue)', null],
  ['missing AT', 'SELECT SUM(revenue)', '', 'SELECT SUM(revenue) AT ()'],
  [
    'missing AT',
    "SELECT COUNT(*), SUM(a) / SUM(b) AS share FROM t WHERE day = '2024-01-01'",
    '',
    "SELECT COUNT(*), SUM(a) / SUM(b) AS share FROM t AT () WHERE day = '2024-01-01'",
  ],
  [
    'missing AT',
    'SELECT region, SUM(revenue) FROM transactions',
    '',
    'SELECT region, SUM(revenue) FROM transactions AT region',
  ],
  [
    'missing AT',
    'SELECT region, store, SUM(revenue) AS r ORDER BY r DESC LIMIT 3',
    'ORDER BY',
    'SELECT region, store, SUM(revenue) AS r AT (region, store) ORDER BY r DESC LIMIT 3',
  ],
  ['missing AT', 'SELECT region, SUM(revenue), profit', '', null],
  ['missing AT', 'SELECT region, revenue', '', null],
  ['missing AT', 'SELECT revenue', '', null],
  ['missing AT', 'SELECT 1 AS one;', '', null],
  [
    'missing AS',
    'SELECT SUM(revenue) total, region "where" AT region',
    'total',
    'SELECT SUM(revenue) AS total, region AS "where" AT region',
  ],
  ['table alias', 'SELECT revenue FROM transactions t AT region', 't', 'SELECT revenue FROM transactions AT region'],
  ['table alias', 'SELECT revenue FROM transactions AS t AT region', 't', 'SELECT revenue FROM transactions AT region'],
  [
    'qualified name',
    'SELECT t.region, SUM(t.revenue) FROM transactions t GROUP BY t.region',
    't.region',
    'SELECT region, SUM(revenue) FROM transactions AT region',
  ],
  ['qualified name', 'SELECT a.b."c d" AT e', 'a.b."c d"', 'SELECT "c d" AT e'],
  ['subquery', 'SELECT (SELECT 1) AS x AT region', 'SELECT', null],
  ['subquery', 'SELECT revenue FROM (SELECT revenue AT region) AT region', '(', null],
  [
    'ORDER BY expression',
    'SELECT region, revenue AT region ORDER BY 2 DESC',
    '2',
    'SELECT region, revenue AT region ORDER BY revenue DESC',
  ],
  [
    'ORDER BY expression',
    'SELECT region, SUM(revenue) AT region ORDER BY SUM(revenue)',
    'SUM(revenue)',
    'SELECT region, SUM(revenue) AT region ORDER BY sum_revenue',
  ],
  [
    'ORDER BY expression',
    'SELECT region, a - b AS net AT region ORDER BY a - b',
    'a - b',
    'SELECT region, a - b AS net AT region ORDER BY net',
  ],
  ['ORDER BY expression', 'SELECT region, COUNT(*) AT region ORDER BY COUNT(*), 9', 'COUNT(*)', null],
  ['ORDER BY expression', 'SELECT region, a - b AT region ORDER BY 2', '2', null],
  [
    'unquoted date',
    'SELECT revenue AT region WHERE day >= 2024-01-31',
    '2024-01-31',
    "SELECT revenue AT region WHERE day >= '2024-01-31'",
  ],
  ['WITH AS', 'WITH net AS revenue - cost SELECT net AT b', 'AS', 'WITH net = revenue - cost SELECT net AT b'],
  ['WITH AS', 'WITH net AS (revenue - cost) SELECT net AT b', 'AS', 'WITH net = revenue - cost SELECT net AT b'],
  ['WITH AS', 'WITH t AS (SELECT a AT b) SELECT a FROM t AT b', 'AS', null],
  ['LIKE', "SELECT a AT b WHERE c LIKE '%x%'", 'LIKE', "SELECT a AT b WHERE CONTAINS(c, 'x')"],
  ['LIKE', "SELECT a AT b WHERE c LIKE 'it''s%'", 'LIKE', "SELECT a AT b WHERE STARTS_WITH(c, 'it''s')"],
  ['LIKE', "SELECT a AT b WHERE c NOT LIKE '%x'", 'NOT LIKE', "SELECT a AT b WHERE NOT ENDS_WITH(c, 'x')"],
  ['LIKE', "SELECT a AT b WHERE c LIKE 'x' AND d = 1", 'LIKE', "SELECT a AT b WHERE c = 'x' AND d = 1"],
  ['LIKE', "SELECT a AT b WHERE c LIKE '%'", 'LIKE', 'SELECT a AT b WHERE c IS NOT NULL'],
  ['LIKE', "SELECT a AT b WHERE c LIKE '%%'", 'LIKE', 'SELECT a AT b WHERE c IS NOT NULL'],
  ['LIKE', "SELECT a AT b WHERE c LIKE ''", 'LIKE', "SELECT a AT b WHERE c = ''"],
  ['LIKE', "SELECT a AT b WHERE c ILIKE 'Ab%'", 'ILIKE', "SELECT a AT b WHERE STARTS_WITH(LOWER(c), 'ab')"],
  ['LIKE', "SELECT a AT b WHERE c LIKE 'a%b'", 'LIKE', null],
  ['LIKE', "SELECT a AT b WHERE c LIKE 'a_'", 'LIKE', null],
  ['LIKE', 'SELECT a AT b WHERE c LIKE d', 'LIKE', null],
  ['IS TRUE', 'SELECT a AT b WHERE c IS TRUE', 'IS TRUE', 'SELECT a AT b WHERE COALESCE(c, FALSE)'],
  ['IS TRUE', 'SELECT a AT b WHERE c IS NOT TRUE', 'IS NOT TRUE', 'SELECT a AT b WHERE NOT COALESCE(c, FALSE)'],
  ['IS TRUE', 'SELECT a AT b WHERE c IS FALSE', 'IS FALSE', 'SELECT a AT b WHERE NOT COALESCE(c, TRUE)'],
  ['IS TRUE', 'SELECT a AT b WHERE c IS NOT FALSE', 'IS NOT FALSE', 'SELECT a AT b WHERE COALESCE(c, TRUE)'],
  ['||', "SELECT a || '-' || b AS c AT d", '||', "SELECT CONCAT(a, '-', b) AS c AT d"],
  ['%', 'SELECT a + b % 2 * c AS d AT e', '%', 'SELECT a + MOD(b, 2) * c AS d AT e'],
  ['%', 'SELECT -a % -b AS d AT e', '%', 'SELECT MOD(-a, -b) AS d AT e'],
  ['OVER', 'SELECT RANK() OVER (ORDER BY a DESC) AS r AT b', 'OVER (ORDER BY a DESC)', 'SELECT RANK(a) AS r AT b'],
  [
    'OVER',
    'SELECT ROW_NUMBER() OVER (PARTITION BY region ORDER BY SUM(a) DESC) AS r AT (region, day)',
    'OVER (PARTITION BY region ORDER BY SUM(a) DESC)',
    'SELECT ROW_NUMBER(SUM(a), within => region) AS r AT (region, day)',
  ],
  ['OVER', 'SELECT RANK() OVER (ORDER BY a) AS r AT b', 'OVER (ORDER BY a)', null],
  ['OVER', 'SELECT SUM(a) OVER () AS r AT b', 'OVER ()', null],
  [
    'OVER',
    'SELECT SUM(a) OVER (PARTITION BY b, (c) ORDER BY d) AS r AT b',
    'OVER (PARTITION BY b, (c) ORDER BY d)',
    null,
  ],
  [
    'FILTER',
    'SELECT SUM(a) FILTER (WHERE b = 1) AS s, COUNT(*) FILTER (WHERE c) AS n AT d',
    'FILTER (WHERE b = 1)',
    'SELECT SUM(CASE WHEN b = 1 THEN a END) AS s, COUNT(CASE WHEN c THEN 1 END) AS n AT d',
  ],
  [
    'FILTER',
    'SELECT QUANTILE(a, 0.5) FILTER (WHERE b) AS s AT d',
    'FILTER (WHERE b)',
    'SELECT QUANTILE(CASE WHEN b THEN a END, 0.5) AS s AT d',
  ],
  ['FILTER', 'SELECT UPPER(a) FILTER (WHERE b) AS s AT d', 'FILTER (WHERE b)', null],
  ['IFNULL', 'SELECT IFNULL(a, 0) + nvl(b, 1) AS c AT d', 'IFNULL', 'SELECT COALESCE(a, 0) + COALESCE(b, 1) AS c AT d'],
  ['IFNULL', 'SELECT IFNULL(a) AS c AT d', 'IFNULL', null],
  ['IF', 'SELECT IF(a > 1, b, c) AS d AT e', 'IF', 'SELECT CASE WHEN a > 1 THEN b ELSE c END AS d AT e'],
  ['IF', 'SELECT IIF(a > 1, b) AS d AT e', 'IIF', 'SELECT CASE WHEN a > 1 THEN b END AS d AT e'],
  ['IF', 'SELECT IF(a > 1) AS d AT e', 'IF', null],
  [
    'CAST',
    "SELECT a AT b WHERE day > CAST('2024-01-31' AS DATE)",
    "CAST('2024-01-31' AS DATE)",
    "SELECT a AT b WHERE day > DATE '2024-01-31'",
  ],
  ['CAST', 'SELECT CAST(a AS DECIMAL(10, 2)) AS c AT b', 'CAST(a AS DECIMAL(10, 2))', null],
  ['EXTRACT', 'SELECT EXTRACT(year FROM day) AS y AT day', 'EXTRACT(year FROM day)', 'SELECT YEAR(day) AS y AT day'],
  [
    'EXTRACT',
    'SELECT EXTRACT(isodow FROM day) AS y AT day',
    'EXTRACT(isodow FROM day)',
    'SELECT WEEKDAY(day) AS y AT day',
  ],
  ['EXTRACT', 'SELECT EXTRACT(epoch FROM day) AS y AT day', 'EXTRACT(epoch FROM day)', null],
  ['INTERVAL', "SELECT a AT b WHERE day > day - INTERVAL '1' MONTH", "INTERVAL '1' MONTH", null],
  ['INTERVAL', 'SELECT a AT b WHERE day > day - INTERVAL 7 DAY', 'INTERVAL 7 DAY', null],
  ['subquery', 'SELECT a AT b WHERE c IN (SELECT d AT e)', 'SELECT', null],
  [
    'SELECT DISTINCT',
    'SELECT DISTINCT(region), store FROM t',
    'DISTINCT',
    'SELECT region, store FROM t AT (region, store)',
  ],
  ['COUNT(DISTINCT x)', 'SELECT a AT b HAVING DISTINCT(a) > 1', 'DISTINCT', null],
  ['qualified name', 'SELECT t.revenue.SUM AT b', 't.revenue.SUM', 'SELECT SUM(revenue) AT b'],
  [
    'missing AT',
    'WITH total = SUM(revenue) SELECT region, total',
    '',
    'WITH total = SUM(revenue) SELECT region, total AT region',
  ],
  [
    'missing AT',
    'SELECT SUM(a) / (SUM(a) @ ()) AS s, CASE WHEN COUNT(*) > 1 THEN MAX(b) END AS c',
    '',
    'SELECT SUM(a) / SUM(a) @ () AS s, CASE WHEN COUNT(*) > 1 THEN MAX(b) END AS c AT ()',
  ],
  ['missing AT', 'SELECT UPPER(region) AS r, SUM(revenue)', '', null],
  [
    'missing AT',
    'SELECT CUMSUM(SUM(revenue), reset => year) AS c',
    '',
    'SELECT CUMSUM(SUM(revenue), reset => year) AS c AT ()',
  ],
  ['block comment', 'SELECT revenue /* all of it */ AT region', '/* all of it */', 'SELECT revenue AT region'],
];

describe('habits from SQL', () => {
  it.each(CASES)('%s: %s', (habit, text, underlined, remedy) => {
    const result = parse(text);
    if (result.ok) throw new Error('it parses');
    const { error, others } = result;
    const found = [error, ...others].find((issue) => issue.habit === habit);
    expect(found?.hint?.startsWith(HABITS[habit].hint)).toBe(true);
    expect(found && text.slice(found.span.from, found.span.to)).toBe(underlined);
    expect(error.remedies.map((each) => each.query)).toEqual(remedy === null ? [] : [remedy]);
    if (found === error && remedy !== null) expect(error.remedies[0]?.label).toBe(HABITS[habit].repair);
  });

  it('has a case for each, but for what only the names can tell', () => {
    expect(Object.keys(HABITS).filter((habit) => !CASES.some(([each]) => each === habit))).toEqual(['quoted text']);
  });

  it('lets the first in text order speak, with one query that mends them all', () => {
    const result = parse(
      'SELECT t.region, COUNT(DISTINCT t.customer) n FROM transactions t JOIN stores s ON t.a = s.a WHERE s.region IN (1, 2) GROUP BY 1 ORDER BY 2',
    );
    expect(result.ok ? [] : [result.error, ...result.others].map((issue) => issue.habit)).toEqual([
      ...['qualified name', 'COUNT(DISTINCT x)', 'qualified name', 'missing AS', 'table alias', 'JOIN'],
      ...['qualified name', 'GROUP BY', 'ORDER BY expression'],
    ]);
    expect(result.ok ? [] : result.error.remedies.map((remedy) => remedy.query)).toEqual([
      'SELECT region, COUNT_DISTINCT(customer) AS n FROM transactions AT region WHERE region IN (1, 2) ORDER BY n',
    ]);
    expect(result.ok ? [] : result.others.flatMap((issue) => issue.remedies)).toEqual([]);
  });

  it('says so where the question cannot be told', () => {
    const result = parse('SELECT region, revenue');
    expect(result.ok ? '' : result.error.hint).toMatch(/cannot be told from the text\.$/);
  });
});

describe('habits where names are known', () => {
  it.each<[string, string | null]>([
    ['SELECT region, revenue', 'SELECT region, revenue AT region'],
    ['SELECT revenue', 'SELECT revenue AT ()'],
    [
      'SELECT revenue - cost AS net, day, SUM(cost), region',
      'SELECT revenue - cost AS net, day, SUM(cost), region AT (day, region)',
    ],
    ['SELECT revenue, COUNT(*) FROM transactions', 'SELECT revenue, COUNT(*) FROM transactions AT ()'],
    ['SELECT store, store_name, revenue', 'SELECT store, store_name, revenue AT store'],
    ['SELECT store_name, revenue', null],
    ['SELECT region, unheard', null],
    ['SELECT region', null],
    ['SELECT day + 1 AS later, revenue', null],
    [
      'SELECT RANK(revenue, within => region) AS r, region',
      'SELECT RANK(revenue, within => region) AS r, region AT region',
    ],
    ['SELECT UPPER(region) AS u, revenue', null],
    ['WITH net = revenue - cost SELECT region, net', 'WITH net = revenue - cost SELECT region, net AT region'],
    [
      'SELECT DISTINCT region, store WHERE store IN ("S1", "S2") AND "a" BETWEEN day AND "b"',
      "SELECT region, store AT (region, store) WHERE store IN ('S1', 'S2') AND 'a' BETWEEN day AND 'b'",
    ],
    [
      'WITH big = revenue > 1 SELECT DISTINCT region WHERE "big" = TRUE AND region = "East"',
      "WITH big = revenue > 1 SELECT region AT region WHERE big = TRUE AND region = 'East'",
    ],
    ['SELECT * AT region', 'SELECT revenue, cost, profit AT region'],
    ['SELECT * FROM transactions AT region', null],
    ['SELECT *, region AT region', null],
    ['SELECT DISTINCT region', 'SELECT region AT region'],
    ['SELECT DISTINCT revenue', null],
    [
      'SELECT SUM(revenue) FROM t WHERE region = "East" AND "day" = \'2024-01-01\' GROUP BY region',
      "SELECT SUM(revenue) FROM t AT region WHERE region = 'East' AND day = '2024-01-01'",
    ],
  ])('%s', (text, remedy) => {
    const result = parse(text, KNOWN);
    expect(result.ok ? [text] : result.error.remedies.map((each) => each.query)).toEqual(
      remedy === null ? [] : [remedy],
    );
  });
});

describe('"text" where a value stands', () => {
  const isName = (name: string) => KNOWN.kindOf(name) !== undefined;
  const mend = (text: string) => {
    const result = parse(text);
    return result.ok ? quotedText(result.statement, isName) : null;
  };

  it('is told by who knows the names', () => {
    const text = 'SELECT revenue AT region WHERE region = "East" OR NOT "it\'s" <> store HAVING revenue > "x"';
    expect(mend(text)).toEqual({
      habit: 'quoted text',
      span: { from: text.indexOf('"East"'), to: text.indexOf('"East"') + 6 },
      hint: HABITS['quoted text'].hint,
      remedy: {
        label: 'Write the text in single quotes',
        query: "SELECT revenue AT region WHERE region = 'East' OR NOT 'it''s' <> store HAVING revenue > 'x'",
      },
    });
  });

  it.each([
    'SELECT revenue AT region WHERE region = "store"',
    'SELECT revenue AT region WHERE region = East',
    'SELECT "East" AT region WHERE region = \'East\'',
    'SELECT revenue AT region',
  ])('is not there: %s', (text) => {
    expect(mend(text)).toBeNull();
  });
});
