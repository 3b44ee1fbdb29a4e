import type { Expr, Statement } from './ast.ts';
import { Cursor, type Finding } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import type { KnownNames } from './known-names.ts';
import { printStatement } from './printer.ts';
import { parseStatement } from './statement-parser.ts';
import type { SyntaxFailure, SyntaxIssue, SyntaxRemedy } from './syntax-issue.ts';

export type ParseResult = { readonly ok: true; readonly statement: Statement } | SyntaxFailure;
export type ExpressionResult = { readonly ok: true; readonly expr: Expr } | SyntaxFailure;

/**
 * Reads a statement. Never throws: whatever the text, it is a statement or a syntax issue with a place in it. A habit
 * from SQL, or a construct that has an equivalent, comes with the same question in Frame-QL; `names` lets more of them
 * be told. Whether a remedy's names mean something is for resolution to say.
 */
export function parse(text: string, names: KnownNames | null = null): ParseResult {
  return read(text, names).result;
}

/** Reads one expression: a derived formula, a family's `where`, a collection's `filter`. Offsets are in that text. */
export function parseExpression(text: string): ExpressionResult {
  const cursor = new Cursor(text);
  const expr = parseExpr(cursor);
  if (expr !== null && cursor.token !== null) {
    cursor.couldBe('the end of the text');
    cursor.fail();
  }
  return expr !== null && cursor.findings.length === 0 ? { ok: true, expr } : failure(cursor.findings, []);
}

/** The parser's work on a text: tokens looked at and nodes made. At most 200 × (length + 1). */
export function parserSteps(text: string): number {
  return read(text, null).steps;
}

function read(text: string, names: KnownNames | null): { readonly result: ParseResult; readonly steps: number } {
  const cursor = new Cursor(text);
  const statement = parseStatement(cursor, names);
  const { findings } = cursor;
  if (statement !== null && findings.length === 0) return { result: { ok: true, statement }, steps: cursor.steps };
  const remedy = statement === null ? null : repaired(statement, findings);
  const steps = cursor.steps + (remedy?.steps ?? 0);
  return { result: failure(findings, remedy === null ? [] : [remedy.remedy]), steps };
}

/** The repaired statement as a remedy of the first finding; null where one of them could not be repaired. */
function repaired(
  statement: Statement,
  findings: readonly Finding[],
): { readonly remedy: SyntaxRemedy; readonly steps: number } | null {
  const label = inTextOrder(findings)[0]?.repair ?? null;
  if (label === null || findings.some((finding) => finding.repair === null)) return null;
  const query = printStatement(statement);
  // Near the limit of depth a repair may need a bracket too many.
  const again = read(query, null);
  return again.result.ok ? { remedy: { label, query }, steps: again.steps } : null;
}

/** What a failure says before anything was read. */
const NOTHING_READ: Finding = {
  span: { from: 0, to: 0 },
  found: 'an empty text',
  expected: ['`SELECT`'],
  hint: null,
  habit: null,
  repair: null,
};

function failure(findings: readonly Finding[], remedies: readonly SyntaxRemedy[]): SyntaxFailure {
  const [first = NOTHING_READ, ...rest] = inTextOrder(findings);
  return { ok: false, error: issueOf(first, remedies), others: rest.map((finding) => issueOf(finding, [])) };
}

function issueOf({ span, found, expected, hint, habit }: Finding, remedies: readonly SyntaxRemedy[]): SyntaxIssue {
  return { span, found, expected, hint, remedies, habit };
}

function inTextOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => a.span.from - b.span.from);
}
