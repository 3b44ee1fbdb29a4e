import { operatorNamed } from '../operators/catalog.ts';
import type { Expr, NamedArgument, NamedPoint } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import { makeCall } from './call.ts';
import type { Cursor } from './cursor.ts';
import { meantCall, parseForeignCall } from './foreign-call-parser.ts';
import { nameOf, parseName } from './name-parser.ts';
import { lowerCase, type Token, upperCase } from './tokens.ts';

/** What begins with a name: the name itself, `NAME(…)`, or `family.OPERATOR`. */
export function parseReference(cursor: Cursor, read: ReadExpr): Expr | null {
  const from = cursor.start;
  if (cursor.token?.kind === 'name' && cursor.at('(', 1)) return parseCall(cursor, read);
  const first = parseName(cursor, 'an expression');
  if (first === null) return null;
  const names = [first];
  while (cursor.at('.')) {
    cursor.advance();
    const next = parseName(cursor, 'a name');
    if (next === null) return null;
    names.push(next);
  }
  return names.length === 1 ? { kind: 'name', ...first } : member(cursor, from, names);
}

/** `family.OPERATOR` is `OPERATOR(family)`; `table.name` is noted, and read as the name. */
function member(cursor: Cursor, from: number, names: readonly NamedPoint[]): Expr | null {
  const span = { from, to: cursor.end };
  const [family, last] = names.slice(-2);
  if (family === undefined || last === undefined) return null;
  const isOperator = !last.quoted && operatorNamed(last.name) !== undefined;
  if (!isOperator || names.length > 2) cursor.habit('qualified name', span, ['a name']);
  if (!isOperator) return { kind: 'name', name: last.name, quoted: last.quoted, span };
  const place = { nameSpan: last.span, span };
  // It is printed as a call, which stands one bracket deeper.
  return cursor.deeper(() => makeCall(cursor, upperCase(last.name), [{ kind: 'name', ...family }], place));
}

/** `NAME(argument, …)` or `COUNT(*)`. */
function parseCall(cursor: Cursor, read: ReadExpr): Expr | null {
  const from = cursor.start;
  const name = nameOf(cursor.token);
  if (name === undefined) return cursor.fail();
  const callee = upperCase(name.name);
  // Printed as the first argument of a call, DISTINCT(x) would be read as DISTINCT of that call.
  if (callee === 'DISTINCT') return cursor.failHabit('COUNT(DISTINCT x)');
  cursor.advance();
  cursor.advance();
  if (callee === 'COUNT' && cursor.accept('*')) {
    if (!cursor.require(')')) return null;
    const span = { from, to: cursor.end };
    return { kind: 'call', callee, star: true, args: [], named: [], nameSpan: name.span, span };
  }
  const foreign = cursor.deeper(() => {
    const call = parseForeignCall(cursor, callee, name.span, read);
    return call === undefined ? 'none' : call;
  });
  if (foreign !== 'none') return foreign;
  const distinct = acceptDistinct(cursor);
  const list = cursor.deeper(() => parseArguments(cursor, read));
  if (list === null || !cursor.require(')')) return null;
  const place = { nameSpan: name.span, span: { from, to: cursor.end } };
  const counted = distinct && callee === 'COUNT' && list.args.length === 1;
  if (distinct) cursor.habit('COUNT(DISTINCT x)', place.span, ['`COUNT_DISTINCT(x)`'], counted);
  return counted
    ? makeCall(cursor, 'COUNT_DISTINCT', list.args, place, list.named)
    : meantCall(cursor, callee, list.args, place, list.named);
}

interface ArgumentList {
  readonly args: readonly Expr[];
  readonly named: readonly NamedArgument[];
}

/** `expr, …, name => expr` up to the closing bracket; there may be none. */
function parseArguments(cursor: Cursor, read: ReadExpr): ArgumentList | null {
  const args: Expr[] = [];
  const named = new Map<string, NamedArgument>();
  if (cursor.at(')')) return { args, named: [] };
  do {
    const name = cursor.at('=>', 1) ? argumentName(cursor.token) : undefined;
    if (name !== undefined) {
      const argument = parseNamed(cursor, name, read);
      if (argument === null) return null;
      if (named.has(argument.name)) {
        cursor.note(name.span, [], 'This argument is named twice. Leave one of them out.', null, null);
      }
      named.set(argument.name, argument);
      continue;
    }
    const argument = read(cursor);
    if (argument === null) return null;
    args.push(argument);
    if (named.size > 0) {
      const hint = 'Arguments with a name stand last. Write them after the others.';
      cursor.note(argument.span, [], hint, 'Put the named arguments last', null);
    }
  } while (cursor.accept(','));
  return { args, named: [...named.values()] };
}

/** The name of an argument; a word of the language may be one, as in `order => month`. */
function argumentName(token: Token | null): NamedPoint | undefined {
  return token?.kind === 'keyword' ? { name: token.text, quoted: false, span: token.span } : nameOf(token);
}

function parseNamed(cursor: Cursor, name: NamedPoint, read: ReadExpr): NamedArgument | null {
  cursor.advance();
  cursor.advance();
  const value = read(cursor);
  return value && { name: lowerCase(name.name), value, span: { from: name.span.from, to: cursor.end } };
}

/** Goes past DISTINCT where an argument follows it; a dimension may be named `distinct`. */
function acceptDistinct(cursor: Cursor): boolean {
  if (!cursor.atWord('DISTINCT')) return false;
  const next = cursor.ahead(1);
  if (nameOf(next) === undefined && !cursor.at('(', 1)) return false;
  cursor.advance();
  return true;
}
