import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/frameql/parser.ts';
import type { SyntaxIssue } from '../../../src/frameql/syntax-issue.ts';

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
    ['SELECT SUM(a,) AT b', '`)`', ['an expression']],
    ['SELECT F(b =>) AS a AT b', '`)`', ['an expression']],
    ['SELECT F(b => 1 AT b', '`AT`', ['an operator', '`,`', '`)`']],
    ['EXPLAIN', 'the end of the text', ['`SELECT`']],
    ['WITH', 'the end of the text', ['a name']],
    ['WITH a SELECT a AT b', '`SELECT`', ['`=`']],
    ['WITH a = SELECT a AT b', '`SELECT`', ['an expression']],
    ['WITH a = 1', 'the end of the text', ['an operator', '`,`', '`SELECT`']],
    ['WITH a = 1, SELECT a AT b', '`SELECT`', ['a name']],
    ['SELECT a @ AS b AT c', '`AS`', ['`(`', '`{`', 'a dimension']],
    ['SELECT a @ (b AT c', '`AT`', ['`VIA`', '`,`', '`)`']],
    ['SELECT CASE', 'the end of the text', ['`WHEN`', 'an expression']],
    ['SELECT CASE a THEN b END AS c AT d', '`THEN`', ['an operator', '`WHEN`']],
    ['SELECT CASE WHEN a ELSE b END AS c AT d', '`ELSE`', ['an operator', '`THEN`']],
    ['SELECT CASE WHEN a THEN b AS c AT d', '`AS`', ['an operator', '`WHEN`', '`ELSE`', '`END`']],
    ['SELECT CASE WHEN a THEN b ELSE c AT d', '`AT`', ['an operator', '`END`']],
    ['SELECT a AT b WHERE c IN 1', '`1`', ['`(`']],
    ['SELECT a AT b WHERE c IN ()', '`)`', ['an expression']],
    ['SELECT a AT b WHERE c IN (1', 'the end of the text', ['an operator', '`,`', '`)`']],
    ['SELECT a AT b WHERE c BETWEEN 1', 'the end of the text', ['an operator', '`AND`']],
    ['SELECT a AT b WHERE c BETWEEN 1 OR 2', '`OR`', ['an operator', '`AND`']],
    ['SELECT a AT b WHERE c IS 1', '`1`', ['`NOT`', '`NULL`']],
    ['SELECT a AT b WHERE c IS NOT 1', '`1`', ['`NULL`']],
    ['SELECT a AT b VIA', 'the end of the text', ['a bridge']],
    ['SELECT SUM(*) AT b', '`*`', ['an expression']],
    ['SELECT a FROM AT b', '`AT`', ['a schema']],
    ['SELECT a AT', 'the end of the text', ['`(`', '`{`', 'a dimension']],
    ['SELECT a AT 1', '`1`', ['`(`', '`{`', 'a dimension']],
    ['SELECT a AT (b,)', '`)`', ['a dimension']],
    ['SELECT a AT (b', 'the end of the text', ['`VIA`', '`,`', '`)`']],
    ['SELECT a AT {b)', '`)`', ['`VIA`', '`,`', '`}`']],
    ['SELECT a AT b WHERE', 'the end of the text', ['an expression']],
    ['SELECT a AT b c', '`c`', ['`VIA`', '`WHERE`', '`HAVING`', '`ORDER BY`', '`LIMIT`', '`;`', 'the end of the text']],
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
  it('puts the second of two definitions in the text under its line', () => {
    const text = 'WITH x = 1, y = 2, x = 3 SELECT x AT b';
    expect(refused(text).span.from).toBe(text.lastIndexOf('x = 3'));
  });

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
    ['SELECT a AT b WHERE c LIKE', 'LIKE', /no LIKE/, null],
    ['SELECT a AT b VIA order', 'order', /where a bridge could stand/, null],
    ["SELECT a AT b WHERE c REGEXP 'x'", 'REGEXP', /no patterns/, null],
    ["SELECT a AT b WHERE c LIKE 'x!%' ESCAPE '!'", 'LIKE', /no LIKE/, null],
    ['SELECT a::int AS c AT b', ':', /Leave :: and the type out\.$/, null],
    ['SELECT SUM(a) AS c AT b QUALIFY c > 1', 'QUALIFY', /with HAVING\.$/, null],
    ['SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) AS c AT b', 'WITHIN', /QUANTILE/, null],
    ['EXPLAIN ANALYZE SELECT a AT b', 'ANALYZE', /Leave ANALYZE out\.$/, null],
    ['WITH RECURSIVE a AS (SELECT b) SELECT a AT b', 'RECURSIVE', /Leave RECURSIVE out\.$/, null],
    ['SELECT SUM(a) OVER w AS c AT d', 'OVER', /no OVER/, null],
    // Conditions beside one another.
    [
      'SELECT a AT b WHERE c = 1 IS NULL',
      'IS',
      /^Two conditions follow one another\. Put the first one in brackets\.$/,
      null,
    ],
    ['SELECT a AT b WHERE c IN (1) = d', '=', /Put the first one in brackets/, null],
    ['SELECT a AT b WHERE c BETWEEN 1 AND 2 NOT IN (3)', 'NOT', /Put the first one in brackets/, null],
    ['SELECT a AT b WHERE c IS NULL IS NULL', 'IS', /Put the first one in brackets/, null],
    // Definitions, arguments and bridges.
    [
      'WITH x = 1, y = 2, x = 3 SELECT x AT b',
      'x',
      /^WITH defines this name twice\. Leave one of the definitions out\.$/,
      null,
    ],
    ['SELECT F(a => 1, 2) AS x AT b', '2', /^Arguments with a name stand last/, 'SELECT F(2, a => 1) AS x AT b'],
    ['SELECT F(a => 1, "A" => 2) AS x AT b', '"A"', /^This argument is named twice/, null],
    [
      'SELECT a AT b VIA c LIMIT 1 PER b VIA c',
      'c',
      /^PER names dimensions that AT has already reached/,
      'SELECT a AT b VIA c LIMIT 1 PER b',
    ],
    ['SELECT a AT b UNION SELECT c AT d', 'UNION', /no UNION/, null],
    ['SELECT a AT b LIMIT 5 OFFSET 5', 'OFFSET', /no OFFSET/, null],
    ['SELECT a AT b ORDER BY a NULLS LAST', 'NULLS', /NULLs come last/, null],
    ['SELECT a AT b WHERE c == 1', '==', /Write =\.$/, 'SELECT a AT b WHERE c = 1'],
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
