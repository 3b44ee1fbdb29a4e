import type { Definition } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import { nameOf, parseName } from './name-parser.ts';

/** `WITH name = expr, …` up to the SELECT that it serves; null after a failure. */
export function parseDefinitions(cursor: Cursor): readonly Definition[] | null {
  cursor.advance();
  if (cursor.atWord('RECURSIVE') && nameOf(cursor.ahead(1)) !== undefined) return cursor.fail();
  const definitions: Definition[] = [];
  const names = new Set<string>();
  do {
    const definition = parseDefinition(cursor);
    if (definition === null) return null;
    const { name } = definition;
    if (names.has(name.name)) {
      cursor.note(name.span, [], 'WITH defines this name twice. Leave one of the definitions out.', null, null);
    }
    names.add(name.name);
    definitions.push(definition);
  } while (cursor.accept(','));
  return definitions;
}

function parseDefinition(cursor: Cursor): Definition | null {
  const name = parseName(cursor, 'a name');
  if (name === null || !acceptSign(cursor)) return null;
  const expr = parseExpr(cursor);
  return expr && { name, expr, span: { from: name.span.from, to: cursor.end } };
}

/** Goes past `=`; AS is noted and read as one, unless a statement follows it. */
function acceptSign(cursor: Cursor): true | null {
  const word = cursor.token?.span;
  if (!cursor.at('AS') || word === undefined) return cursor.require('=');
  if (cursor.at('(', 1) && cursor.at('SELECT', 2)) return cursor.failHabit('WITH AS');
  cursor.habit('WITH AS', word, ['`=`']);
  cursor.advance();
  return true;
}
