import type { SemanticManifest } from '../collection/manifest.ts';
import type { Expr, SelectItem, Statement } from '../frameql/ast.ts';
import { namesOf } from './names.ts';
import type { Remedy } from './refusal.ts';
import { callAt, queryWith } from './rewrite.ts';

/**
 * The question with a series that has no exact value computed in doubles, right to about 15 digits: what its operator
 * takes is multiplied by the double 1. None for a formula, or an operator over an inner anchor.
 */
export function inDoubles(manifest: SemanticManifest, statement: Statement, { expr }: SelectItem): readonly Remedy[] {
  const asDouble = (operand: Expr): Expr => {
    const one: Expr = { kind: 'literal', value: { kind: 'double', value: 1 }, span: expr.span };
    return { kind: 'arithmetic', operator: '*', left: operand, right: one, span: operand.span };
  };
  const call = expr.kind === 'name' ? reducing(manifest, expr) : expr;
  const [of, ...others] = call?.kind === 'call' ? call.args : [];
  if (call?.kind !== 'call' || of === undefined || of.kind === 'at') return [];
  const doubled = { ...call, args: [asDouble(of), ...others] };
  return [{ label: 'In doubles, to about 15 digits', query: queryWith(statement, expr, doubled) }];
}

/** A bare family as the operator that it stands for. */
function reducing(manifest: SemanticManifest, expr: Extract<Expr, { kind: 'name' }>): Expr | undefined {
  const meaning = namesOf(manifest).meaningOf(expr.name);
  const [family] = meaning?.kind === 'family' ? meaning.families : [];
  const operator = family?.kind === 'root' ? family.ipReducers[0]?.operator : undefined;
  return operator === undefined ? undefined : callAt(operator, expr.name, expr);
}
