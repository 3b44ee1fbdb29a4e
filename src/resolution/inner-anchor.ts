import type { Anchor, Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { operatorNamed } from '../operators/catalog.ts';
import { windowNamed } from '../operators/window.ts';
import type { LevelReader } from './level.ts';
import type { OperatorCall } from './operator-call.ts';
import { queryWith } from './rewrite.ts';

/** At what an operator's arguments are taken: per row, or at an inner anchor. */
export type InnerAnchor =
  | { readonly kind: 'rows' }
  /** The arguments without their `@`. */
  | { readonly kind: 'anchored'; readonly anchor: Anchor; readonly value: Expr; readonly weight: Expr | null }
  /** A cause was added. */
  | { readonly kind: 'refused' };

/**
 * Finds the one inner anchor of an operator's arguments: `revenue @ (day)`, or `revenue @ (day) - cost @ (day)`. Values
 * at several anchors, or some at one and others at none, have no one grain.
 */
export function innerAnchor(level: LevelReader, { expr, value, weight, label }: OperatorCall): InnerAnchor {
  const anchors = new Map<string, Anchor>();
  const bare: Expr[] = [];
  const stripped = (each: Expr) => withoutAnchors(level, each, anchors, bare);
  const [plainValue, plainWeight] = [stripped(value), weight === null ? null : stripped(weight)];
  const [first, ...others] = anchors.values();
  if (first === undefined) return { kind: 'rows' };
  if (others.length === 0 && bare.length === 0) {
    return { kind: 'anchored', anchor: first, value: plainValue, weight: plainWeight };
  }
  const { causes, statement } = level.context;
  const candidates = [...anchors.values()].map((anchor) => printAnchorOf(anchor));
  const remedies = [...anchors.values()].map((anchor) => {
    const at = (operand: Expr): Expr => ({ kind: 'at', operand, anchor, span: operand.span });
    const args = [
      at(plainValue),
      ...(plainWeight === null ? [] : [at(plainWeight)]),
      ...expr.args.slice(weight === null ? 1 : 2),
    ];
    return { label: `All of it at ${printAnchorOf(anchor)}`, query: queryWith(statement, expr, { ...expr, args }) };
  });
  causes.add('INPUT_GRAIN_AMBIGUOUS', { series: label, unsaid: 'grain', candidates }, expr.span, remedies);
  return { kind: 'refused' };
}

/** The expression with its outermost `@` taken off; `bare` gets the series that have none. */
function withoutAnchors(level: LevelReader, expr: Expr, anchors: Map<string, Anchor>, bare: Expr[]): Expr {
  return rewrite(expr, (each) => {
    if (each.kind === 'at') {
      const names = each.anchor.points.map((point) => JSON.stringify([point.name, point.via?.name ?? null]));
      anchors.set(names.sort().join(), each.anchor);
      return each.operand;
    }
    const isReduced = each.kind === 'call' && (operatorNamed(each.callee) ?? windowNamed(each.callee)) !== undefined;
    if (isReduced || (each.kind === 'name' && level.context.names.meaningOf(each.name)?.kind === 'family')) {
      bare.push(each);
      return each;
    }
    return undefined;
  });
}

/** `(day, store)` as written. */
export function printAnchorOf(anchor: Anchor): string {
  const nothing: Expr = { kind: 'literal', value: { kind: 'null' }, span: anchor.span };
  return printExpr({ kind: 'at', operand: nothing, anchor, span: anchor.span }).replace(/^NULL @ /, '');
}
