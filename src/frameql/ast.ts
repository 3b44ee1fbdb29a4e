import type { Span } from '../canon/issue.ts';
import type { ArithmeticOperator, ComparisonOperator } from '../operators/expression.ts';

/** A literal as written. Exact numbers keep their digits: `0.30` is {units: '30', digits: 2}. */
export type LiteralValue =
  | { readonly kind: 'exact'; readonly units: string; readonly digits: number }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** `DATE '2024-01-31'` (or a period in its printed form), kept as its text; which level it must fit is resolution's. */
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/** An expression as parsed. Spans are offsets in the text; the canonical fingerprint leaves them out. */
export type Expr =
  | { readonly kind: 'literal'; readonly value: LiteralValue; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly quoted: boolean; readonly span: Span }
  | {
      /**
       * `NAME(expr, …, name => expr)`: an operator, a window or a scalar function. `COUNT(*)` has star true and no
       * arguments. The name is upper case.
       */
      readonly kind: 'call';
      readonly callee: string;
      readonly star: boolean;
      readonly args: readonly Expr[];
      readonly named: readonly NamedArgument[];
      readonly nameSpan: Span;
      readonly span: Span;
    }
  | { readonly kind: 'negate'; readonly operand: Expr; readonly span: Span }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly span: Span;
    }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly span: Span;
    }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Expr; readonly span: Span }
  | { readonly kind: 'isNull'; readonly operand: Expr; readonly negated: boolean; readonly span: Span }
  | {
      /** At least one value. */
      readonly kind: 'in';
      readonly operand: Expr;
      readonly values: readonly Expr[];
      readonly negated: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'between';
      readonly operand: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly negated: boolean;
      readonly span: Span;
    }
  | {
      /** `CASE [operand] WHEN when THEN then … [ELSE otherwise] END`; at least one branch. */
      readonly kind: 'case';
      readonly operand: Expr | null;
      readonly branches: readonly CaseBranch[];
      readonly otherwise: Expr | null;
      readonly span: Span;
    }
  /** `operand @ anchor` */
  | { readonly kind: 'at'; readonly operand: Expr; readonly anchor: Anchor; readonly span: Span };

export interface CaseBranch {
  readonly when: Expr;
  readonly then: Expr;
}

/** `name => value` in a call; the name is lower case. */
export interface NamedArgument {
  readonly name: string;
  readonly value: Expr;
  readonly span: Span;
}

export type ExprKind = Expr['kind'];

/** A name at a place in the text. */
export interface NamedPoint {
  readonly name: string;
  readonly quoted: boolean;
  readonly span: Span;
}

export interface SelectItem {
  readonly expr: Expr;
  readonly alias: NamedPoint | null;
  readonly span: Span;
}

/** A dimension of an anchor; `via`: membership on purpose, through that bridge. */
export interface AnchorPoint extends NamedPoint {
  readonly via: NamedPoint | null;
}

export interface Anchor {
  readonly points: readonly AnchorPoint[];
  readonly span: Span;
}

export interface OrderKey {
  readonly name: NamedPoint;
  readonly descending: boolean;
  readonly span: Span;
}

export interface Limit {
  readonly count: number;
  /** null: of the whole Frame. */
  readonly per: Anchor | null;
  readonly span: Span;
}

/** `WITH name = expr`: the name stands for the expression wherever an expression may stand after it. */
export interface Definition {
  readonly name: NamedPoint;
  readonly expr: Expr;
  readonly span: Span;
}

/** One parsed statement. */
export interface Statement {
  readonly explain: boolean;
  readonly definitions: readonly Definition[];
  readonly items: readonly SelectItem[];
  readonly from: NamedPoint | null;
  readonly anchor: Anchor;
  readonly where: Expr | null;
  readonly having: Expr | null;
  readonly order: readonly OrderKey[];
  readonly limit: Limit | null;
  readonly span: Span;
}
