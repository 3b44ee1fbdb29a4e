import { describe, expect, it } from 'vitest';
import type { Expr, LiteralValue } from '../../../src/frameql/ast.ts';
import { parse, parseExpression } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { withoutSpans } from './without-spans.ts';

const expression = (text: string): Expr | string => {
  const result = parseExpression(text);
  return result.ok ? result.expr : (result.error.hint ?? `found ${result.error.found}`);
};

const canonical = (text: string): string => {
  const result = parse(text);
  return result.ok ? printStatement(result.statement) : (result.error.hint ?? `found ${result.error.found}`);
};

describe('literals', () => {
  it.each<[string, LiteralValue]>([
    ['0.30', { kind: 'exact', units: '30', digits: 2 }],
    ['0.3', { kind: 'exact', units: '3', digits: 1 }],
    ['.5', { kind: 'exact', units: '5', digits: 1 }],
    ['007', { kind: 'exact', units: '7', digits: 0 }],
    ['0.00', { kind: 'exact', units: '0', digits: 2 }],
    ['92233720368547758070', { kind: 'exact', units: '92233720368547758070', digits: 0 }],
    ['1e3', { kind: 'double', value: 1000 }],
    ['2.5E-1', { kind: 'double', value: 0.25 }],
    ["'it''s'", { kind: 'text', value: "it's" }],
    ["date '2024-01-31'", { kind: 'date', value: '2024-01-31' }],
    ['True', { kind: 'bool', value: true }],
    ['FALSE', { kind: 'bool', value: false }],
    ['null', { kind: 'null' }],
  ])('%s', (text, value) => {
    expect(expression(text)).toEqual({ kind: 'literal', value, span: { from: 0, to: text.length } });
  });

  it('refuses a double that is none', () => {
    expect(expression('1e999')).toBe('This number is beyond what a double holds. Write one below 1e308.');
  });
});

describe('expressions', () => {
  it.each<[string, string]>([
    ['a + b * c', 'a + (b * c)'],
    ['a - b - c', '(a - b) - c'],
    ['a / b * c', '(a / b) * c'],
    ['-a * b', '(-a) * b'],
    ['a * -b', 'a * (-b)'],
    ['a + b > c - d', '(a + b) > (c - d)'],
    ['NOT a = b', 'NOT (a = b)'],
    ['NOT a AND b', '(NOT a) AND b'],
    ['a OR b AND c', 'a OR (b AND c)'],
    ['a AND b AND c', '(a AND b) AND c'],
    ['a AND b AND c', 'a AND (b AND c)'],
    ['a OR b OR c', 'a OR (b OR c)'],
    ['a != b', 'a <> b'],
    ['sum(a)', 'SUM(a)'],
    ['count( * )', 'COUNT(*)'],
    ['"region"', 'region'],
    ['a -- note\n + b', 'a + b'],
    ['revenue.sum', 'SUM(revenue)'],
    ['"a b".Quantile', 'QUANTILE("a b")'],
    ['revenue.SUM @ day', '(SUM(revenue)) @ (day)'],
    ['-x @ a', '-(x @ a)'],
    ['a + b @ c * d', 'a + ((b @ c) * d)'],
    ['x @ a @ b', '(x @ a) @ b'],
    ['x @ {a, b}', 'x @ (a, b)'],
    ['NOT a IN (1, 2)', 'NOT (a IN (1, 2))'],
    ['a + 1 NOT IN (b AND c)', '(a + 1) NOT IN ((b AND c))'],
    ['a BETWEEN 1 AND 2 AND b', '(a BETWEEN 1 AND 2) AND b'],
    ['a BETWEEN b + 1 AND c * 2 OR d', '(a BETWEEN (b + 1) AND (c * 2)) OR d'],
    ['NOT a IS NOT NULL OR b', '(NOT (a IS NOT NULL)) OR b'],
    ['case a when 1 then b end + 1', '(CASE a WHEN 1 THEN b END) + 1'],
    ['CASE WHEN a OR b THEN c AND d ELSE NOT e END', 'CASE WHEN (a OR b) THEN (c AND d) ELSE (NOT e) END'],
    ['lag(x, 1, STEP => Year)', 'LAG(x, 1, step => Year)'],
    ['f(a, "Step" => b => c)', 'F(a, step => b => c)'],
    ['now( )', 'NOW()'],
  ])('%s is %s', (text, same) => {
    expect(withoutSpans(expression(text))).toEqual(withoutSpans(expression(same)));
  });

  it.each<[string, string]>([
    ['a - b - c', 'a - (b - c)'],
    ['a + b + c', 'a + (b + c)'],
    ['-(a * b)', '-a * b'],
    ['NOT (a AND b)', 'NOT a AND b'],
    ['0.30', '0.3'],
    ['1', '1e0'],
    ["DATE '2024-01-01'", "'2024-01-01'"],
    ['(-x) @ a', '-x @ a'],
    ['(a + b) @ c', 'a + b @ c'],
    ['x @ a VIA b', 'x @ a'],
    ['x @ (a, b)', 'x @ (b, a)'],
    ['a IN (1)', 'a NOT IN (1)'],
    ['a IS NULL', 'a IS NOT NULL'],
    ['a BETWEEN 1 AND 2', 'a NOT BETWEEN 1 AND 2'],
    ['CASE a WHEN 1 THEN b END', 'CASE WHEN a = 1 THEN b END'],
    ['F(a => b)', 'F(b)'],
  ])('%s is not %s', (text, other) => {
    expect(withoutSpans(expression(text))).not.toEqual(withoutSpans(expression(other)));
  });

  it('keeps its places, brackets included', () => {
    expect(expression('(a + b) * SUM(c)')).toEqual({
      kind: 'arithmetic',
      operator: '*',
      left: {
        kind: 'arithmetic',
        operator: '+',
        left: { kind: 'name', name: 'a', quoted: false, span: { from: 1, to: 2 } },
        right: { kind: 'name', name: 'b', quoted: false, span: { from: 5, to: 6 } },
        span: { from: 1, to: 6 },
      },
      right: {
        kind: 'call',
        callee: 'SUM',
        star: false,
        named: [],
        args: [{ kind: 'name', name: 'c', quoted: false, span: { from: 14, to: 15 } }],
        nameSpan: { from: 10, to: 13 },
        span: { from: 10, to: 16 },
      },
      span: { from: 0, to: 16 },
    });
  });

  it('keeps the places of what is inside CASE, IN, BETWEEN, @ and named arguments', () => {
    const text = "CASE WHEN x IN ('a', 1) THEN F(y @ (p VIA q), step => year) ELSE z NOT BETWEEN 1 AND 2 END";
    const result = expression(text);
    if (typeof result === 'string' || result.kind !== 'case') throw new Error('not a CASE');
    const at = ({ span }: { readonly span: { readonly from: number; readonly to: number } }) =>
      text.slice(span.from, span.to);
    expect(at(result)).toBe(text);
    const [branch] = result.branches;
    if (branch?.when.kind !== 'in' || branch.then.kind !== 'call') throw new Error('not IN, then a call');
    expect(at(branch.when)).toBe("x IN ('a', 1)");
    expect(branch.when.values.map(at)).toEqual(["'a'", '1']);
    const [inner] = branch.then.args;
    if (inner?.kind !== 'at') throw new Error('not @');
    expect(at(inner)).toBe('y @ (p VIA q)');
    expect(at(inner.anchor)).toBe('(p VIA q)');
    expect(inner.anchor.points).toMatchObject([{ name: 'p', via: { name: 'q' } }]);
    expect(inner.anchor.points.map(at)).toEqual(['p']);
    expect(branch.then.named.map(at)).toEqual(['step => year']);
    if (result.otherwise?.kind !== 'between') throw new Error('not BETWEEN');
    expect([at(result.otherwise), at(result.otherwise.low), at(result.otherwise.high)]).toEqual([
      'z NOT BETWEEN 1 AND 2',
      '1',
      '2',
    ]);
  });

  it('takes the whole text', () => {
    expect(parseExpression('revenue - cost')).toMatchObject({ ok: true, expr: { kind: 'arithmetic' } });
    expect(parseExpression('revenue cost')).toMatchObject({ ok: false, error: { span: { from: 8, to: 12 } } });
    expect(parseExpression('')).toMatchObject({
      ok: false,
      error: { span: { from: 0, to: 0 }, found: 'an empty text', expected: ['an expression'], remedies: [] },
    });
  });
});

describe('statements', () => {
  it('keeps every clause and its place', () => {
    const text =
      'select r as x, "q q" from t where a = 1 at {r, s} having x > 0 order by r desc, s asc limit 05 per (r);';
    const result = parse(text);
    if (!result.ok) throw new Error(result.error.hint ?? result.error.found);
    const { items, from, anchor, where, having, order, limit, span } = result.statement;
    const at = (each: { readonly span: { readonly from: number; readonly to: number } } | null | undefined) =>
      each && text.slice(each.span.from, each.span.to);
    expect(items.map(at)).toEqual(['r as x', '"q q"']);
    expect(items.map((item) => item.alias?.name)).toEqual(['x', undefined]);
    expect(items[1]?.expr).toMatchObject({ kind: 'name', name: 'q q', quoted: true });
    expect(from).toEqual({ name: 't', quoted: false, span: { from: 26, to: 27 } });
    expect(at(anchor)).toBe('{r, s}');
    expect(anchor.points.map(at)).toEqual(['r', 's']);
    expect([at(where), at(having)]).toEqual(['a = 1', 'x > 0']);
    expect(order.map(at)).toEqual(['r desc', 's asc']);
    expect(order.map((key) => key.descending)).toEqual([true, false]);
    expect(at(limit)).toBe('limit 05 per (r)');
    expect(limit).toMatchObject({ count: 5, per: { points: [{ name: 'r' }] } });
    expect(span).toEqual({ from: 0, to: text.length - 1 });
  });

  it('keeps EXPLAIN and definitions', () => {
    const text = ' explain with "a" = 1 + 2, b = x = y select a at c ';
    const result = parse(text);
    if (!result.ok) throw new Error(result.error.hint ?? result.error.found);
    const { explain, definitions, span } = result.statement;
    expect(explain).toBe(true);
    expect(definitions.map((each) => text.slice(each.span.from, each.span.to))).toEqual(['"a" = 1 + 2', 'b = x = y']);
    expect(definitions.map((each) => [each.name.name, each.name.quoted, each.expr.kind])).toEqual([
      ['a', true, 'arithmetic'],
      ['b', false, 'compare'],
    ]);
    expect(text.slice(span.from, span.to)).toBe(text.trim());
    expect(parse('SELECT a AT b')).toMatchObject({ ok: true, statement: { explain: false, definitions: [] } });
  });

  it.each<[string, string]>([
    ['select revenue at ()', 'SELECT revenue AT ()'],
    ['select a at b via c', 'SELECT a AT b VIA c'],
    ['select a at {b via c, d}', 'SELECT a AT (b VIA c, d)'],
    ['select like, over, filter, interval as if at like', 'SELECT like, over, filter, interval AS if AT like'],
    ['select count(distinct), (distinct) + 1 as c at b', 'SELECT COUNT(distinct), distinct + 1 AS c AT b'],
    ['SELECT revenue AT {}', 'SELECT revenue AT ()'],
    ['SELECT revenue AT (region)', 'SELECT revenue AT region'],
    ["SELECT revenue WHERE region = 'East' AT region", "SELECT revenue AT region WHERE region = 'East'"],
    [
      "SELECT revenue FROM t WHERE ((region)) = ('East') AT region ;",
      "SELECT revenue FROM t AT region WHERE region = 'East'",
    ],
    ['SELECT a AT b ORDER BY "b" ASC', 'SELECT a AT b ORDER BY b'],
    ['SELECT a AT b LIMIT 3 PER ()', 'SELECT a AT b LIMIT 3 PER ()'],
    // Words that SQL reserves and Frame-QL does not are names.
    ['SELECT group, date, "left" AS join AT group', 'SELECT group, date, left AS join AT group'],
    ['SELECT distinct, COUNT(distinct) AT distinct', 'SELECT distinct, COUNT(distinct) AT distinct'],
    ['SELECT distinct * 2 AS twice FROM on AT all', 'SELECT distinct * 2 AS twice FROM on AT all'],
    ['SELECT -- what\n a AT b -- where', 'SELECT a AT b'],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });
});
