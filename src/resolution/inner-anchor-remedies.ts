import type { Schema } from '../collection/manifest.ts';
import type { Expr } from '../frameql/ast.ts';
import type { LevelReader } from './level.ts';
import type { OperatorCall } from './operator-call.ts';
import { determines, ownColumn } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { point, queryWith } from './rewrite.ts';

/** More choices would be no help. */
const MOST = 4;

/**
 * The operator over its argument at each dimension that all the schemas carry and the anchor does not determine: those
 * that determine one of the anchor's first, then dates, and at last what identifies single rows.
 */
export function innerAnchorRemedies(
  level: LevelReader,
  { expr, value, weight, operator }: OperatorCall,
  schemas: readonly Schema[],
): readonly Remedy[] {
  const { manifest, facts, statement } = level.context;
  const rank = (name: string, kind: string) => {
    if (level.anchor.some((each) => determines(manifest, facts, [name], each))) return 0;
    if (schemas.some((schema) => schema.grain.join() === name)) return 3;
    return kind === 'date' ? 1 : 2;
  };
  const names = manifest.dimensions
    .filter(
      ({ name }) =>
        schemas.length > 0 &&
        schemas.every((schema) => ownColumn(schema, name) !== undefined) &&
        !determines(manifest, facts, level.anchor, name),
    )
    .map(({ name, type }) => ({ name, rank: rank(name, type.kind) }))
    .sort((a, b) => a.rank - b.rank);
  const written = weight === null ? [value] : [value, weight];
  return names.slice(0, MOST).map(({ name }) => {
    const anchor = { points: [{ ...point(name), via: null }], span: expr.span };
    const anchored = written.map((operand): Expr => ({ kind: 'at', operand, anchor, span: operand.span }));
    const args = [...anchored, ...expr.args.slice(anchored.length)];
    const label = `${operator.name} over its values at each ${name}`;
    return { label, query: queryWith(statement, expr, { ...expr, args }) };
  });
}
