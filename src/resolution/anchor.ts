import type { LogicalType } from '../columns/logical-type.ts';
import type { Anchor, NamedPoint, Statement } from '../frameql/ast.ts';
import type { Names } from './names.ts';
import { point, queryText } from './rewrite.ts';
import type { Causes } from './typing.ts';

/** A dimension of the anchor, with where it is written. */
export interface AnchorPoint {
  readonly name: string;
  readonly type: LogicalType;
  readonly point: NamedPoint;
}

/** Settles the names of AT: each a dimension, each once. */
export function readAnchor(names: Names, statement: Statement, anchor: Anchor, causes: Causes): readonly AnchorPoint[] {
  const points: AnchorPoint[] = [];
  for (const written of anchor.points) {
    const meaning = names.meaningOf(written.name);
    if (meaning?.kind === 'dimension') {
      const { name, type } = meaning.dimension;
      if (points.some((each) => each.name === name)) {
        const once = anchor.points.filter((each) => each !== written);
        const remedies = [{ label: 'Name it once', query: queryText({ ...statement, anchor: { ...anchor, points: once } }) }];
        causes.add('NAME_COLLISION', { name }, written.span, remedies);
      } else {
        points.push({ name, type, point: written });
      }
      continue;
    }
    const suggestions = meaning?.kind === 'attribute' ? [meaning.attribute.of] : names.suggest(written.name, ['dimension']);
    const remedies = suggestions.map((name) => ({
      label: `At ${name}`,
      query: queryText({ ...statement, ...renamed(statement, anchor, written, name) }),
    }));
    causes.add('UNKNOWN_NAME', { name: written.name, kind: 'dimension', suggestions }, written.span, remedies);
  }
  return points;
}

/** The misspelt dimension replaced in AT, and in SELECT where it is listed by the same name. */
function renamed(statement: Statement, anchor: Anchor, written: NamedPoint, name: string): Pick<Statement, 'anchor' | 'items'> {
  return {
    anchor: { ...anchor, points: anchor.points.map((each) => (each === written ? point(name) : each)) },
    items: statement.items.map((item) =>
      item.expr.kind === 'name' && item.expr.name === written.name
        ? { ...item, expr: { ...item.expr, name, quoted: false } }
        : item,
    ),
  };
}
