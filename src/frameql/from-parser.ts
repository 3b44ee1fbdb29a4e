import type { NamedPoint } from './ast.ts';
import { clauseHere } from './clause.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import { nameOf, parseAnchor, parseName } from './name-parser.ts';

/** A schema. Second names and JOINs are noted, and left out of what is read. */
export function parseFrom(cursor: Cursor): NamedPoint | null {
  if (cursor.at('(')) {
    cursor.couldBe('a schema');
    return cursor.failHabit('subquery');
  }
  const schema = parseName(cursor, 'a schema');
  if (schema === null) return null;
  const second = acceptSecondName(cursor);
  if (second !== null) cursor.habit('table alias', second.span);
  for (;;) {
    const words = joinWords(cursor);
    if (words.length === 0) return schema;
    if (!parseJoin(cursor, words)) return null;
  }
}

/** SQL's words of a join, none of which Frame-QL knows. */
const JOIN_WORDS = ['NATURAL', 'INNER', 'CROSS', 'LEFT', 'RIGHT', 'FULL', 'OUTER', 'JOIN'] as const;

/** The words of a join that begins here, JOIN last, or the comma of one; empty where none does. */
function joinWords(cursor: Cursor): readonly string[] {
  if (cursor.at(',')) return [','];
  const words: string[] = [];
  for (;;) {
    const word = JOIN_WORDS.find((each) => cursor.atWord(each, words.length));
    if (word === undefined || words.length > 3) return [];
    words.push(word);
    if (word === 'JOIN') return words;
  }
}

/** Goes past `[LEFT] JOIN table [name] [ON … | USING (…)]`. What keeps every row of the first table can be left out. */
function parseJoin(cursor: Cursor, words: readonly string[]): true | null {
  const from = cursor.start;
  for (const _ of words) cursor.advance();
  const span = { from, to: cursor.end };
  const told = !words.some((word) => [',', 'CROSS', 'RIGHT', 'FULL'].includes(word));
  cursor.habit('JOIN', span, [], told);
  const noted = cursor.findings.length;
  if (!parseName(cursor, 'a name')) return null;
  acceptSecondName(cursor);
  if (cursor.atWord('ON')) {
    cursor.advance();
    if (!parseExpr(cursor)) return null;
  } else if (cursor.atWord('USING')) {
    cursor.advance();
    if (!parseAnchor(cursor, 'one')) return null;
  }
  cursor.forget(noted);
  return true;
}

/** Goes past `name` or `AS name` where that is a second name for the table before it. */
function acceptSecondName(cursor: Cursor): NamedPoint | null {
  const after = cursor.at('AS') ? 1 : 0;
  const name = nameOf(cursor.ahead(after));
  if (name === undefined || (after === 0 && !endsTable(cursor))) return null;
  for (let count = after + 1; count > 0; count--) cursor.advance();
  return name;
}

/** Whether the name here ends a table: a clause, a join or the end follows, and it begins neither itself. */
function endsTable(cursor: Cursor): boolean {
  if (joinWords(cursor).length > 0 || clauseHere(cursor) !== null || cursor.atWord('ON') || cursor.atWord('USING')) {
    return false;
  }
  return (
    cursor.ahead(1) === null ||
    [',', ';', ')'].some((mark) => cursor.at(mark, 1)) ||
    [...JOIN_WORDS, 'ON', 'USING'].some((word) => cursor.atWord(word, 1)) ||
    clauseHere(cursor, 1) !== null
  );
}
