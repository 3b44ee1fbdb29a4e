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
      /** `OPERATOR(expr, …)`; `COUNT(*)` has star true and no arguments. The name is upper case. */
      readonly kind: 'call';
      readonly operator: string;
      readonly star: boolean;
      readonly args: readonly Expr[];
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
  | { readonly kind: 'not'; readonly operand: Expr; readonly span: Span };

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

export interface Anchor {
  readonly points: readonly NamedPoint[];
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

/** One parsed statement. */
export interface Statement {
  readonly items: readonly SelectItem[];
  readonly from: NamedPoint | null;
  readonly anchor: Anchor;
  readonly where: Expr | null;
  readonly having: Expr | null;
  readonly order: readonly OrderKey[];
  readonly limit: Limit | null;
  readonly span: Span;
}
