import type { Expr, LiteralValue } from '../frameql/ast.ts';
import { printLiteral, readNumber } from '../frameql/literal.ts';
import type { OutlineValue } from './outline.ts';

/** A literal, or a number with one sign before it, as a value of an outline; undefined for anything else. */
export function valueIn(expr: Expr): OutlineValue | undefined {
  if (expr.kind === 'negate') {
    const { operand } = expr;
    return operand.kind === 'literal' && isNumber(operand.value)
      ? { kind: 'number', text: `-${printLiteral(operand.value)}` }
      : undefined;
  }
  if (expr.kind !== 'literal') return undefined;
  const { value } = expr;
  switch (value.kind) {
    case 'exact':
    case 'double':
      return { kind: 'number', text: printLiteral(value) };
    case 'text':
    case 'date':
      return { kind: value.kind, text: value.value };
    case 'bool':
      return { kind: 'bool', value: value.value };
    case 'null':
      return undefined;
  }
}

/** A value as an expression; undefined for a number that is none. */
export function literalOf(value: OutlineValue): Expr | undefined {
  switch (value.kind) {
    case 'number':
      return numberOf(value.text);
    case 'text':
    case 'date':
      return literal({ kind: value.kind, value: value.text });
    case 'bool':
      return literal({ kind: 'bool', value: value.value });
  }
}

/** A number as a person types it: digits, a point, an exponent, a sign before them. */
const NUMBER = /^([+-]?)\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/** A signed number as an expression; undefined where the text is none, or is too large for a double. */
export function numberOf(text: string): Expr | undefined {
  const [, sign, digits = ''] = NUMBER.exec(text.trim()) ?? [];
  const value = sign === undefined ? undefined : readNumber(digits);
  if (value === undefined) return undefined;
  return sign === '-' ? { kind: 'negate', operand: literal(value), span: NOWHERE } : literal(value);
}

function isNumber(value: LiteralValue): boolean {
  return value.kind === 'exact' || value.kind === 'double';
}

function literal(value: LiteralValue): Expr {
  return { kind: 'literal', value, span: NOWHERE };
}

/** What was chosen in a form stands nowhere in a text. */
export const NOWHERE = { from: 0, to: 0 };
