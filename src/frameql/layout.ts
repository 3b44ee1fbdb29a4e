import type { Statement } from './ast.ts';
import { printClauses, printDefinition, printItem } from './printer.ts';
import { tokenize } from './tokens.ts';

/** A list stands on one line up to this many columns. */
const WIDTH = 100;

/**
 * The canonical text over several lines, for people: what SELECT lists on one line while it is short, else an item a
 * line, and each further clause on a line of its own. It parses to the same statement. Comments are no part of a
 * statement and are lost: `hasComments` tells whether there are any.
 */
export function formatStatement(statement: Statement): string {
  const explain = statement.explain ? 'EXPLAIN ' : '';
  const lines: string[] = [];
  if (statement.definitions.length > 0) {
    // One a line: each is read on its own.
    lines.push(`${explain}WITH ${statement.definitions.map(printDefinition).join(',\n  ')}`);
  }
  lines.push(`${lines.length === 0 ? explain : ''}${listed(statement)}`);
  return [...lines, ...printClauses(statement).map((clause) => `  ${clause}`)].join('\n');
}

/** Whether a text holds comments, which formatting would lose. */
export function hasComments(text: string): boolean {
  return tokenize(text).some((token) => token.kind === 'comment');
}

function listed(statement: Statement): string {
  const items = statement.items.map(printItem);
  const line = `SELECT ${items.join(', ')}`;
  return line.length <= WIDTH ? line : `SELECT\n  ${items.join(',\n  ')}`;
}
