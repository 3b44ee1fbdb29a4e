import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/canon/canonical-json.ts';
import type { Statement } from '../../../src/frameql/ast.ts';
import { astFingerprint, canonicalStatement } from '../../../src/frameql/canonical.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { STATEMENTS } from './corpus.ts';

function statement(text: string): Statement {
  const result = parse(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.hint ?? result.error.found}`);
  return result.statement;
}

const print = (text: string) => astFingerprint(statement(text));

describe('astFingerprint', () => {
  it.each<[string, string]>([
    ['SELECT revenue AT region', 'select\trevenue\nat {region} ; -- the same'],
    ['SELECT revenue AT region', 'SELECT ((revenue)) AT ("region")'],
    ['SELECT SUM(revenue) AT region', 'SELECT sum( revenue ) AT region'],
    ['SELECT a AT b WHERE c = 1 AND d = 2', 'SELECT a AT b WHERE d = 2 AND c = 1'],
    ['SELECT a AT b WHERE c = 1 AND d = 2 AND e = 3', 'SELECT a AT b WHERE (e = 3 AND c = 1) AND d = 2'],
    ['SELECT a AT b WHERE f OR NOT (c AND d)', 'SELECT a AT b WHERE f OR NOT (d AND c)'],
    ['SELECT a AT b HAVING a > 1 AND b < 2', 'SELECT a AT b HAVING b < 2 AND a > 1'],
    ['SELECT a AT b WHERE c = 1', 'SELECT a WHERE c = 1 AT b'],
    ['SELECT a AT b WHERE c <> 1', 'SELECT a AT b WHERE c != 1'],
    ['SELECT a - b - c AS x AT d', 'SELECT (a - b) - c AS x AT d'],
    ['SELECT r, s, a AT (r, s)', 'SELECT r, s, a AT (s, r)'],
    ['SELECT s AS t, r, a AT (r, s)', 'SELECT s AS t, r, a AT (s, r)'],
    ['SELECT a AT b ORDER BY a', 'SELECT a AT b ORDER BY a ASC'],
    ['SELECT a AT (b, c) ORDER BY b, c LIMIT 1 PER (b, c)', 'SELECT a AT (b, c) ORDER BY b, c LIMIT 1 PER {c, b}'],
  ])('%s = %s', (one, other) => {
    expect(print(other)).toBe(print(one));
  });

  /** Spellings of one question. */
  it.each<[string, string]>([
    ['x NOT IN (1, 2)', 'NOT (x IN (1, 2))'],
    ['x IN (1, 2, 3)', 'x IN (3, 1, 2, 1)'],
    ['x IS NOT NULL', 'NOT x IS NULL'],
    ['x BETWEEN 1 AND 2', 'x >= 1 AND x <= 2'],
    ['x BETWEEN 1 AND 2', '2 >= x AND 1 <= x'],
    ['x BETWEEN 1 AND 2 AND y', 'y AND x <= 2 AND x >= 1'],
    ['y AND (x BETWEEN 1 AND 2 AND z)', '(x BETWEEN 1 AND 2 AND y) AND z'],
    ['x NOT BETWEEN 1 AND 2', 'NOT (x BETWEEN 1 AND 2)'],
    ['x NOT BETWEEN 1 AND 2', 'NOT (x <= 2 AND x >= 1)'],
    ['x = 1', '1 = x'],
    ['x <> y + 1', 'y + 1 != x'],
    ['x < y', 'y > x'],
    ['x <= y', 'y >= x'],
    ['a OR b OR c', 'c OR (b OR a)'],
    ['(a OR b) AND (c OR d)', '(d OR c) AND (b OR a)'],
    ['CASE x WHEN 1 THEN a WHEN 2 THEN b END = c', 'CASE WHEN x = 1 THEN a WHEN 2 = x THEN b ELSE NULL END = c'],
    ['LAG(x, 1, step => year) > 1', 'lag(x, 1, STEP => year) > 1'],
    ['F(x, a => 1, b => 2) > 1', 'F(x, b => 2, a => 1) > 1'],
    ['x.SUM > 1', 'SUM(x) > 1'],
    ['(x @ (a, b)) > 1', 'x @ {b, a} > 1'],
    ['x @ (a VIA p, b) > 1', 'x @ (b, a VIA p) > 1'],
    ['a @ b > 1', '(a @ b) > 1'],
  ])('WHERE %s = WHERE %s', (one, other) => {
    expect(print(`SELECT r AT s WHERE ${other}`)).toBe(print(`SELECT r AT s WHERE ${one}`));
  });

  it.each<[string, string]>([
    ['SELECT SUM(a) AS n AT r HAVING n > 1', 'WITH n = SUM(a) SELECT n AT r HAVING n > 1'],
    ['SELECT a - b AS n, (a - b) / a AS s AT r', 'WITH n = a - b, s = n / a SELECT n, s AT r'],
    ['SELECT a AT r WHERE b = 1', 'WITH unused = c, one = b = 1 SELECT a AT r WHERE one'],
    ['SELECT a AT r', 'EXPLAIN SELECT a AT r'],
    ['SELECT SUM(a) AT r', 'SELECT SUM(a) AS sum_a AT r'],
    ['SELECT r, p, a AT (r, p VIA b)', 'SELECT r, p, a AT (p VIA b, r)'],
    ['SELECT LAST(a) AT r', 'SELECT a.last AT r'],
  ])('%s = %s', (one, other) => {
    expect(print(other)).toBe(print(one));
  });

  const base =
    'SELECT r, SUM(a) AS x, a - b AS y, LAG(a, 1, step => year) AS p, AVG(a @ (d, p VIA j)) AS m, ' +
    'CASE WHEN a > 1 THEN b ELSE 7 END AS k, QUANTILE(a, 0.9) AS q, b @ () AS all FROM t AT (r, s VIA bridge) ' +
    'WHERE c = 1 OR d = 0.30 OR e IN (1, 2) OR f BETWEEN 3 AND 4 OR g IS NULL OR h < 5 HAVING x > 2 ' +
    'ORDER BY r, x LIMIT 3 PER r';
  it.each<[string, string, string]>([
    ['an operator', 'SUM(a)', 'MIN(a)'],
    ['an operator for another', 'AVG(', 'LAST('],
    ['an alias', 'AS x,', 'AS z,'],
    ['an item', ', b @ () AS all', ''],
    ['the order of items', 'r, SUM(a) AS x', 'SUM(a) AS x, r'],
    ['arithmetic', 'a - b', 'a + b'],
    ['sides', 'a - b', 'b - a'],
    ['a sign', 'a - b', '-a - b'],
    ['a schema', 'FROM t', 'FROM u'],
    ['no schema', 'FROM t ', ''],
    ['a coarser grain', 'AT (r, s VIA bridge)', 'AT r'],
    ['the order of an anchor that is not all listed', 'AT (r, s VIA bridge)', 'AT (s VIA bridge, r)'],
    ['no bridge', ' VIA bridge', ''],
    ['a bridge', 'VIA bridge', 'VIA ridge'],
    ['a constant', 'c = 1', 'c = 2'],
    ['a comparison', 'c = 1', 'c <> 1'],
    ['the direction of a comparison', 'h < 5', '5 < h'],
    ['the edge of a comparison', 'h < 5', 'h <= 5'],
    ['digits of a constant', '0.30', '0.3'],
    ['a kind of constant', 'c = 1', "c = '1'"],
    ['a connective', 'OR d', 'AND d'],
    ['a value of IN', 'IN (1, 2)', 'IN (1, 3)'],
    ['fewer values of IN', 'IN (1, 2)', 'IN (1)'],
    ['NOT IN', 'e IN', 'e NOT IN'],
    ['a bound', 'BETWEEN 3 AND 4', 'BETWEEN 3 AND 5'],
    ['bounds in the other order', 'BETWEEN 3 AND 4', 'BETWEEN 4 AND 3'],
    ['NOT BETWEEN', 'f BETWEEN', 'f NOT BETWEEN'],
    ['IS NOT NULL', 'IS NULL', 'IS NOT NULL'],
    ['a negation', 'WHERE c = 1', 'WHERE NOT c = 1'],
    ['a negation of it all', 'WHERE c = 1', 'WHERE NOT (c = 1'],
    ['HAVING', 'x > 2', 'x >= 2'],
    ['no HAVING', ' HAVING x > 2', ''],
    ['a direction', 'r, x LIMIT', 'r, x DESC LIMIT'],
    ['the order of keys', 'BY r, x', 'BY x, r'],
    ['a limit', 'LIMIT 3', 'LIMIT 4'],
    ['no limit', ' LIMIT 3 PER r', ''],
    ['PER', ' PER r', ''],
    ['an argument', 'LAG(a, 1', 'LAG(a, 2'],
    ['a named argument', 'step => year', 'step => quarter'],
    ['its name', 'step => year', 'reset => year'],
    ['no named argument', ', step => year', ''],
    ['an argument without its name', 'step => year', 'year'],
    ['an inner anchor', '@ (d, p VIA j)', '@ (d, q VIA j)'],
    ['a coarser inner anchor', '@ (d, p VIA j)', '@ d'],
    ['an inner bridge', 'p VIA j', 'p VIA k'],
    ['no inner anchor', 'b @ ()', 'b'],
    ['what stands before @', 'b @ ()', '(-b) @ ()'],
    ['where @ stands', 'AVG(a @ (d, p VIA j))', 'AVG(a) @ (d, p VIA j)'],
    ['a condition of CASE', 'WHEN a > 1', 'WHEN a > 2'],
    ['a value of CASE', 'THEN b', 'THEN c'],
    ['ELSE', 'ELSE 7', 'ELSE 8'],
    ['no ELSE', ' ELSE 7', ''],
    ['one more branch', 'ELSE 7', 'WHEN b THEN 8 ELSE 7'],
    ['a quantile', '0.9', '0.5'],
    ['digits of a quantile', '0.9', '0.90'],
  ])('%s makes another', (_, from, to) => {
    const other = base.replace(from, to).replace(/(NOT \(c = 1.*?) HAVING/, '$1) HAVING');
    expect(other).not.toBe(base);
    expect(print(other)).not.toBe(print(base));
  });

  it.each<[string, string]>([
    ['SELECT a, b AT c', 'SELECT b, a AT c'],
    ["SELECT a AT b WHERE c > DATE '2024-01-01'", "SELECT a AT b WHERE c > '2024-01-01'"],
    ['SELECT 1 AS x AT b', 'SELECT 1e0 AS x AT b'],
    ['SELECT 1 AS x AT b', 'SELECT -1 AS x AT b'],
    ['SELECT COUNT(*) AT b', 'SELECT COUNT(a) AT b'],
    ['SELECT COUNT(*) AS x AT b', 'SELECT COUNT() AS x AT b'],
    ['SELECT a - (b - c) AS x AT d', 'SELECT a - b - c AS x AT d'],
    ['SELECT Revenue AT b', 'SELECT revenue AT b'],
    ['SELECT (x @ a) @ b AS y AT c', 'SELECT (x @ b) @ a AS y AT c'],
    ['SELECT (x @ a) @ b AS y AT c', 'SELECT x @ (a, b) AS y AT c'],
    ['WITH n = a SELECT n AT b', 'WITH n = a SELECT a AT b'],
    ['WITH n = a SELECT n AT b', 'WITH n = c SELECT n AT b'],
    [
      'SELECT CASE a WHEN 1 THEN b WHEN 2 THEN c END AS x AT d',
      'SELECT CASE a WHEN 2 THEN c WHEN 1 THEN b END AS x AT d',
    ],
  ])('%s ≠ %s', (one, other) => {
    expect(print(other)).not.toBe(print(one));
  });

  /** Each doubles the text of what it compares, if nothing keeps it small. */
  it.each<[string, string]>([
    ['BETWEEN', `SELECT a AT b WHERE ${'('.repeat(150)}c${' BETWEEN 1 AND 2)'.repeat(150)}`],
    ['CASE', `SELECT ${'CASE '.repeat(150)}c${' WHEN 1 THEN a WHEN 2 THEN b END'.repeat(150)} AS x AT b`],
    [
      'definitions',
      `WITH a0 = x${Array.from({ length: 60 }, (_, i) => `, a${i + 1} = a${i} + a${i}`).join('')} SELECT a60 AT b`,
    ],
    ['AND', `SELECT a AT b WHERE ${'('.repeat(90)}c${' AND d) OR e'.repeat(90)}`],
  ])('stays small where %s nests', (_, text) => {
    expect(canonicalJson(canonicalStatement(statement(text))).length).toBeLessThan(20 * text.length);
    expect(print(text.replace('c', '(c)'))).toBe(print(text));
    expect(print(text.replace('SELECT', 'SELECT 1 AS one,'))).not.toBe(print(text));
  });

  it('tells long sides of a comparison apart', () => {
    const long = (name: string) => `SELECT a AT b WHERE ${Array.from({ length: 40 }, () => name).join(' + ')} = 1`;
    expect(print(long('c'))).toBe(print(long('(c)')));
    expect(print(long('c'))).not.toBe(print(long('d')));
  });

  it.each(STATEMENTS)('is that of the printed text: %s', (text) => {
    expect(print(printStatement(statement(text)))).toBe(print(text));
  });

  it('is the SHA-256 of the canonical text', () => {
    const canonical = statement("SELECT region, revenue AT region WHERE store = 'S1' AND day = 2.0");
    const text =
      '{"anchor":{"set":["region"]},"from":null,"having":null,' +
      '"items":[{"expr":{"name":"region"},"name":"region"},{"expr":{"name":"revenue"},"name":"revenue"}],' +
      '"limit":null,"order":[],"where":{"and":[' +
      '{"compare":"=","sides":[{"literal":{"digits":1,"exact":"20"}},{"name":"day"}]},' +
      '{"compare":"=","sides":[{"literal":{"kind":"text","value":"S1"}},{"name":"store"}]}]}}';
    expect(canonicalJson(canonicalStatement(canonical))).toBe(text);
    expect(astFingerprint(canonical)).toBe(createHash('sha256').update(`ast\0${text}`).digest('hex'));
  });
});
