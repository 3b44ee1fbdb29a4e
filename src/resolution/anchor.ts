import type { LogicalType } from '../columns/logical-type.ts';
import type { Anchor, AnchorPoint } from '../frameql/ast.ts';
import { bridgesNamed, membershipOf } from './membership.ts';
import type { Membership } from './query.ts';
import type { QueryContext } from './query-context.ts';
import { queryText, renamed, withPointInstead } from './rewrite.ts';

/** A dimension of an anchor, with where it is written. */
export interface ReadPoint {
  readonly name: string;
  readonly type: LogicalType;
  readonly point: AnchorPoint;
  /** Where it is reached by membership on purpose. */
  readonly membership: Membership | null;
}

/** Settles the names of an anchor: each a dimension, each once. What is none is a cause, and left out. */
export function readAnchor(context: QueryContext, anchor: Anchor): readonly ReadPoint[] {
  const { names, statement, causes } = context;
  const points: ReadPoint[] = [];
  for (const written of anchor.points) {
    const meaning = names.meaningOf(written.name);
    if (meaning?.kind === 'dimension') {
      const { name, type } = meaning.dimension;
      if (points.some((each) => each.name === name)) {
        const query = queryText(withPointInstead(statement, written, null));
        causes.add('NAME_COLLISION', { name, between: 'anchor' }, written.span, [{ label: 'Name it once', query }]);
        continue;
      }
      const membership = written.via === null ? null : readMembership(context, name, type, written);
      // A dimension that is not reached stays in the anchor, so that only the reason why is told.
      if (membership === undefined) context.isUnsettled = true;
      points.push({ name, type, point: written, membership: membership ?? null });
      continue;
    }
    const suggestions =
      meaning?.kind === 'attribute' ? [meaning.attribute.of] : names.suggest(written.name, ['dimension']);
    const remedies = suggestions.map((name) => ({
      label: `At ${name}`,
      query: queryText(renamed(statement, written.name, name)),
    }));
    causes.add('UNKNOWN_NAME', { name: written.name, kind: 'dimension', suggestions }, written.span, remedies);
    context.isUnsettled = true;
  }
  return points;
}

/** The membership that `dimension VIA bridge` asks for; undefined after a cause was added. */
function readMembership(
  context: QueryContext,
  dimension: string,
  type: LogicalType,
  written: AnchorPoint,
): Membership | undefined {
  const { manifest, statement, causes } = context;
  const via = written.via?.name ?? '';
  const span = written.via?.span ?? written.span;
  const bridges = bridgesNamed(manifest, via);
  for (const bridge of bridges) {
    const membership = membershipOf(context, bridge, dimension, type);
    if (membership !== undefined) return membership;
  }
  const leading = manifest.bridges.filter((each) => membershipOf(context, each, dimension, type) !== undefined);
  const suggestions = [...new Set(leading.map((each) => each.via))];
  const replaced = (name: string | null) => {
    const via = name === null ? null : { name, quoted: false, span };
    return queryText(withPointInstead(statement, written, { ...written, via }));
  };
  const remedies = [
    ...suggestions.map((name) => ({ label: `Via ${name}`, query: replaced(name) })),
    { label: 'Without VIA', query: replaced(null) },
  ];
  if (bridges.length === 0) {
    return causes.add('UNKNOWN_NAME', { name: via, kind: 'bridge', suggestions }, span, remedies);
  }
  const parameters = { series: `${dimension} VIA ${via}`, dimension, schemas: [via], reachable: [] };
  return causes.add('UNREACHABLE_ANCHOR', parameters, span, remedies);
}
