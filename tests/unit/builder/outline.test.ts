import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NameRole, OutlineItem, OutlineTerm, QuestionOutline } from '../../../src/builder/outline.ts';
import { outlineOf } from '../../../src/builder/outline-of.ts';
import { statementOf, writeOutline } from '../../../src/builder/statement-of.ts';
import type { Statement } from '../../../src/frameql/ast.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { anyStatement } from '../frameql/arbitrary-statement.ts';
import { STATEMENTS } from '../frameql/corpus.ts';

/** Nothing means anything: roles are not what these laws are about. */
const NAMELESS = { meaningOf: () => undefined };

function parsed(text: string): Statement {
  const result = parse(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.hint ?? result.error.found}`);
  return result.statement;
}

/** The canonical text that an outline is written as; its fault where it cannot be. */
function printed(outline: QuestionOutline): string {
  const made = statementOf(outline);
  return made.ok ? printStatement(made.statement) : `fault: ${made.fault.message}`;
}

/** As it crosses to a page and back. */
function carried(outline: QuestionOutline): QuestionOutline {
  return JSON.parse(JSON.stringify(outline));
}

describe('a statement taken apart and put together', () => {
  it('prints the same, whatever it holds', () => {
    let same = 0;
    fc.assert(
      fc.property(anyStatement, (statement) => {
        const text = printStatement(statement);
        const result = parse(text);
        // Deeper than a text may nest: it is no statement.
        fc.pre(result.ok);
        if (printed(carried(outlineOf(result.statement, NAMELESS))) !== printStatement(result.statement)) return false;
        same += 1;
        return true;
      }),
      { numRuns: 3000 },
    );
    expect(same).toBeGreaterThan(1500);
  });

  it.each(STATEMENTS)('%s', (text) => {
    const statement = parsed(text);
    expect(printed(outlineOf(statement, NAMELESS))).toBe(printStatement(statement));
  });

  it('has the same outline when its canonical text is read', () => {
    fc.assert(
      fc.property(anyStatement, (statement) => {
        const result = parse(printStatement(statement));
        fc.pre(result.ok);
        const outline = outlineOf(result.statement, NAMELESS);
        const again = parse(printed(outline));
        return again.ok && JSON.stringify(outlineOf(again.statement, NAMELESS)) === JSON.stringify(outline);
      }),
      { numRuns: 1000 },
    );
  });
});

const role: NameRole = 'unknown';

describe('what has a control of its own', () => {
  const itemCases: readonly (readonly [text: string, item: OutlineItem])[] = [
    ['revenue', { kind: 'name', name: 'revenue', role, alias: null }],
    ['revenue AS r', { kind: 'name', name: 'revenue', role, alias: 'r' }],
    ['SUM(revenue)', { kind: 'operator', operator: 'SUM', name: 'revenue', role, fraction: null, alias: null }],
    ['revenue.MAX', { kind: 'operator', operator: 'MAX', name: 'revenue', role, fraction: null, alias: null }],
    [
      'QUANTILE(revenue, 0.90) AS p90',
      { kind: 'operator', operator: 'QUANTILE', name: 'revenue', role, fraction: '0.90', alias: 'p90' },
    ],
    ['COUNT(*)', { kind: 'rows', alias: null }],
    ['SUM(a - b) AS d', { kind: 'expression', text: 'SUM(a - b)', alias: 'd' }],
    ['AVG(revenue @ (day)) AS d', { kind: 'expression', text: 'AVG(revenue @ day)', alias: 'd' }],
    ['RANK(revenue) AS r', { kind: 'expression', text: 'RANK(revenue)', alias: 'r' }],
    ['LAST(stock, combine => SUM)', { kind: 'expression', text: 'LAST(stock, combine => SUM)', alias: null }],
    ['WEIGHTED_AVG(a, b) AS w', { kind: 'expression', text: 'WEIGHTED_AVG(a, b)', alias: 'w' }],
    ['SUM(a, b) AS w', { kind: 'expression', text: 'SUM(a, b)', alias: 'w' }],
  ];
  it.each(itemCases)('SELECT %s', (text, item) => {
    expect(outlineOf(parsed(`SELECT ${text} AT ()`), NAMELESS).items).toEqual([item]);
  });

  const termCases: readonly (readonly [text: string, ...terms: OutlineTerm[]])[] = [
    ["region = 'East'", { kind: 'compare', name: 'region', operator: '=', value: { kind: 'text', text: 'East' } }],
    ['a >= -1.50', { kind: 'compare', name: 'a', operator: '>=', value: { kind: 'number', text: '-1.50' } }],
    ['a < TRUE', { kind: 'compare', name: 'a', operator: '<', value: { kind: 'bool', value: true } }],
    [
      "day <> DATE '2024-01-31'",
      { kind: 'compare', name: 'day', operator: '<>', value: { kind: 'date', text: '2024-01-31' } },
    ],
    [
      'a NOT IN (1, -2)',
      {
        kind: 'in',
        name: 'a',
        values: [
          { kind: 'number', text: '1' },
          { kind: 'number', text: '-2' },
        ],
        negated: true,
      },
    ],
    [
      'a BETWEEN 1 AND 2',
      {
        kind: 'between',
        name: 'a',
        low: { kind: 'number', text: '1' },
        high: { kind: 'number', text: '2' },
        negated: false,
      },
    ],
    ['a IS NOT NULL', { kind: 'null', name: 'a', negated: true }],
    ["STARTS_WITH(a, 'x')", { kind: 'text', function: 'STARTS_WITH', name: 'a', value: 'x', negated: false }],
    ["NOT CONTAINS(a, 'x')", { kind: 'text', function: 'CONTAINS', name: 'a', value: 'x', negated: true }],
    [
      'a IS NULL AND b IS NULL',
      { kind: 'null', name: 'a', negated: false },
      { kind: 'null', name: 'b', negated: false },
    ],
    ['1 = a', { kind: 'expression', text: '1 = a' }],
    ['a = NULL', { kind: 'expression', text: 'a = NULL' }],
    ['a = b', { kind: 'expression', text: 'a = b' }],
    ['a IN (1, b)', { kind: 'expression', text: 'a IN (1, b)' }],
    ['NOT a IN (1)', { kind: 'expression', text: 'NOT a IN (1)' }],
    ['a = 1 OR b = 2', { kind: 'expression', text: 'a = 1 OR b = 2' }],
    ["UPPER(a) = 'X'", { kind: 'expression', text: "UPPER(a) = 'X'" }],
    ['CASE WHEN a = 1 THEN TRUE END', { kind: 'expression', text: 'CASE WHEN a = 1 THEN TRUE END' }],
  ];
  it.each(termCases)('WHERE %s', (text, ...terms) => {
    expect(outlineOf(parsed(`SELECT x AT () WHERE ${text}`), NAMELESS).where).toEqual(terms);
    expect(outlineOf(parsed(`SELECT x AT () HAVING ${text}`), NAMELESS).having).toEqual(terms);
  });

  it('the rest: definitions, FROM, bridges, order, limit', () => {
    const text =
      'EXPLAIN WITH m = a - b SELECT m AS x FROM s AT (region, promotion VIA pp) ORDER BY region, x DESC LIMIT 3 PER region';
    const { explain, definitions, from, anchor, order, limit } = outlineOf(parsed(text), NAMELESS);
    expect({ explain, definitions, from, anchor, order, limit }).toEqual({
      explain: true,
      definitions: [{ name: 'm', text: 'a - b' }],
      from: 's',
      anchor: [
        { name: 'region', via: null },
        { name: 'promotion', via: 'pp' },
      ],
      order: [
        { name: 'region', descending: false },
        { name: 'x', descending: true },
      ],
      limit: { count: 3, per: ['region'] },
    });
  });
});

describe('what is written', () => {
  const base = outlineOf(parsed('SELECT revenue AT region'), NAMELESS);
  const anyItem: fc.Arbitrary<OutlineItem> = fc.oneof(
    fc.record({
      kind: fc.constant('name' as const),
      name: fc.string({ unit: 'binary' }),
      role: fc.constant(role),
      alias: fc.option(fc.string({ unit: 'binary' })),
    }),
    fc.record({
      kind: fc.constant('expression' as const),
      text: fc.oneof(fc.string(), fc.constantFrom('a + b', 'SUM(a', 'x AS y', '', 'a -- c', 'CASE')),
      alias: fc.option(fc.string()),
    }),
    fc.record({
      kind: fc.constant('operator' as const),
      operator: fc.constantFrom('SUM', 'QUANTILE'),
      name: fc.string(),
      role: fc.constant(role),
      fraction: fc.option(fc.oneof(fc.string(), fc.constantFrom('0.5', '1e-1', '-1', '.5', '5.'))),
      alias: fc.option(fc.string()),
    }),
  );
  const typed = fc.oneof(fc.string(), fc.constantFrom('1', '-2.5', '+3', '1e5', '1e999', '1_000', ' 7 ', '٣'));
  const anyTerm: fc.Arbitrary<OutlineTerm> = fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      name: fc.string(),
      operator: fc.constantFrom('=' as const, '<' as const),
      value: fc.record({ kind: fc.constantFrom('number' as const, 'text' as const, 'date' as const), text: typed }),
    }),
    fc.record({
      kind: fc.constant('in' as const),
      name: fc.string(),
      values: fc.array(fc.record({ kind: fc.constantFrom('number' as const, 'text' as const), text: typed })),
      negated: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('expression' as const), text: typed }),
  );

  it('parses, whatever is typed, or tells the choice that does not', () => {
    fc.assert(
      fc.property(fc.array(anyItem), fc.array(anyTerm), fc.array(anyTerm), fc.nat(), (items, where, having, count) => {
        const written = writeOutline({ ...base, items, where, having, limit: { count, per: null } });
        if (!written.ok) return written.fault.message !== '';
        return parse(written.text).ok;
      }),
      { numRuns: 2000 },
    );
  });

  it('says which choice cannot be written, and why', () => {
    const text: OutlineTerm = { kind: 'compare', name: 'a', operator: '=', value: { kind: 'text', text: '' } };
    const number: OutlineTerm = { kind: 'compare', name: 'a', operator: '=', value: { kind: 'number', text: ' ' } };
    const none: OutlineTerm = { kind: 'in', name: 'a', values: [], negated: false };
    expect(writeOutline({ ...base, where: [text, number] })).toEqual({
      ok: false,
      fault: { part: 'where', index: 1, message: 'Type a number.' },
    });
    expect(writeOutline({ ...base, having: [none] })).toEqual({
      ok: false,
      fault: { part: 'having', index: 0, message: 'Add at least one value.' },
    });
    expect(writeOutline({ ...base, limit: { count: 1.5, per: null } })).toMatchObject({ fault: { part: 'limit' } });
    const open: OutlineItem = { kind: 'expression', text: 'SUM(', alias: null };
    expect(writeOutline({ ...base, items: [...base.items, open] })).toMatchObject({
      fault: { part: 'items', index: 1 },
    });
  });

  it('lists the coordinates where no series is chosen, and is empty where nothing is', () => {
    expect(writeOutline({ ...base, items: [] })).toEqual({ ok: true, text: 'SELECT region\n  AT region' });
    expect(writeOutline({ ...base, items: [], anchor: [] })).toEqual({ ok: true, text: '' });
    const limited = { ...base, items: [], anchor: [], limit: { count: 3, per: null } };
    expect(writeOutline(limited)).toMatchObject({ ok: false, fault: { part: 'items' } });
  });
});
