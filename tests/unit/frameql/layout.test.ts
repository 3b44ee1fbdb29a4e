import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStatement, hasComments } from '../../../src/frameql/layout.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { anyStatement } from './arbitrary-statement.ts';
import { STATEMENTS } from './corpus.ts';

function formatted(text: string): string {
  const result = parse(text);
  return result.ok ? formatStatement(result.statement) : (result.error.hint ?? result.error.found);
}

function canonical(text: string): string {
  const result = parse(text);
  return result.ok ? printStatement(result.statement) : (result.error.hint ?? result.error.found);
}

describe('formatStatement', () => {
  it.each<[text: string, lines: readonly string[]]>([
    ['select region, revenue at region', ['SELECT region, revenue', '  AT region']],
    [
      "select region, revenue from t where day > '2024-01-01' at region having revenue > 1 order by revenue desc limit 3 per region",
      [
        'SELECT region, revenue',
        '  FROM t',
        '  AT region',
        "  WHERE day > '2024-01-01'",
        '  HAVING revenue > 1',
        '  ORDER BY revenue DESC',
        '  LIMIT 3 PER region',
      ],
    ],
    ['explain select a at ()', ['EXPLAIN SELECT a', '  AT ()']],
    [
      'explain with net = revenue - cost, share = net / revenue select share at month',
      ['EXPLAIN WITH net = revenue - cost,', '  share = net / revenue', 'SELECT share', '  AT month'],
    ],
    [`select ${'a'.repeat(45)}, ${'b'.repeat(46)} at r`, [`SELECT ${'a'.repeat(45)}, ${'b'.repeat(46)}`, '  AT r']],
    [
      `select ${'a'.repeat(45)}, ${'b'.repeat(47)} at r`,
      ['SELECT', `  ${'a'.repeat(45)},`, `  ${'b'.repeat(47)}`, '  AT r'],
    ],
  ])('%s', (text, lines) => {
    expect(formatted(text)).toBe(lines.join('\n'));
  });

  it.each(STATEMENTS)('says the same: %s', (text) => {
    expect(canonical(formatted(text))).toBe(text);
  });

  it('says the same of any statement', () => {
    fc.assert(
      fc.property(anyStatement, (statement) => {
        expect(canonical(formatStatement(statement))).toBe(printStatement(statement));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('hasComments', () => {
  it.each<[string, boolean]>([
    ['SELECT a AT b -- why', true],
    ['-- only this', true],
    ['SELECT a AT b', false],
    ['SELECT a AT b WHERE c = \'-- no\' AND "--" = 1 - -2', false],
    ['', false],
  ])('%s: %s', (text, has) => {
    expect(hasComments(text)).toBe(has);
  });
});
