import type { Expr } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseAnchor } from './name-parser.ts';

/** Constructs without an equivalent: each is noted as absent and gone past, so that what follows is read too. */

/** Stands where something was read that the language cannot say; never reaches a remedy. */
export function nothing(cursor: Cursor, from: number): Expr {
  return { kind: 'literal', value: { kind: 'null' }, span: { from, to: cursor.end } };
}

/** Goes past `CASE … END`, inner ones included. */
export function parseCase(cursor: Cursor): Expr | null {
  const from = cursor.start;
  cursor.absent('CASE', cursor.token?.span ?? { from, to: from });
  let open = 0;
  do {
    if (cursor.at('CASE')) open++;
    if (cursor.at('END')) open--;
    if (cursor.token === null) {
      cursor.couldBe('`END`');
      return cursor.fail();
    }
    cursor.advance();
  } while (open > 0);
  return nothing(cursor, from);
}

/** Goes past any `@ anchor`; null after a failure. */
export function skipInnerAnchors(cursor: Cursor): true | null {
  while (cursor.at('@')) {
    const from = cursor.start;
    cursor.absent('@', { from, to: from + 1 });
    cursor.advance();
    if (parseAnchor(cursor, 'one') === null) return null;
  }
  return true;
}

/** Goes past `WITH name = …` up to the SELECT that it serves. */
export function skipDefinitions(cursor: Cursor): true | null {
  const from = cursor.start;
  cursor.absent('WITH', cursor.token?.span ?? { from, to: from });
  let open = 0;
  while (open > 0 || !cursor.at('SELECT')) {
    if (cursor.at('(')) open++;
    if (cursor.at(')')) open--;
    if (cursor.token === null) {
      cursor.couldBe('`SELECT`');
      return cursor.fail();
    }
    cursor.advance();
  }
  return true;
}
