import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examplesOf } from '../../../scripts/docs/manual-examples.mjs';
import { PROJECT } from '../../../scripts/project.mjs';
import type { Expr } from '../../../src/frameql/ast.ts';
import { childrenOf } from '../../../src/frameql/children.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { printStatement } from '../../../src/frameql/printer.ts';
import { KEYWORDS, tokenize } from '../../../src/frameql/tokens.ts';
import { OPERATORS } from '../../../src/operators/catalog.ts';
import { SCALAR_FUNCTIONS } from '../../../src/operators/functions/scalar-functions.ts';
import { WINDOWS } from '../../../src/operators/window.ts';
import { type ManualSessions, openManual } from './manual-session.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const manual = read('docs/frame-ql.md');
const examples = examplesOf(manual);

describe('each example answers what is shown', () => {
  let sessions: ManualSessions;
  beforeAll(async () => {
    sessions = await openManual();
  });
  afterAll(() => sessions.close());

  test.each(examples.filter(({ result }) => result !== null))(
    'line $line: $statement',
    async ({ collection, statement, result }) => {
      expect(await sessions.ask(collection, statement)).toBe(result);
    },
  );

  test.each(habits())('%s is told as %s', async (habit, instead) => {
    const refusal = await sessions.refusalOf(habit);
    expect(refusal?.remedies[0] ?? refusal?.code).toBe(printed(instead));
    expect(await sessions.refusalOf(instead)).toBeNull();
  });
});

describe('the manual is whole', () => {
  const statements = examples.map(({ statement }) => statement);
  const trees = statements.flatMap((statement) => {
    const parsed = parse(statement);
    return parsed.ok ? [parsed.statement] : [];
  });
  const expressions = trees
    .flatMap(({ definitions, items, where, having }) => [
      ...[...definitions, ...items].map(({ expr }) => expr),
      ...(where === null ? [] : [where]),
      ...(having === null ? [] : [having]),
    ])
    .flatMap(within);
  const calls = new Set(expressions.flatMap((expr) => (expr.kind === 'call' ? [expr.callee] : [])));

  test('what has no result parses', () => {
    const unread = examples.filter(({ result, statement }) => result === null && !parse(statement).ok);
    expect(unread).toEqual([]);
  });

  test('every keyword stands in an example', () => {
    const words = new Set(
      statements.flatMap((statement) =>
        tokenize(statement).flatMap(({ kind, text }) => (kind === 'keyword' ? [text.toUpperCase()] : [])),
      ),
    );
    expect(KEYWORDS.filter((word) => !words.has(word))).toEqual([]);
  });

  test('every kind of expression stands in an example', () => {
    const kinds = new Set(expressions.map(({ kind }) => kind));
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('every operator and window stands in an example, but PRODUCT, which no family of the demo lists', () => {
    const names = [...Object.keys(OPERATORS), ...Object.keys(WINDOWS)].map((name) => name.replace('(*)', ''));
    expect(names.filter((name) => !calls.has(name))).toEqual(['PRODUCT']);
  });

  test('every named argument stands in an example', () => {
    const named = new Set(
      expressions.flatMap((expr) => (expr.kind === 'call' ? expr.named.map(({ name }) => name) : [])),
    );
    const takes = Object.values(WINDOWS).flatMap((window) => window.takes);
    expect(['order', 'combine', ...takes].filter((name) => !named.has(name))).toEqual([]);
  });

  test('functions of every group stand in examples, and all of them on the page that is linked', () => {
    const used = new Set(SCALAR_FUNCTIONS.flatMap(({ name, group }) => (calls.has(name) ? [group] : [])));
    expect(SCALAR_FUNCTIONS.filter(({ group }) => !used.has(group))).toEqual([]);
    const pages = ['docs/operators.md', 'docs/windows.md', 'docs/functions.md'].map(read).join('\n');
    const names = [...SCALAR_FUNCTIONS.map(({ name }) => name), ...Object.keys(OPERATORS), ...Object.keys(WINDOWS)];
    expect(names.filter((name) => !pages.includes(`| \`${name.replace('(*)', '')}(`))).toEqual([]);
    for (const page of ['operators.md', 'windows.md', 'functions.md']) expect(manual).toContain(`](${page})`);
  });

  test('every link leads somewhere', () => {
    const anchors = new Set(
      [...manual.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const links = [...manual.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) =>
      link.startsWith('#') ? !anchors.has(link.slice(1)) : !existsSync(join(PROJECT, 'docs', link)),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });

  test('a Frame shows no more than eight rows, and no line is too wide', () => {
    const long = examples.filter(({ result }) => (result ?? '').split('\n').length > 16);
    expect(long).toEqual([]);
    expect(examples.flatMap(({ result }) => (result ?? '').split('\n')).filter((line) => line.length > 122)).toEqual(
      [],
    );
  });
});

/** Every kind of node. */
const KINDS: readonly Expr['kind'][] = Object.keys({
  literal: true,
  name: true,
  call: true,
  negate: true,
  arithmetic: true,
  compare: true,
  and: true,
  or: true,
  not: true,
  isNull: true,
  in: true,
  between: true,
  case: true,
  at: true,
} satisfies { readonly [Kind in Expr['kind']]: true }).filter((kind): kind is Expr['kind'] => kind !== '');

function within(expr: Expr): Expr[] {
  return [expr, ...childrenOf(expr).flatMap(within)];
}

/** The rows of the table of habits: SQL, and the same in Frame-QL. */
function habits(): [string, string][] {
  const table = manual.slice(manual.indexOf('| in SQL |'), manual.indexOf('There are no subqueries'));
  return [...table.matchAll(/^\| `(.+)` \| `(.+)` \|$/gm)].map(([, sql = '', frameQl = '']) => [
    sql.replaceAll('\\|', '|'),
    frameQl.replaceAll('\\|', '|'),
  ]);
}

function printed(statement: string): string {
  const parsed = parse(statement);
  return parsed.ok ? printStatement(parsed.statement) : (parsed.error.hint ?? statement);
}
