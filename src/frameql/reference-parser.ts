import { operatorNamed } from '../operators/catalog.ts';
import { nothing } from './absent-parser.ts';
import type { Expr, NamedPoint } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import { absentCall } from './constructs.ts';
import type { Cursor } from './cursor.ts';
import { nameOf, parseName } from './name-parser.ts';
import { upperCase } from './tokens.ts';

/** What begins with a name: the name itself, `OPERATOR(…)`, or `name.name`. */
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

/** `family.OPERATOR` is read as `OPERATOR(family)`, and `table.name` as the name. */
function member(cursor: Cursor, from: number, names: readonly NamedPoint[]): Expr | null {
  const span = { from, to: cursor.end };
  const [family, last] = [names[0], names.at(-1)];
  if (family === undefined || last === undefined) return null;
  if (names.length === 2 && !last.quoted) {
    if (operatorNamed(last.name) !== undefined) {
      cursor.absent('family.operator', span, 'Write the operator first');
      const args: readonly Expr[] = [{ kind: 'name', ...family }];
      const operator = upperCase(last.name);
      return cursor.made({ kind: 'call', operator, star: false, args, nameSpan: last.span, span }, args);
    }
    if (absentCall(last.name) === 'operator') {
      cursor.absent('operator', last.span);
      return nothing(cursor, from);
    }
  }
  cursor.habit('qualified name', span, ['a name']);
  return { kind: 'name', name: last.name, quoted: last.quoted, span };
}

/** `OPERATOR(argument, …)` or `COUNT(*)`. */
function parseCall(cursor: Cursor, read: ReadExpr): Expr | null {
  const from = cursor.start;
  const name = nameOf(cursor.token);
  if (name === undefined) return cursor.fail();
  const absent = absentCall(name.name);
  cursor.advance();
  if (absent !== undefined) {
    cursor.absent(absent, name.span);
    return cursor.skipBrackets() && nothing(cursor, from);
  }
  cursor.advance();
  const operator = upperCase(name.name);
  if (operator === 'COUNT' && cursor.accept('*')) {
    if (!cursor.require(')')) return null;
    return { kind: 'call', operator, star: true, args: [], nameSpan: name.span, span: { from, to: cursor.end } };
  }
  const distinct = acceptDistinct(cursor);
  const args = cursor.deeper(() => parseArguments(cursor, read));
  if (args === null || !cursor.require(')')) return null;
  const span = { from, to: cursor.end };
  const counted = distinct && operator === 'COUNT' && args.length === 1;
  if (distinct) cursor.habit('COUNT(DISTINCT x)', span, ['`COUNT_DISTINCT(x)`'], counted);
  const call = { kind: 'call', star: false, args, nameSpan: name.span, span } as const;
  return cursor.made({ ...call, operator: counted ? 'COUNT_DISTINCT' : operator }, args);
}

function parseArguments(cursor: Cursor, read: ReadExpr): readonly Expr[] | null {
  const args: Expr[] = [];
  do {
    const argument = read(cursor);
    if (argument === null) return null;
    args.push(argument);
  } while (cursor.accept(','));
  return args;
}

/** Goes past DISTINCT where an argument follows it; a dimension may be named `distinct`. */
function acceptDistinct(cursor: Cursor): boolean {
  if (!cursor.atWord('DISTINCT')) return false;
  const next = cursor.ahead(1);
  if (nameOf(next) === undefined && !cursor.at('(', 1)) return false;
  cursor.advance();
  return true;
}
