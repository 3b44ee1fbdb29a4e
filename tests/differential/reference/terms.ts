import { childrenOf, type Expr, isLiteral } from '../expr.ts';
import { FUNCTIONS } from '../logical-type.ts';
import type { Leaf } from './leaf.ts';
import type { Level } from './level.ts';

/** What the terms of a sum are made of: series, a value that is repeated, or something that says nothing of sums. */
export type Terms = 'series' | 'replica' | 'nothing';

/** Functions whose value is one of their arguments. */
const CHOOSING: ReadonlySet<string> = new Set(['COALESCE', 'GREATEST', 'LEAST']);

const WORST_FIRST: readonly Terms[] = ['replica', 'nothing', 'series'];

/** A series as a factor makes a term one of it, as a divisor it does not. `of` tells what stands at a leaf. */
export function termsOf(expr: Expr, of: (leaf: Expr) => Terms): Terms {
  const inside = (each: Expr) => termsOf(each, of);
  switch (expr.kind) {
    case 'name':
    case 'at':
      return of(expr);
    case 'call':
      if (FUNCTIONS[expr.callee] === undefined) return of(expr);
      if (CHOOSING.has(expr.callee)) return worst(expr.args.filter((each) => !isLiteral(each)).map(inside));
      if (expr.callee === 'NULLIF') return worst(expr.args.slice(0, 1).map(inside));
      if (expr.callee === 'ABS') return best(expr.args.map(inside));
      return best(expr.args.flatMap(partsOf).map(inside));
    case 'negate':
      return inside(expr.operand);
    case 'arithmetic': {
      const sides = [expr.left, expr.right].map(inside);
      if (expr.sign === '/') return sides[0] ?? 'nothing';
      return expr.sign === '*' ? best(sides) : worst(sides);
    }
    case 'case': {
      const values = [...expr.branches.map(({ value }) => value), ...(expr.otherwise === null ? [] : [expr.otherwise])];
      return worst(values.filter((each) => !isLiteral(each)).map(inside));
    }
    default:
      return 'nothing';
  }
}

/**
 * Whether it is not said if the expression has a series in each term: a sign is a constant that a series chooses, and a
 * function of `x + 1` may be one term or two.
 */
export function isDoubtful(expr: Expr): boolean {
  const isFunction = expr.kind === 'call' && FUNCTIONS[expr.callee] !== undefined;
  if (isFunction && expr.callee === 'SIGN') return true;
  const isPlain = (each: Expr) => isLiteral(each) || isLeaf(each);
  return (isFunction && !expr.args.every(isPlain)) || childrenOf(expr).some(isDoubtful);
}

/** The leaves of what a function takes: its value is one term, whatever it is made of. */
function partsOf(expr: Expr): readonly Expr[] {
  return isLeaf(expr) ? [expr] : childrenOf(expr).flatMap(partsOf);
}

function isLeaf(expr: Expr): boolean {
  return expr.kind === 'name' || expr.kind === 'at' || (expr.kind === 'call' && FUNCTIONS[expr.callee] === undefined);
}

/** The names whose values an expression over rows is made of; what conditions ask is none of them. */
export function addedNames(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case 'name':
      return [expr.name];
    case 'call':
      return expr.args.flatMap(addedNames);
    case 'negate':
      return addedNames(expr.operand);
    case 'arithmetic':
      return [expr.left, expr.right].flatMap(addedNames);
    case 'case':
      return [
        ...expr.branches.flatMap(({ value }) => addedNames(value)),
        ...(expr.otherwise === null ? [] : addedNames(expr.otherwise)),
      ];
    default:
      return [];
  }
}

/** The leaves whose values an expression is made of; what conditions ask is none of them. */
export function leavesIn(expr: Expr, level: Level): readonly Leaf[] {
  const own = level.leafOf(expr);
  if (own !== undefined) return [own];
  switch (expr.kind) {
    case 'name': {
      const family = level.context.world.families.find(({ name }) => name === expr.name);
      return family?.kind === 'derived' ? leavesIn(family.formula, level) : [];
    }
    case 'case': {
      const values = [...expr.branches.map(({ value }) => value), ...(expr.otherwise === null ? [] : [expr.otherwise])];
      return values.flatMap((each) => leavesIn(each, level));
    }
    case 'call':
      return expr.args.flatMap((each) => leavesIn(each, level));
    case 'negate':
    case 'arithmetic':
      return childrenOf(expr).flatMap((each) => leavesIn(each, level));
    default:
      return [];
  }
}

/** All leaves of an expression, those of its conditions included. */
export function leavesUnder(expr: Expr, level: Level): readonly Leaf[] {
  const own = level.leafOf(expr);
  if (own !== undefined) return [own];
  const family = level.context.world.families.find(({ name }) => expr.kind === 'name' && name === expr.name);
  if (family?.kind === 'derived') return leavesUnder(family.formula, level);
  return childrenOf(expr).flatMap((each) => leavesUnder(each, level));
}

function worst(terms: readonly Terms[]): Terms {
  return WORST_FIRST.find((each) => terms.includes(each)) ?? 'nothing';
}

function best(terms: readonly Terms[]): Terms {
  return WORST_FIRST.toReversed().find((each) => terms.includes(each)) ?? 'nothing';
}
