import type { Anchor, Expr, NamedPoint } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { unquote } from './literal.ts';
import type { Token } from './tokens.ts';

/** The name that a token is; undefined where it is no name. */
export function nameOf(token: Token | null): NamedPoint | undefined {
  if (token?.kind === 'name') return { name: token.text, quoted: false, span: token.span };
  if (token?.kind === 'quoted') return { name: unquote(token.text), quoted: true, span: token.span };
  return undefined;
}

/** The name that an expression is, without its kind. */
export function pointOf({ name, quoted, span }: Extract<Expr, { kind: 'name' }>): NamedPoint {
  return { name, quoted, span };
}

/** `name` or `"name"`; `label` says what it names. */
export function parseName(cursor: Cursor, label: string): NamedPoint | null {
  const name = nameOf(cursor.token);
  if (name === undefined) {
    cursor.couldBe(label);
    return cursor.fail();
  }
  cursor.advance();
  return name;
}

/**
 * `point`, `(…)`, `{…}` or `()`. Where a comma cannot mean anything else (`several`), a list without brackets is noted
 * and read as if it had them.
 */
export function parseAnchor(cursor: Cursor, bare: 'one' | 'several' = 'several'): Anchor | null {
  const from = cursor.start;
  const points: NamedPoint[] = [];
  const close = cursor.accept('(') ? ')' : cursor.accept('{') ? '}' : null;
  if (close === null) {
    do {
      if (!parsePoint(cursor, points)) return null;
    } while (bare === 'several' && cursor.at(',') && cursor.accept(','));
    const span = { from, to: cursor.end };
    if (points.length > 1) cursor.habit('AT list', span, ['`(`']);
    return { points, span };
  }
  if (!cursor.accept(close)) {
    do {
      if (!parsePoint(cursor, points)) return null;
    } while (cursor.accept(','));
    if (!cursor.require(close)) return null;
  }
  return { points, span: { from, to: cursor.end } };
}

function parsePoint(cursor: Cursor, points: NamedPoint[]): true | null {
  const point = parseName(cursor, 'a dimension');
  if (point === null) return null;
  points.push(point);
  const from = cursor.start;
  if (!cursor.at('VIA')) return true;
  cursor.advance();
  if (!parseName(cursor, 'a schema')) return null;
  cursor.absent('VIA', { from, to: cursor.end });
  return true;
}
