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

  const base =
    'SELECT r, SUM(a) AS x, a - b AS y FROM t AT (r, s) WHERE c = 1 OR d = 0.30 HAVING x > 2 ORDER BY r, x LIMIT 3 PER r';
  it.each<[string, string, string]>([
    ['an operator', 'SUM(a)', 'MIN(a)'],
    ['an alias', 'AS x, a', 'AS z, a'],
    ['arithmetic', 'a - b', 'a + b'],
    ['sides', 'a - b', 'b - a'],
    ['a schema', 'FROM t', 'FROM u'],
    ['no schema', 'FROM t ', ''],
    ['a coarser grain', 'AT (r, s)', 'AT r'],
    ['the order of an anchor that is not all listed', 'AT (r, s)', 'AT (s, r)'],
    ['a constant', 'c = 1', 'c = 2'],
    ['a comparison', 'c = 1', 'c <> 1'],
    ['digits of a constant', '0.30', '0.3'],
    ['a kind of constant', 'c = 1', "c = '1'"],
    ['a connective', 'OR d', 'AND d'],
    ['HAVING', 'x > 2', 'x >= 2'],
    ['a direction', 'r, x LIMIT', 'r, x DESC LIMIT'],
    ['the order of keys', 'BY r, x', 'BY x, r'],
    ['a limit', 'LIMIT 3', 'LIMIT 4'],
    ['PER', ' PER r', ''],
  ])('%s makes another', (_, from, to) => {
    const other = base.replace(from, to);
    expect(other).not.toBe(base);
    expect(print(other)).not.toBe(print(base));
  });

  it.each<[string, string]>([
    ['SELECT a, b AT c', 'SELECT b, a AT c'],
    ["SELECT a AT b WHERE c > DATE '2024-01-01'", "SELECT a AT b WHERE c > '2024-01-01'"],
    ['SELECT 1 AS x AT b', 'SELECT 1e0 AS x AT b'],
    ['SELECT 1 AS x AT b', 'SELECT -1 AS x AT b'],
    ['SELECT COUNT(*) AT b', 'SELECT COUNT(a) AT b'],
    ['SELECT a - (b - c) AS x AT d', 'SELECT a - b - c AS x AT d'],
    ['SELECT Revenue AT b', 'SELECT revenue AT b'],
  ])('%s ≠ %s', (one, other) => {
    expect(print(other)).not.toBe(print(one));
  });

  it.each(STATEMENTS)('is that of the printed text: %s', (text) => {
    expect(print(printStatement(statement(text)))).toBe(print(text));
  });

  it('is the SHA-256 of the canonical text', () => {
    const canonical = statement("SELECT region, revenue AT region WHERE store = 'S1' AND day = 2.0");
    const text =
      '{"anchor":{"set":["region"]},"from":null,"having":null,' +
      '"items":[{"alias":null,"expr":{"name":"region"}},{"alias":null,"expr":{"name":"revenue"}}],' +
      '"limit":null,"order":[],"where":{"and":[' +
      '{"compare":"=","left":{"name":"day"},"right":{"literal":{"digits":1,"exact":"20"}}},' +
      '{"compare":"=","left":{"name":"store"},"right":{"literal":{"kind":"text","value":"S1"}}}]}}';
    expect(canonicalJson(canonicalStatement(canonical))).toBe(text);
    expect(astFingerprint(canonical)).toBe(createHash('sha256').update(`ast\0${text}`).digest('hex'));
  });
});
