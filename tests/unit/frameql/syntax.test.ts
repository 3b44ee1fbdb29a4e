import { describe, expect, it } from 'vitest';
import { absentCall } from '../../../src/frameql/constructs.ts';
import { parse } from '../../../src/frameql/parser.ts';
import type { SyntaxIssue } from '../../../src/frameql/syntax-issue.ts';
import { OPERATORS } from '../../../src/operators/catalog.ts';

function refused(text: string): SyntaxIssue {
  const result = parse(text);
  if (result.ok) throw new Error(`${text} parses`);
  return result.error;
}

describe('what was found, and what could stand there', () => {
  /** Text, what was found, and what could stand there. */
  it.each<[string, string, readonly string[]]>([
    ['', 'an empty text', ['`SELECT`']],
    [' -- nothing\n', 'an empty text', ['`SELECT`']],
    ['region AT region', '`region`', ['`SELECT`']],
    ['SELECT', 'the end of the text', ['an expression']],
    ['SELECT a,', 'the end of the text', ['an expression']],
    ['SELECT a b c AT d', '`b`', ['an operator', '`AS`', '`,`', '`FROM`', '`AT`', '`WHERE`']],
    ['SELECT a AS AT b', '`AT`', ['a name']],
    ['SELECT a AS 1 AT b', '`1`', ['a name']],
    ['SELECT a + AT b', '`AT`', ['an expression']],
    ['SELECT (a AT b', '`AT`', ['an operator', '`)`']],
    ['SELECT SUM(a AT b', '`AT`', ['an operator', '`,`', '`)`']],
    ['SELECT SUM() AT b', '`)`', ['an expression']],
    ['SELECT SUM(*) AT b', '`*`', ['an expression']],
    ['SELECT a FROM AT b', '`AT`', ['a schema']],
    ['SELECT a AT', 'the end of the text', ['`(`', '`{`', 'a dimension']],
    ['SELECT a AT 1', '`1`', ['`(`', '`{`', 'a dimension']],
    ['SELECT a AT (b,)', '`)`', ['a dimension']],
    ['SELECT a AT (b', 'the end of the text', ['`,`', '`)`']],
    ['SELECT a AT {b)', '`)`', ['`,`', '`}`']],
    ['SELECT a AT b WHERE', 'the end of the text', ['an expression']],
    ['SELECT a AT b c', '`c`', ['`WHERE`', '`HAVING`', '`ORDER BY`', '`LIMIT`', '`;`', 'the end of the text']],
    ['SELECT a AT b ORDER a', '`a`', ['`BY`']],
    ['SELECT a AT b ORDER BY a DESC ASC', '`ASC`', ['`,`', '`LIMIT`', '`;`', 'the end of the text']],
    ['SELECT a AT b LIMIT', 'the end of the text', ['a whole number']],
    ['SELECT a AT b LIMIT 1.5', '`1.5`', ['a whole number']],
    ['SELECT a AT b LIMIT -1', '`-`', ['a whole number']],
    ['SELECT a AT b LIMIT 1 a', '`a`', ['`PER`', '`;`', 'the end of the text']],
    [
      'SELECT a AT b WHERE c BETWEEN_ 1',
      '`BETWEEN_`',
      ['an operator', '`HAVING`', '`ORDER BY`', '`LIMIT`', '`;`', 'the end of the text'],
    ],
    ['SELECT a ORDER BY b LIMIT 1 c', '`c`', ['`PER`', '`;`', 'the end of the text']],
    ['SELECT a WHERE b c', '`c`', ['an operator', '`AT`']],
    ['SELECT a # b AT c', '`#`', ['an operator', '`AS`', '`,`', '`FROM`', '`AT`', '`WHERE`']],
  ])('%s', (text, found, expected) => {
    expect(refused(text)).toMatchObject({ found, expected, hint: null, remedies: [], habit: null });
  });

  it('shows long finds cut', () => {
    expect(refused(`SELECT a AT b ${'c'.repeat(100)}`).found).toBe(`\`${'c'.repeat(39)}…\``);
  });
});

describe('hints', () => {
  /** Text, what is underlined, the hint, the remedy. */
  it.each<[string, string, RegExp, string | null]>([
    ['SELECT a FORM t AT b', 'FORM', /`FORM` where `FROM` could stand\. Write `FROM`\.$/, null],
    ['SELECT a AT b WHRE c = 1', 'WHRE', /Write `WHERE`\.$/, null],
    ['SELECT a AT b HAVINGS c = 1', 'HAVINGS', /Write `HAVING`\.$/, null],
    ['SELECT a AT b ODRER BY c', 'ODRER', /Write `ORDER BY`\.$/, null],
    [
      'SELECT order AT b',
      'order',
      /`order`, a word of Frame-QL, where an expression could stand.*double quotes\.$/,
      null,
    ],
    ['SELECT a AT end', 'end', /where a dimension could stand/, null],
    ['SELECT a AS limit, b AT c', 'limit', /double quotes\.$/, 'SELECT a AS "limit", b AT c'],
    ['SELECT a, b, AT c', ',', /Leave it out\.$/, 'SELECT a, b AT c'],
    ['SELECT a AT b; SELECT c AT d', 'SELECT', /one statement/, null],
    ['SELECT a AT b WHERE 1 < c < 3', '<', /^A comparison has two sides/, null],
    ['SELECT 1e400 AS x AT b', '1e400', /beyond what a double holds/, null],
    ['SELECT a AT b LIMIT 99999999999999999999', '99999999999999999999', /smaller number/, null],
    ["SELECT a AT b WHERE c = 'x", "'x", /Close it with '\.$/, null],
    ['SELECT "a AT b', '"a AT b', /Close it with "\.$/, null],
    ['SELECT 2023_sales AT b', '2023_sales', /begins with a digit in double quotes\.$/, null],
    ["SELECT a AT b WHERE c LIKE 'x%'", 'LIKE', /no LIKE/, null],
    ['SELECT a AT b UNION SELECT c AT d', 'UNION', /no UNION/, null],
    ['SELECT a AT b LIMIT 5 OFFSET 5', 'OFFSET', /no OFFSET/, null],
    ['SELECT a AT b ORDER BY a NULLS LAST', 'NULLS', /NULLs come last/, null],
    ['SELECT SUM(a) OVER (PARTITION BY b) AS c AT d', 'OVER', /no OVER/, null],
    ['SELECT a AT b WHERE c == 1', '==', /Write =\.$/, null],
    ['SELECT a AT b WHERE c = ‘x’', '‘', /straight quotes/, null],
    ['SELECT a − b AS c AT d', '−', /Write -\.$/, null],
    ['DELETE FROM t', 'DELETE', /never writes/, null],
    // Clauses out of order, and twice.
    [
      'SELECT a AT b FROM t',
      'FROM',
      /^FROM stands before AT\. Write the clauses in this order: SELECT, FROM, AT, WHERE, HAVING, ORDER BY, LIMIT\.$/,
      'SELECT a FROM t AT b',
    ],
    ['SELECT a WHERE c = 1 FROM t AT b', 'FROM', /^FROM stands before WHERE/, 'SELECT a FROM t AT b WHERE c = 1'],
    ['SELECT a HAVING a > 1 AT b', 'AT', /^AT stands before HAVING/, 'SELECT a AT b HAVING a > 1'],
    [
      'SELECT a AT b HAVING a > 1 WHERE c = 1',
      'WHERE',
      /^WHERE stands before HAVING/,
      'SELECT a AT b WHERE c = 1 HAVING a > 1',
    ],
    [
      'SELECT a AT b LIMIT 1 ORDER BY a',
      'ORDER BY',
      /^ORDER BY stands before LIMIT/,
      'SELECT a AT b ORDER BY a LIMIT 1',
    ],
    [
      'SELECT a WHERE c = 1 AT b WHERE d = 2 OR e = 3',
      'WHERE',
      /^WHERE stands twice\. Join the conditions with AND\.$/,
      'SELECT a AT b WHERE c = 1 AND (d = 2 OR e = 3)',
    ],
    ['SELECT a AT b AT c', 'AT', /^AT stands twice\. Leave one of them out\.$/, null],
    ['SELECT a FROM t FROM u AT b', 'FROM', /^FROM stands twice/, null],
    ['SELECT a AT b LIMIT 1 LIMIT 2', 'LIMIT', /^LIMIT stands twice/, null],
    ['SELECT a AT b HAVING c HAVING d', 'HAVING', /^HAVING stands twice/, null],
    ['SELECT a AT b ORDER BY a ORDER BY b', 'ORDER BY', /^ORDER BY stands twice/, null],
  ])('%s', (text, underlined, hint, remedy) => {
    const { span, hint: said, remedies } = refused(text);
    expect(text.slice(span.from, span.to)).toBe(underlined);
    expect(said).toMatch(hint);
    expect(remedies.map((each) => each.query)).toEqual(remedy === null ? [] : [remedy]);
  });
});

describe('constructs that this version does not have', () => {
  it.each<[string, string, string, string | null]>([
    ['EXPLAIN', 'EXPLAIN SELECT a AT b', 'EXPLAIN', null],
    ['WITH', 'WITH x = SUM(a) SELECT x AT b', 'WITH', null],
    ['WITH', 'WITH x AS (SELECT a AT b) SELECT x AT b', 'WITH', null],
    ['@ (an inner anchor)', 'SELECT AVG(a @ (day)) AS x AT b', '@', null],
    ['@ (an inner anchor)', 'SELECT a / (a @ ()) AS x AT b', '@', null],
    ['@ (an inner anchor)', 'SELECT F(a @ day, 2) AS x AT b', '@', null],
    ['CASE', 'SELECT CASE WHEN a > 1 THEN CASE WHEN b THEN 1 END ELSE 0 END AS x AT b', 'CASE', null],
    ['CASE', 'SELECT CASE WHEN a', 'CASE', null],
    ['IN', 'SELECT a AT b WHERE x IN (1, 2)', 'IN', 'SELECT a AT b WHERE x = 1 OR x = 2'],
    ['IN', "SELECT a AT b WHERE x IN ('p') AND y = 1", 'IN', "SELECT a AT b WHERE x = 'p' AND y = 1"],
    ['IN', 'SELECT a AT b WHERE y = 1 AND x IN (1, 2)', 'IN', 'SELECT a AT b WHERE y = 1 AND (x = 1 OR x = 2)'],
    ['NOT IN', 'SELECT a AT b WHERE x NOT IN (1, 2)', 'NOT IN', 'SELECT a AT b WHERE x <> 1 AND x <> 2'],
    ['IN', 'SELECT a AT b WHERE x IN (SELECT y AT z)', 'IN', null],
    ['IN', 'SELECT a AT b WHERE x + 1 IN (1, 2)', 'IN', null],
    [
      'BETWEEN',
      'SELECT a AT b WHERE x BETWEEN 1 AND 2 + 3 AND y = 1',
      'BETWEEN',
      'SELECT a AT b WHERE x >= 1 AND x <= 2 + 3 AND y = 1',
    ],
    ['NOT BETWEEN', 'SELECT a AT b WHERE x NOT BETWEEN 1 AND 2', 'NOT BETWEEN', 'SELECT a AT b WHERE x < 1 OR x > 2'],
    ['BETWEEN', 'SELECT a AT b WHERE NOT x BETWEEN 1 AND 2', 'BETWEEN', 'SELECT a AT b WHERE NOT (x >= 1 AND x <= 2)'],
    ['BETWEEN', 'SELECT a AT b WHERE F(x) BETWEEN 1 AND 2', 'BETWEEN', null],
    ['IS NULL', 'SELECT a AT b WHERE x IS NULL', 'IS NULL', null],
    ['IS NULL', 'SELECT a AT b WHERE x is not null AND y = 1', 'is not null', null],
    ['COALESCE', 'SELECT COALESCE(a, 0) - b AS x AT c', 'COALESCE', null],
    ['the function ROUND', 'SELECT round(a, 2) AS x AT c', 'round', null],
    ['the function CAST', 'SELECT CAST(a AS (int)) AS x AT c', 'CAST', null],
    ['the window LAG', 'SELECT LAG(a, 1, step => year) AS x AT c', 'LAG', null],
    ['the window RANK', 'SELECT RANK(a, within => region) AS x AT c', 'RANK', null],
    ['the operator LAST', 'SELECT LAST(stock) AT c', 'LAST', null],
    ['the operator QUANTILE', 'SELECT QUANTILE(a, 0.9) AS x AT c', 'QUANTILE', null],
    ['the operator LAST', 'SELECT stock.last AT c', 'last', null],
    ['family.operator', 'SELECT revenue.SUM AT c', 'revenue.SUM', 'SELECT SUM(revenue) AT c'],
    [
      'family.operator',
      'SELECT revenue.sum / revenue.count AS x AT c',
      'revenue.sum',
      'SELECT SUM(revenue) / COUNT(revenue) AS x AT c',
    ],
    ['VIA', 'SELECT a AT promotion VIA bridge', 'VIA bridge', null],
    ['VIA', 'SELECT a AT (b, promotion VIA bridge)', 'VIA bridge', null],
  ])('%s: %s', (title, text, underlined, remedy) => {
    const { span, hint, remedies, habit } = refused(text);
    expect(text.slice(span.from, span.to)).toBe(underlined);
    expect(hint?.startsWith(`This version of Coframe does not have ${title}. `)).toBe(true);
    expect(remedies.map((each) => each.query)).toEqual(remedy === null ? [] : [remedy]);
    expect(habit).toBeNull();
  });

  it('never refuses an operator of the catalog', () => {
    expect(Object.keys(OPERATORS).filter((name) => absentCall(name) !== undefined)).toEqual([]);
  });
});
