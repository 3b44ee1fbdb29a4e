import type { Expr, SelectItem, Statement } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { operatorNamed } from '../operators/catalog.ts';
import type { Names } from '../resolution/names.ts';
import { andTerms } from '../resolution/where.ts';
import {
  type NameRole,
  type OutlineItem,
  type OutlineTerm,
  type OutlineValue,
  type QuestionOutline,
  TEXT_CONDITIONS,
} from './outline.ts';
import { valueIn } from './value.ts';

/** A statement as choices. Whatever has no control of its own is kept as text. */
export function outlineOf(statement: Statement, names: Pick<Names, 'meaningOf'>): QuestionOutline {
  const { explain, definitions, items, from, anchor, where, having, order, limit } = statement;
  return {
    explain,
    definitions: definitions.map(({ name, expr }) => ({ name: name.name, text: printExpr(expr) })),
    items: items.map((item) => itemOf(item, names)),
    from: from?.name ?? null,
    anchor: anchor.points.map(({ name, via }) => ({ name, via: via?.name ?? null })),
    where: andTerms(where).map(termOf),
    having: andTerms(having).map(termOf),
    order: order.map(({ name, descending }) => ({ name: name.name, descending })),
    limit: limit && { count: limit.count, per: limit.per?.points.map((each) => each.name) ?? null },
  };
}

function itemOf({ expr, alias: named }: SelectItem, names: Pick<Names, 'meaningOf'>): OutlineItem {
  const alias = named?.name ?? null;
  if (expr.kind === 'name') return { kind: 'name', name: expr.name, role: roleOf(names, expr.name), alias };
  if (expr.kind === 'call') {
    if (expr.star && expr.callee === 'COUNT') return { kind: 'rows', alias };
    const [of, second, ...more] = expr.args;
    const operator = operatorNamed(expr.callee);
    const fraction = second === undefined ? null : plainNumber(second);
    const takes = operator?.parameters[0] === 'q' ? 1 : 0;
    const fits = operator !== undefined && expr.args.length === 1 + takes && fraction !== undefined;
    if (fits && of?.kind === 'name' && !expr.star && expr.named.length + more.length === 0) {
      const role = roleOf(names, of.name);
      return { kind: 'operator', operator: expr.callee, name: of.name, role, fraction, alias };
    }
  }
  return { kind: 'expression', text: printExpr(expr), alias };
}

/** A number without a sign, as written; undefined for anything else. */
function plainNumber(expr: Expr): string | undefined {
  const value = expr.kind === 'literal' ? valueIn(expr) : undefined;
  return value?.kind === 'number' ? value.text : undefined;
}

function roleOf(names: Pick<Names, 'meaningOf'>, name: string): NameRole {
  return names.meaningOf(name)?.kind ?? 'unknown';
}

function termOf(expr: Expr): OutlineTerm {
  return known(expr) ?? { kind: 'expression', text: printExpr(expr) };
}

/** The condition as a control can show it: one name against values; undefined for any other. */
function known(expr: Expr): OutlineTerm | undefined {
  switch (expr.kind) {
    case 'compare': {
      const value = valueIn(expr.right);
      if (expr.left.kind !== 'name' || value === undefined) return undefined;
      return { kind: 'compare', name: expr.left.name, operator: expr.operator, value };
    }
    case 'in': {
      const values = allValues(expr.values);
      if (expr.operand.kind !== 'name' || values === undefined) return undefined;
      return { kind: 'in', name: expr.operand.name, values, negated: expr.negated };
    }
    case 'between': {
      const [low, high] = [valueIn(expr.low), valueIn(expr.high)];
      if (expr.operand.kind !== 'name' || low === undefined || high === undefined) return undefined;
      return { kind: 'between', name: expr.operand.name, low, high, negated: expr.negated };
    }
    case 'isNull':
      if (expr.operand.kind !== 'name') return undefined;
      return { kind: 'null', name: expr.operand.name, negated: expr.negated };
    case 'call':
      return textCondition(expr, false);
    case 'not':
      return expr.operand.kind === 'call' ? textCondition(expr.operand, true) : undefined;
    default:
      return undefined;
  }
}

function textCondition(call: Extract<Expr, { kind: 'call' }>, negated: boolean): OutlineTerm | undefined {
  const name = TEXT_CONDITIONS.find((each) => each === call.callee);
  const [of, value, ...more] = call.args;
  if (name === undefined || call.star || call.named.length + more.length > 0) return undefined;
  if (of?.kind !== 'name' || value?.kind !== 'literal' || value.value.kind !== 'text') return undefined;
  return { kind: 'text', function: name, name: of.name, value: value.value.value, negated };
}

function allValues(exprs: readonly Expr[]): readonly OutlineValue[] | undefined {
  const values = exprs.map(valueIn).filter((each) => each !== undefined);
  return values.length === exprs.length ? values : undefined;
}
