import type { Anchor, Expr } from '../frameql/ast.ts';
import { operatorNamed } from '../operators/catalog.ts';

/** Longer names say no more than a number would. */
const MAX_LENGTH = 48;

const BETWEEN = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'per' } as const;

/**
 * A name for the column of an expression that has none of its own, from its words: `revenue_minus_cost`, `lag_revenue`,
 * `revenue_share`; never one of those taken.
 */
export function proposedName(expr: Expr, taken: ReadonlySet<string>): string {
  const words = wordsOf(expr);
  return freeName(words === null || words.length > MAX_LENGTH ? 'value' : words, taken);
}

/** The name, with the first number after it that leaves it to none of those taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** Null: the expression has no words that would name it. */
function wordsOf(expr: Expr): string | null {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'call':
      return expr.star ? 'count' : callWords(expr);
    case 'negate':
      return joined('minus', wordsOf(expr.operand));
    case 'arithmetic':
      return arithmeticWords(expr);
    case 'at':
      return joined(wordsOf(expr.operand), placeWords(expr.anchor, 'at'));
    case 'isNull':
      return joined(wordsOf(expr.operand), expr.negated ? 'is_known' : 'is_missing');
    case 'case': {
      // The values are what the column shows; conditions only choose among them.
      const values = [...expr.branches.map((branch) => branch.then), expr.otherwise];
      const named = new Set(values.flatMap((value) => (value === null ? [] : (wordsOf(value) ?? []))));
      const [only, ...others] = named;
      return only === undefined || others.length > 0 ? null : `${only}_by_case`;
    }
    case 'literal':
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'in':
    case 'between':
      return null;
  }
}

function callWords({ callee, args }: Extract<Expr, { kind: 'call' }>): string | null {
  const [of] = args;
  const word = operatorNamed(callee)?.word ?? callee.toLowerCase();
  if (of === undefined) return word;
  if (of.kind !== 'at') return joined(word, wordsOf(of));
  return joined(word, wordsOf(of.operand), placeWords(of.anchor, 'per'));
}

function arithmeticWords({ operator, left, right }: Extract<Expr, { kind: 'arithmetic' }>): string | null {
  const isShare = operator === '/' && right.kind === 'at' && wordsOf(left) === wordsOf(right.operand);
  if (isShare) return joined(wordsOf(left), 'share');
  const [of, by] = [wordsOf(left), wordsOf(right)];
  // A constant changes a value and does not name it.
  if (of === null || by === null) return joined('adjusted', of ?? by);
  return `${of}_${BETWEEN[operator]}_${by}`;
}

function placeWords({ points }: Anchor, word: 'at' | 'per'): string {
  if (points.length === 0) return 'overall';
  return [word, ...points.map((each) => each.name)].join('_');
}

function joined(...words: readonly (string | null)[]): string | null {
  return words.includes(null) ? null : words.join('_');
}
