import type { Anchor, AnchorPoint, Expr, NamedPoint } from './ast.ts';
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

/** A name as a point of an anchor, reached without a bridge. */
export function anchorPoint({ name, quoted, span }: NamedPoint): AnchorPoint {
  return { name, quoted, span, via: null };
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
  const points: AnchorPoint[] = [];
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

/** `dimension [VIA bridge]`; the point's span is the dimension's. */
function parsePoint(cursor: Cursor, points: AnchorPoint[]): true | null {
  const point = parseName(cursor, 'a dimension');
  if (point === null) return null;
  const hasBridge = cursor.accept('VIA');
  const via = hasBridge ? parseName(cursor, 'a bridge') : null;
  if (hasBridge && via === null) return null;
  points.push({ ...point, via });
  return true;
}
