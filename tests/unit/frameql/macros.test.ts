import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandDefinitions } from '../../../src/frameql/macros.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { anyStatement } from './arbitrary-statement.ts';

/** The text of what a text means without its WITH; what is said of it where there is no such text. */
function expanded(text: string): string {
  const read = parse(text);
  if (!read.ok) return `does not parse: ${read.error.hint ?? read.error.found}`;
  const result = expandDefinitions(read.statement);
  return result.ok ? printStatement(result.statement) : (result.error.hint ?? '');
}

describe('expandDefinitions', () => {
  it.each<[what: string, text: string, without: string]>([
    ['nothing is defined', 'SELECT a AT b', 'SELECT a AT b'],
    ['an item is named after its definition', 'WITH n = a - b SELECT n AT r', 'SELECT a - b AS n AT r'],
    ['an alias stays', 'WITH n = a - b SELECT n AS m AT r', 'SELECT a - b AS m AT r'],
    ['inside an item', 'WITH n = a - b SELECT n / n AS m AT r', 'SELECT (a - b) / (a - b) AS m AT r'],
    ['one in another', 'WITH n = a - b, m = n * 2 SELECT m AT r', 'SELECT (a - b) * 2 AS m AT r'],
    ['what comes later is no definition yet', 'WITH n = m, m = a SELECT n AT r', 'SELECT m AS n AT r'],
    ['itself is no definition yet', 'WITH a = a * 2 SELECT a AT r', 'SELECT a * 2 AS a AT r'],
    ['one that nothing uses', 'WITH n = a SELECT b AT r', 'SELECT b AT r'],
    ['in WHERE', "WITH e = region = 'East' SELECT a AT r WHERE e AND c", "SELECT a AT r WHERE region = 'East' AND c"],
    ['terms of AND stay one list', 'WITH e = x AND y SELECT a AT r WHERE e AND c', 'SELECT a AT r WHERE x AND y AND c'],
    ['terms of OR are bracketed', 'WITH e = x OR y SELECT a AT r WHERE e AND c', 'SELECT a AT r WHERE (x OR y) AND c'],
    ['in HAVING', 'WITH top = a > 10 SELECT a AT r HAVING top', 'SELECT a AT r HAVING a > 10'],
    [
      'a column in HAVING is the column',
      'WITH n = SUM(a), d = n * 2 SELECT n AT r HAVING n > 1 AND d > 2',
      'SELECT SUM(a) AS n AT r HAVING n > 1 AND SUM(a) * 2 > 2',
    ],
    [
      'a definition does not hide a column of its name',
      'WITH x = 1 SELECT a AS x AT r HAVING x > 0',
      'SELECT a AS x AT r HAVING x > 0',
    ],
    [
      'not in anchors, ORDER BY and PER',
      'WITH r = a SELECT s @ r AS t AT r ORDER BY r LIMIT 1 PER r',
      'SELECT s @ r AS t AT r ORDER BY r LIMIT 1 PER r',
    ],
    [
      'not as a named argument, but inside one',
      'WITH year = a SELECT LAG(year, 1, step => year, more => year + 1) AS l AT r',
      'SELECT LAG(a, 1, step => year, more => a + 1) AS l AT r',
    ],
    [
      'in every construct',
      'WITH n = a + 1 SELECT CASE n WHEN n THEN n ELSE -n END AS c, F(n) AS f, n @ d AS t AT r WHERE n IN (n) OR n BETWEEN n AND n OR n IS NULL OR NOT n',
      'SELECT CASE a + 1 WHEN a + 1 THEN a + 1 ELSE -(a + 1) END AS c, F(a + 1) AS f, (a + 1) @ d AS t AT r WHERE a + 1 IN (a + 1) OR a + 1 BETWEEN a + 1 AND a + 1 OR a + 1 IS NULL OR NOT a + 1',
    ],
    [
      'a name in quotes is the same name',
      'WITH "n" = a + 1 SELECT n, "n" AS m AT r',
      'SELECT a + 1 AS n, a + 1 AS m AT r',
    ],
    ['EXPLAIN stays', 'EXPLAIN WITH n = a SELECT n AT r', 'EXPLAIN SELECT a AS n AT r'],
    ['a name of every object', 'WITH constructor = 1 SELECT toString AT __proto__', 'SELECT toString AT __proto__'],
  ])('%s', (_, text, without) => {
    expect(expanded(text)).toBe(without);
  });

  /** a1 = a0 + a0, a2 = a1 + a1, …: 2^n leaves and 2^n − 1 sums. */
  const doubling = (n: number) =>
    `WITH a0 = x${Array.from({ length: n }, (_, i) => `, a${i + 1} = a${i} + a${i}`).join('')}`;

  it('takes what doubles up to 10,000 parts and no further', () => {
    // 2^12 leaves: 8191 parts.
    expect(expanded(`${doubling(12)} SELECT a12 AT b`).length).toBeGreaterThan(2 ** 12);
    for (const n of [13, 60, 1500]) {
      const text = `${doubling(n)} SELECT a${n} AT b`;
      expect(expanded(text)).toMatch(/^Written out, the definitions of WITH make more than 10000 parts/);
    }
  });

  it('says which definition is too large', () => {
    const text = `${doubling(20)} SELECT x AT b`;
    const read = parse(text);
    const result = read.ok ? expandDefinitions(read.statement) : read;
    if (result.ok) throw new Error('it is written out');
    expect(result.error.span).toEqual({ from: text.indexOf('a20 ='), to: text.indexOf('a20 =') + 3 });
    expect(result.error.remedies).toEqual([]);
  });

  it('takes as many parts as the text has itself', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => i).join(', ');
    expect(expanded(`WITH e = x IN (${values}) SELECT a AT b WHERE e`)).toBe(`SELECT a AT b WHERE x IN (${values})`);
    expect(expanded(`WITH e = x IN (${values}) SELECT a AT b WHERE e OR NOT e`)).toMatch(/^Written out/);
  });

  it('does not nest deeper than a text may', () => {
    const chain = (n: number, first: string) => `${first}${' + y'.repeat(n)}`;
    const text = (n: number) => `WITH a = ${chain(99, 'x')}, b = ${chain(n, 'a')}, c = ${chain(99, 'b')} SELECT c AT d`;
    expect(expanded(text(1))).toBe(`SELECT ${chain(199, 'x')} AS c AT d`);
    expect(expanded(text(2))).toMatch(/^Written out/);
  });

  it('leaves no definition, and nothing to do a second time', () => {
    fc.assert(
      fc.property(anyStatement, (statement) => {
        const once = expandDefinitions(statement);
        if (!once.ok) return;
        expect(once.statement.definitions.length).toBe(0);
        const again = expandDefinitions(once.statement);
        expect(again.ok && printStatement(again.statement)).toBe(printStatement(once.statement));
      }),
      { numRuns: 500 },
    );
  });
});
