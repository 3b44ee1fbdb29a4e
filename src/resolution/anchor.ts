import type { LogicalType } from '../columns/logical-type.ts';
import type { Anchor, NamedPoint, Statement } from '../frameql/ast.ts';
import type { Names } from './names.ts';
import { queryText, renamed } from './rewrite.ts';
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
        const remedies = [
          { label: 'Name it once', query: queryText({ ...statement, anchor: { ...anchor, points: once } }) },
        ];
        causes.add('NAME_COLLISION', { name }, written.span, remedies);
      } else {
        points.push({ name, type, point: written });
      }
      continue;
    }
    const suggestions =
      meaning?.kind === 'attribute' ? [meaning.attribute.of] : names.suggest(written.name, ['dimension']);
    const remedies = suggestions.map((name) => ({
      label: `At ${name}`,
      query: queryText(renamed(statement, written.name, name)),
    }));
    causes.add('UNKNOWN_NAME', { name: written.name, kind: 'dimension', suggestions }, written.span, remedies);
  }
  return points;
}
