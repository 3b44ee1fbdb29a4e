import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/canon/issue.ts';
import { parse, parseExpression, parserSteps } from '../../../src/frameql/parser.ts';
import { printExpr, printStatement } from '../../../src/frameql/printer.ts';
import { tokenize } from '../../../src/frameql/tokens.ts';
import { anyExpr, anyStatement } from './arbitrary-statement.ts';
import { STATEMENTS, STRAY } from './corpus.ts';
import { withoutSpans } from './without-spans.ts';

const RUNS = { numRuns: 2000 };

/** Pieces of the language and what lies near it. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['SELECT', 'FROM', 'AT', 'WHERE', 'HAVING', 'ORDER', 'BY', 'LIMIT', 'PER', 'AS', 'AND', 'OR', 'NOT', 'IN', 'IS'],
    ...[
      'BETWEEN',
      'CASE',
      'WHEN',
      'THEN',
      'ELSE',
      'END',
      'NULL',
      'TRUE',
      'DATE',
      'VIA',
      'WITH',
      'EXPLAIN',
      'DISTINCT',
      'ASC',
    ],
    ...[
      'GROUP',
      'JOIN',
      'LEFT',
      'ON',
      'USING',
      'COUNT',
      'SUM',
      'RANK',
      'COALESCE',
      'ALL',
      'OVER',
      'FILTER',
      'LIKE',
      'CAST',
      'EXTRACT',
      'IFNULL',
      'IF',
      'INTERVAL',
      'PARTITION',
      'a',
      'b',
      'revenue',
    ],
    ...[
      '(',
      ')',
      '{',
      '}',
      ',',
      ';',
      '.',
      '*',
      '+',
      '-',
      '/',
      '=',
      '<',
      '<>',
      '!=',
      '>=',
      '@',
      '=>',
      '==',
      '%',
      '||',
      '--',
      '/*',
    ],
    ...["'x'", "'", '"', '"y"', '1', '0.30', '2e5', '1e999', '12ab', '2024-01-31', '\n', '#', '😀', '\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

/** A text of the corpus with a stretch taken out and pieces put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...STATEMENTS, ...STRAY),
    fc.array(fc.tuple(fc.nat(300), fc.nat(12), fc.array(piece, { maxLength: 2 })), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, edits]) =>
    edits.reduce((now, [at, cut, put]) => `${now.slice(0, at)} ${put.join(' ')} ${now.slice(at + cut)}`, text),
  );

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
  fc.array(piece, { maxLength: 20 }).map((pieces) => `SELECT ${pieces.join('')}`),
  mutated,
);

function expectInside(span: Span, text: string): void {
  expect(span.from).toBeGreaterThanOrEqual(0);
  expect(span.to).toBeGreaterThanOrEqual(span.from);
  expect(span.to).toBeLessThanOrEqual(text.length);
}

/** Every span in a tree. */
function spansOf(value: unknown): readonly Span[] {
  if (Array.isArray(value)) return value.flatMap(spansOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'from' in value && 'to' in value && typeof value.from === 'number' && typeof value.to === 'number';
  return own ? [{ from: Number(value.from), to: Number(value.to) }] : Object.values(value).flatMap(spansOf);
}

describe('print and parse', () => {
  it('parse(print(statement)) is the statement', () => {
    fc.assert(
      fc.property(anyStatement, (statement) => {
        const result = parse(printStatement(statement));
        expect(result.ok ? withoutSpans(result.statement) : result.error).toEqual(withoutSpans(statement));
      }),
      RUNS,
    );
  });

  it('parse(print(expression)) is the expression', () => {
    fc.assert(
      fc.property(anyExpr, (expr) => {
        const result = parseExpression(printExpr(expr));
        expect(result.ok ? withoutSpans(result.expr) : result.error).toEqual(withoutSpans(expr));
      }),
      RUNS,
    );
  });

  it('print(parse(text)) is a fixpoint', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, anyText), (text) => {
        const result = parse(text);
        if (!result.ok) return;
        const printed = printStatement(result.statement);
        const again = parse(printed);
        expect(again.ok && printStatement(again.statement)).toBe(printed);
      }),
      RUNS,
    );
  });

  it.each(STATEMENTS)('%s', (text) => {
    const result = parse(text);
    expect(result.ok && printStatement(result.statement)).toBe(text);
  });
});

describe('any text', () => {
  it('is a statement or an issue, its spans inside the text, its remedies statements in canonical form', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parse(text);
        if (result.ok) {
          for (const span of spansOf(result.statement)) expectInside(span, text);
          return;
        }
        for (const issue of [result.error, ...result.others]) {
          expectInside(issue.span, text);
          expect(issue.found).not.toBe('');
          expect(issue.hint === null ? issue.expected.length : 1).toBeGreaterThan(0);
        }
        for (const { query } of result.error.remedies) {
          const remedy = parse(query);
          expect(remedy.ok && printStatement(remedy.statement)).toBe(query);
        }
      }),
      RUNS,
    );
  });

  it('is an expression or an issue', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseExpression(text);
        const spans = result.ok ? spansOf(result.expr) : [result.error, ...result.others].map((issue) => issue.span);
        for (const span of spans) expectInside(span, text);
        if (!result.ok) expect(result.error.remedies).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is cut into tokens that leave only white space out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const { kind, text: own, span, problem } of tokenize(text)) {
          expect(text.slice(end, span.from)).toMatch(/^\s*$/);
          expect(span.to).toBeGreaterThan(span.from);
          expect(text.slice(span.from, span.to)).toBe(own);
          expect(problem !== null).toBe(kind === 'error');
          end = span.to;
        }
        expect(text.slice(end)).toMatch(/^\s*$/);
      }),
      RUNS,
    );
  });

  it('takes at most 200 steps a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parserSteps(text)).toBeLessThanOrEqual(200 * (text.length + 1));
      }),
      RUNS,
    );
  });
});

describe('long and deep texts', () => {
  const n = 20_000;
  it.each<[string, string]>([
    ['brackets', `SELECT ${'('.repeat(n)}`],
    ['closed brackets', `SELECT ${'('.repeat(n)}a${')'.repeat(n)} AT b`],
    ['NOT', `SELECT a AT b WHERE ${'NOT '.repeat(n)}c`],
    ['signs', `SELECT ${'- '.repeat(n)}a AS x AT b`],
    ['calls', `SELECT ${'SUM('.repeat(n)}`],
    ['sums', `SELECT a${' + a'.repeat(n)} AS x AT b`],
    ['products', `SELECT a${'*a'.repeat(n)} AS x AT b`],
    ['AND', `SELECT a AT b WHERE c = 1${' AND c = 1'.repeat(n)}`],
    ['OR in brackets', `SELECT a AT b WHERE ${'('.repeat(150)}c${' OR c) OR c'.repeat(150)}${' OR c'.repeat(n)}`],
    ['OR beside OR', `SELECT a AT b WHERE (c${' OR c'.repeat(n)}) OR (c${' OR c'.repeat(n)})`],
    ['items', `SELECT a${',a'.repeat(n)} AT b`],
    ['dimensions', `SELECT a AT (b${',b'.repeat(n)})`],
    ['bare dimensions', `SELECT a AT b${',b'.repeat(n)}`],
    ['arguments', `SELECT F(a${',a'.repeat(n)}) AS x AT b`],
    ['IN', `SELECT a AT b WHERE c IN (1${',1'.repeat(n)})`],
    ['short IN', `SELECT a AT b WHERE c IN (1${',1'.repeat(900)})`],
    ['closed nested IN', `SELECT a AT b WHERE ${'c IN ('.repeat(n)}1${')'.repeat(n)}`],
    ['nested IN', `SELECT a AT b WHERE ${'c IN ('.repeat(n)}`],
    ['BETWEEN', `SELECT a AT b WHERE c BETWEEN 1 AND 2${' OR c BETWEEN 1 AND 2'.repeat(2000)}`],
    ['nested BETWEEN', `SELECT a AT b WHERE c${' BETWEEN 1 AND (c'.repeat(n)}`],
    ['BETWEEN BETWEEN', `SELECT a AT b WHERE c${' BETWEEN 1 AND c'.repeat(n)}`],
    ['IS', `SELECT a AT b WHERE c${' IS NULL'.repeat(n)}`],
    ['IS TRUE', `SELECT a AT b WHERE c IS TRUE${' OR c IS TRUE'.repeat(n)}`],
    ['remainders', `SELECT a${'%a'.repeat(n)} AS x AT b`],
    ['some remainders', `SELECT a${'%a'.repeat(180)} AS x AT b`],
    ['joined texts', `SELECT a${'||a'.repeat(n)} AS x AT b`],
    ['LIKE', `SELECT a AT b WHERE c LIKE '%'${" OR c LIKE '%'".repeat(n)}`],
    ['FILTER', `SELECT ${'SUM('.repeat(150)}a${') FILTER (WHERE b)'.repeat(150)} AS x AT b`],
    ['OVER', `SELECT a() OVER (${'a() OVER ('.repeat(n)} AS x AT b`],
    ['ranks', `SELECT ${'RANK() OVER (ORDER BY '.repeat(n)} AS x AT b`],
    ['CAST', `SELECT ${'CAST('.repeat(n)} AS x AT b`],
    ['definitions', `WITH a = 1${', a = 1'.repeat(n)} SELECT a AT b`],
    [
      'doubling definitions',
      `WITH a0 = x${Array.from({ length: 2000 }, (_, i) => `, a${i + 1} = a${i} + a${i}`).join('')} SELECT a2000`,
    ],
    ['named arguments', `SELECT F(a => 1${Array.from({ length: 5000 }, (_, i) => `, a${i} => 1`).join('')}) AS x AT b`],
    ['joins', `SELECT a FROM t${' JOIN t ON a = b'.repeat(2000)} GROUP BY a`],
    ['join words', `SELECT a FROM t${' LEFT'.repeat(n)}`],
    ['group keys', `SELECT ${'a AS a,'.repeat(2000)}b FROM t GROUP BY a${',a'.repeat(n)}`],
    ['group all', `SELECT a${',a'.repeat(n)} FROM t GROUP BY ALL${', ALL'.repeat(n)}`],
    ['order keys', `SELECT ${'a,'.repeat(2000)}b AT c ORDER BY 1${',1'.repeat(2000)}`],
    ['having', `SELECT a AT b HAVING ${'F('.repeat(190)}c${')'.repeat(190)} ORDER BY 1`],
    ['CASE', `SELECT ${'CASE '.repeat(n)}`],
    ['CASE WHEN', `SELECT ${'CASE WHEN '.repeat(n)}`],
    ['branches', `SELECT CASE${' WHEN a THEN b'.repeat(n)} END AS x AT b`],
    ['closed CASE', `SELECT ${'CASE '.repeat(150)}a${' WHEN a THEN b END'.repeat(150)} AS x AT b`],
    ['quotes', `SELECT ${"'\n".repeat(n)}'`],
    ['doubled quotes', `SELECT '${"''".repeat(n)}`],
    ['mixed quotes', `SELECT ${'\'"\n'.repeat(n)}`],
    ['comments', `SELECT ${'/*'.repeat(n)}`],
    ['closed comments', `SELECT ${'/**/'.repeat(n)} a AT b`],
    ['points', `SELECT a${'.a'.repeat(n)} AT b`],
    ['inner anchors', `SELECT a${' @ b'.repeat(n)} AS x AT c`],
    ['some inner anchors', `SELECT a${' @ b'.repeat(90)} AS x AT c`],
    ['members', `SELECT ${'('.repeat(200)}a.SUM${')'.repeat(200)} AS x AT c`],
    ['digits', `SELECT ${'9'.repeat(n)}.${'9'.repeat(n)} AS x AT b`],
    ['one name', `SELECT ${'a'.repeat(n)} AT b`],
    ['clauses', `SELECT a${' FROM t'.repeat(n)} AT b`],
    ['WHERE', `SELECT a AT b${' WHERE c'.repeat(n)}`],
    ['semicolons', `SELECT a AT b ${';'.repeat(n)}`],
  ])('%s: in steps, not in stack', (_, text) => {
    expect(parserSteps(text)).toBeLessThanOrEqual(200 * (text.length + 1));
    const result = parse(text);
    if (result.ok) expect(parse(printStatement(result.statement)).ok).toBe(true);
    else expectInside(result.error.span, text);
    expect(() => parseExpression(text.slice('SELECT '.length))).not.toThrow();
  });

  it.each<[string, string]>([
    ['brackets', `SELECT ${'('.repeat(201)}a${')'.repeat(201)} AT b`],
    ['calls', `SELECT ${'F('.repeat(201)}a${')'.repeat(201)} AT b`],
    ['a chain', `SELECT a${' + a'.repeat(200)} AS x AT b`],
    ['NOT', `SELECT a AT b WHERE ${'NOT '.repeat(201)}c`],
  ])('%s beyond 200 are refused with what to do', (_, text) => {
    const result = parse(text);
    expect(result.ok ? null : result.error.hint).toBe(
      'This is nested more than 200 deep. Take it apart: fewer brackets and shorter chains of operators.',
    );
  });

  /** Each puts an expression into another; some need the bracket, some do not. */
  const WRAPPERS: readonly ((inner: string) => string)[] = [
    (inner) => `-(${inner})`,
    (inner) => `- ${inner}`,
    (inner) => `NOT (${inner})`,
    (inner) => `(${inner}) @ a`,
    (inner) => `(${inner}) @ a @ (b, c)`,
    (inner) => `(${inner}) = 1`,
    (inner) => `F(${inner}, step => year)`,
    (inner) => `F(step => ${inner})`,
    (inner) => `(${inner}) IN (1)`,
    (inner) => `1 IN (${inner})`,
    (inner) => `1 BETWEEN (${inner}) AND 2`,
    (inner) => `(${inner}) IS NULL`,
    (inner) => `CASE WHEN ${inner} THEN 1 END`,
    (inner) => `(1 + (${inner}))`,
  ];

  it('near the limit of depth are printed so that they can be read', () => {
    let read = 0;
    const tops = fc.constantFrom('a.SUM', 'a @ b @ c', '1', 'a');
    const wrappers = fc.uniqueArray(fc.nat(WRAPPERS.length - 1), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(tops, wrappers, fc.integer({ min: 40, max: 200 }), (top, chosen, height) => {
        let text: string = top;
        for (let storey = 0; storey < height; storey++) {
          text = WRAPPERS[chosen[storey % chosen.length] ?? 0]?.(text) ?? text;
        }
        const result = parseExpression(text);
        if (!result.ok) {
          expect(result.error.hint ?? result.error.found).toMatch(/nested more than 200|Two conditions|two sides|^`/);
          return;
        }
        read++;
        const printed = printExpr(result.expr);
        const again = parseExpression(printed);
        expect(again.ok && printExpr(again.expr)).toBe(printed);
      }),
      RUNS,
    );
    expect(read).toBeGreaterThan(300);
  });

  it.each<[string, string]>([
    ['brackets', `SELECT ${'('.repeat(200)}a${')'.repeat(200)} AT b`],
    ['a chain', `SELECT a${' + a'.repeat(199)} AS x AT b`],
    ['signs', `SELECT ${'- '.repeat(199)}a AS x AT b`],
  ])('%s of 200 are read and printed', (_, text) => {
    const result = parse(text);
    expect(result.ok && parse(printStatement(result.statement)).ok).toBe(true);
  });
});
