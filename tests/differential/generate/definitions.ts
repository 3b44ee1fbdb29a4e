import { childrenOf, type Expr, exprKey, mapChildren, nameOf } from '../expr.ts';
import { type Definition, type Item, outputName, type Question } from '../question.ts';
import type { Random } from '../random.ts';

/** The question with some of its parts named by WITH. */
export function withDefinitions(random: Random, question: Question): Question {
  let made = question;
  for (let place = 0, count = random.between(1, 3); place < count; place++) made = defined(random, made, `w${place}`);
  return made;
}

/** One part of an item, of WHERE or of HAVING, and of an earlier definition, is named wherever it stands. */
function defined(random: Random, question: Question, name: string): Question {
  const { items, where, having, definitions } = question;
  const wholes = [...items.map(({ expr }) => expr), where, having, ...definitions.map(({ expr }) => expr)];
  const parts = wholes.flatMap((each) => (each === null ? [] : partsOf(each)));
  if (parts.length === 0) return question;
  const part = random.pick(parts);
  const key = exprKey(part);
  const put = (expr: Expr): Expr => (exprKey(expr) === key ? nameOf(name) : mapChildren(expr, put));
  const hasClauses = having !== null || question.order.length > 0 || question.limit !== null;
  const isUsed = (each: Definition) => exprKey(put(each.expr)) !== exprKey(each.expr);
  const used = definitions.findIndex(isUsed);
  const own: Definition = { name, expr: part };
  const changed = definitions.map((each) => ({ ...each, expr: put(each.expr) }));
  return {
    ...question,
    // A definition comes before those that use it.
    definitions: used < 0 ? [...changed, own] : [...changed.slice(0, used), own, ...changed.slice(used)],
    items: items.map((item) => aliased(item, put, hasClauses)),
    where: where && put(where),
    having: having && put(having),
  };
}

/** An item keeps the name that its column had, where other clauses may use it. */
function aliased({ expr, alias }: Item, put: (expr: Expr) => Expr, isUsed: boolean): Item {
  const changed = put(expr);
  const isSame = outputName({ expr: changed, alias }) === outputName({ expr, alias });
  return { expr: changed, alias: isSame || !isUsed ? alias : outputName({ expr, alias }) };
}

/** Parts that may be named: no literals, and none that a definition's own name stands for already. */
function partsOf(expr: Expr): readonly Expr[] {
  const inside = childrenOf(expr).flatMap(partsOf);
  return expr.kind === 'literal' || expr.kind === 'name' ? inside : [expr, ...inside];
}
