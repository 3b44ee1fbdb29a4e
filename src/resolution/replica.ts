import { printExpr } from '../frameql/printer.ts';
import type { Expression } from '../operators/expression.ts';
import { readAnchor } from './anchor.ts';
import { LevelReader } from './level.ts';
import { nameAt } from './rewrite.ts';
import type { AtExpr } from './typing.ts';

/**
 * `x @ A` outside an operator: x at exactly A, repeated at every row of the outer level, whose anchor determines A.
 * Undefined after a cause was added.
 */
export function readReplica(outer: LevelReader, expr: AtExpr): Expression | undefined {
  const { context } = outer;
  const key = printExpr(expr);
  const known = outer.replicas.get(key);
  if (known !== undefined) return { kind: 'column', name: known.name, type: known.type };
  const before = context.causes.list.length;
  const points = readAnchor(context, expr.anchor);
  for (const { name, type, point } of points) outer.coordinate({ ...nameAt(name, expr), span: point.span }, name, type);
  if (context.causes.list.length > before) return undefined;
  const reader = new LevelReader(context, points, false);
  const value = reader.read(expr.operand);
  if (value === undefined) return undefined;
  const name = context.nextName();
  const { type } = value;
  outer.replicas.set(key, { name, label: key, value, type, reader });
  const families = [...reader.leaves.values()].flatMap((leaf) => leaf.families);
  outer.leaves.set(name, { families, isCount: false, isReplica: true });
  return { kind: 'column', name, type };
}
