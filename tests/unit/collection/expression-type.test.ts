import { describe, expect, it } from 'vitest';
import { namesIn, renamed } from '../../../src/collection/compile/expression.ts';
import { type ExpressionProblem, expressionType, words } from '../../../src/collection/compile/expression-type.ts';
import { DAY, decimal, INT64, type LogicalType, period, TEXT } from '../../../src/columns/logical-type.ts';
import type { Expr } from '../../../src/frameql/ast.ts';
import { parseExpression } from '../../../src/frameql/parser.ts';
import { printExpr } from '../../../src/frameql/printer.ts';

const TYPES: Readonly<Record<string, LogicalType>> = {
  revenue: decimal(2),
  count: INT64,
  region: TEXT,
  day: DAY,
  month: period('month'),
};

function parsed(text: string): Expr {
  const result = parseExpression(text);
  if (!result.ok) throw new SyntaxError(text);
  return result.expr;
}

/** The type of an expression of a collection, or what is reported, each with the text at its place. */
function told(text: string): string {
  const problems: ExpressionProblem[] = [];
  const type = expressionType(parsed(text), {
    typeOf: (name) => TYPES[name],
    report: (problem) => problems.push(problem),
  });
  const places = problems.map((each) =>
    each.kind === 'call'
      ? `calls ${each.operator} at ${each.span.from}`
      : `${each.problem} at ${each.span.from}. ${each.remedy}`,
  );
  return [...(type === undefined ? [] : [words(type)]), ...places].join('\n');
}

describe('expressions of a collection', () => {
  it.each([
    ['COALESCE(revenue, 0) / count', 'double'],
    ['CASE WHEN count > 0 THEN revenue ELSE 0 END', 'decimal(2)'],
    ['ROUND(revenue, 1)', 'decimal(1)'],
    ["region IN ('East', 'West') AND NOT region IS NULL", 'bool'],
    ["day BETWEEN '2024-01-01' AND '2024-12-31'", 'bool'],
    ["STARTS_WITH(region, 'E')", 'bool'],
    ["DATE_TRUNC('month', day) = month", 'bool'],
    ['day - 7', 'date'],
    ['NULL', 'NULL'],
    ['revenue = NULL', 'bool'],
    ["DATE '2024-01-31'", 'a date'],
    ['0.1234567890123456789', 'double'],
    ['SUM(revenue)', 'calls SUM at 0'],
    ['1 + COUNT(*)', 'calls COUNT(*) at 4'],
    ['CUMSUM(revenue)', 'calls CUMSUM at 0'],
    ['COALESCE(LAG(revenue), 0)', 'calls LAG at 9'],
    ['revenue / (revenue @ ())', 'calls @ at 11'],
    ['ROUND(region)', 'ROUND is not defined for text: `region` at 6. Write int64, decimal or double.'],
    ['ABS()', 'ABS takes 1 argument, not 0: ABS(x) at 0. Write ABS(x).'],
    [
      "month IN ('2024-01', '2024-01-15')",
      "`month` is a month like '2024-01'; '2024-01-15' is not a value of that type at 0. Compare values of one type.",
    ],
  ])('%s: %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it('names are found and replaced wherever they stand', () => {
    const expr = parsed(
      'CASE a WHEN b THEN c ELSE COALESCE(d, e) END + (f @ (g)) > 0 AND h IN (i, 1) AND j BETWEEN k AND l',
    );
    expect([...namesIn(expr).keys()].sort()).toEqual('abcdefhijkl'.split(''));
    expect([...namesIn(renamed(expr, (name) => `${name}${name}`)).keys()].sort()).toEqual(
      'abcdefhijkl'.split('').map((name) => name + name),
    );
    expect(printExpr(renamed(parsed('a IS NOT NULL'), () => 'z'))).toBe('z IS NOT NULL');
  });
});
