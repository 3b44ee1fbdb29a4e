import type { Span } from '../../canon/issue.ts';
import type { Expression } from '../../operators/expression.ts';
import type { Expr } from '../ast.ts';

export type NameExpr = Extract<Expr, { kind: 'name' }>;
export type CallExpr = Extract<Expr, { kind: 'call' }>;
export type AtExpr = Extract<Expr, { kind: 'at' }>;
export type LiteralExpr = Extract<Expr, { kind: 'literal' }>;

/** What is wrong with the types of an expression. */
export type TypeFault =
  /** Something is not defined for what it is given. */
  | {
      readonly kind: 'undefined';
      readonly operator: string;
      readonly subject: Expr;
      readonly type: string;
      readonly accepts: readonly string[];
      readonly span: Span;
    }
  /** Two values that must be of one type are not. */
  | {
      readonly kind: 'mismatch';
      readonly name: Expr;
      readonly type: string;
      readonly other: Expr;
      /** The other value in words. */
      readonly literal: string;
      readonly span: Span;
      /** Of all that holds both. */
      readonly whole: Span;
    }
  /** A function is called with too few, too many or named arguments. */
  | { readonly kind: 'arguments'; readonly call: CallExpr; readonly expected: string; readonly hint: string };

/** What names, calls and `@` mean where an expression stands; undefined after the fault was told elsewhere. */
export interface TypingScope {
  readonly name: (expr: NameExpr) => Expression | undefined;
  /** A call of anything but a scalar function. */
  readonly call: (expr: CallExpr) => Expression | undefined;
  readonly at: (expr: AtExpr) => Expression | undefined;
  readonly fault: (fault: TypeFault) => void;
}

/** A scope, and the typing of the parts of an expression in it. */
export interface Typing extends TypingScope {
  /** Any expression; undefined after a fault. */
  readonly typed: (expr: Expr) => Expression | undefined;
  /** One that must be a condition. */
  readonly condition: (expr: Expr) => Expression | undefined;
}
