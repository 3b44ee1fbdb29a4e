export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Sign = '+' | '-' | '*' | '/';

/** A value as it is written; a period is compared to a date and stands as text, or as DATE where it is a day. */
export type Literal =
  | { readonly kind: 'exact'; readonly units: bigint; readonly digits: number }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'text' | 'date'; readonly text: string }
  /** Of the level of what it stands beside. */
  | { readonly kind: 'period'; readonly text: string; readonly level: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/** A dimension of an anchor; `via`: the bridge by which it is reached on purpose. */
export interface Point {
  readonly name: string;
  readonly via: string | null;
}

/** `name => value` in a call: a dimension, a level or an operator. */
export interface NamedWord {
  readonly name: 'order' | 'combine' | 'step' | 'reset' | 'within';
  readonly value: string;
}

export interface Call {
  readonly kind: 'call';
  /** An operator, a window or a scalar function, in upper case. */
  readonly callee: string;
  /** None: `COUNT(*)`. */
  readonly args: readonly Expr[];
  readonly named: readonly NamedWord[];
  /** Whether it is spelled `x.OPERATOR`. */
  readonly dotted: boolean;
}

export interface Branch {
  readonly when: Expr;
  readonly value: Expr;
}

export type Expr =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'name'; readonly name: string }
  | Call
  | { readonly kind: 'negate' | 'not'; readonly operand: Expr }
  | { readonly kind: 'arithmetic'; readonly sign: Sign; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expr[] }
  | { readonly kind: 'isNull'; readonly operand: Expr; readonly negated: boolean }
  | { readonly kind: 'in'; readonly operand: Expr; readonly values: readonly Expr[]; readonly negated: boolean }
  | {
      readonly kind: 'between';
      readonly operand: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'case';
      readonly operand: Expr | null;
      readonly branches: readonly Branch[];
      readonly otherwise: Expr | null;
    }
  | { readonly kind: 'at'; readonly operand: Expr; readonly anchor: readonly Point[] };

export type At = Extract<Expr, { kind: 'at' }>;

export function nameOf(name: string): Expr {
  return { kind: 'name', name };
}

export function callOf(callee: string, args: readonly Expr[], named: readonly NamedWord[] = []): Call {
  return { kind: 'call', callee, args, named, dotted: false };
}

/** A whole number as it stands in a text: its sign is an operator. */
export function integerOf(value: number): Expr {
  return exactOf(BigInt(value), 0);
}

/** An exact number as it stands in a text. */
export function exactOf(units: bigint, digits: number): Expr {
  const literal: Expr = { kind: 'literal', value: { kind: 'exact', units: units < 0n ? -units : units, digits } };
  return units < 0n ? { kind: 'negate', operand: literal } : literal;
}

export function textOf(text: string): Expr {
  return { kind: 'literal', value: { kind: 'text', text } };
}

/** Whether it is a literal, with or without a sign. */
export function isLiteral(expr: Expr): boolean {
  return expr.kind === 'negate' ? isLiteral(expr.operand) : expr.kind === 'literal';
}

/** The operands of an expression, from left to right. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'call':
      return expr.args;
    case 'negate':
    case 'not':
    case 'isNull':
    case 'at':
      return [expr.operand];
    case 'arithmetic':
    case 'compare':
      return [expr.left, expr.right];
    case 'and':
    case 'or':
      return expr.operands;
    case 'in':
      return [expr.operand, ...expr.values];
    case 'between':
      return [expr.operand, expr.low, expr.high];
    case 'case':
      return [
        ...(expr.operand === null ? [] : [expr.operand]),
        ...expr.branches.flatMap(({ when, value }) => [when, value]),
        ...(expr.otherwise === null ? [] : [expr.otherwise]),
      ];
  }
}

/** The expression over other operands. */
export function mapChildren(expr: Expr, map: (each: Expr) => Expr): Expr {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return expr;
    case 'call':
      return { ...expr, args: expr.args.map(map) };
    case 'negate':
    case 'not':
    case 'isNull':
    case 'at':
      return { ...expr, operand: map(expr.operand) };
    case 'arithmetic':
    case 'compare':
      return { ...expr, left: map(expr.left), right: map(expr.right) };
    case 'and':
    case 'or':
      return { ...expr, operands: expr.operands.map(map) };
    case 'in':
      return { ...expr, operand: map(expr.operand), values: expr.values.map(map) };
    case 'between':
      return { ...expr, operand: map(expr.operand), low: map(expr.low), high: map(expr.high) };
    case 'case':
      return {
        ...expr,
        operand: expr.operand && map(expr.operand),
        branches: expr.branches.map(({ when, value }) => ({ when: map(when), value: map(value) })),
        otherwise: expr.otherwise && map(expr.otherwise),
      };
  }
}

/** The names that an expression reads, each once; those of anchors and named arguments are none. */
export function namesIn(expr: Expr | null): readonly string[] {
  if (expr === null) return [];
  if (expr.kind === 'name') return [expr.name];
  return [...new Set(childrenOf(expr).flatMap(namesIn))];
}

/** A text that is the same for expressions that say the same, however calls are spelled. */
export function exprKey(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : key === 'dotted' ? undefined : value,
  );
}

/** The expression with names replaced by what they are defined as. */
export function expanded(expr: Expr, meanings: ReadonlyMap<string, Expr>): Expr {
  if (expr.kind === 'name') return meanings.get(expr.name) ?? expr;
  const whole = mapChildren(expr, (each) => expanded(each, meanings));
  // `x.SUM` of what x stands for is `SUM(…)`.
  return whole.kind === 'call' && whole.args[0]?.kind !== 'name' ? { ...whole, dotted: false } : whole;
}
