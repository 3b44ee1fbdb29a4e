import type { LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import type { FunctionName } from './functions.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A typed expression over named columns: row arithmetic inside an operator, filters, and arithmetic over finished
 * series all have this one form and one meaning. Comparisons are three-valued; a NULL or non-finite operand of
 * arithmetic, and division by zero, give NULL. Operands of arithmetic and comparison may be exact numbers of different
 * digits: who evaluates them rescales to the larger (`*` adds digits; `/` and anything with a double is double).
 */
export type Expression =
  | { readonly kind: 'column'; readonly name: string; readonly type: LogicalType }
  | { readonly kind: 'literal'; readonly value: Scalar | null; readonly type: LogicalType }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly type: LogicalType }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly type: LogicalType;
    }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly type: LogicalType;
    }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[]; readonly type: LogicalType }
  | { readonly kind: 'not'; readonly operand: Expression; readonly type: LogicalType }
  | { readonly kind: 'isNull'; readonly operand: Expression; readonly type: LogicalType }
  | {
      readonly kind: 'in';
      readonly operand: Expression;
      /** Non-null values of the operand's own type. */
      readonly values: readonly Scalar[];
      readonly type: LogicalType;
    }
  | {
      /**
       * The value of the first branch whose condition is TRUE, else `otherwise` (null: NULL). Values may be exact numbers
       * of different digits, or exact numbers beside doubles: who evaluates them brings them to `type`, as arithmetic does.
       */
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | null;
      readonly type: LogicalType;
    }
  /** A scalar function of the core (functions.ts). NULL where an argument is, or where the function is not defined. */
  | {
      readonly kind: 'call';
      readonly function: FunctionName;
      readonly args: readonly Expression[];
      readonly type: LogicalType;
    }
  | {
      /**
       * A function given by its table: what a text or date function of one column is for a backend. A value that is not
       * listed gives NULL; `from` null is the value of NULL. Only requests to backends hold it.
       */
      readonly kind: 'map';
      readonly operand: Extract<Expression, { kind: 'column' }>;
      readonly entries: readonly { readonly from: Scalar | null; readonly to: Scalar | null }[];
      readonly type: LogicalType;
    };

export type CallExpression = Extract<Expression, { kind: 'call' }>;

/** The expressions directly inside one, in order. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return [];
    case 'negate':
    case 'not':
    case 'isNull':
    case 'in':
    case 'map':
      return [expression.operand];
    case 'arithmetic':
    case 'compare':
      return [expression.left, expression.right];
    case 'and':
    case 'or':
      return expression.operands;
    case 'call':
      return expression.args;
    case 'case': {
      const branches = expression.branches.flatMap((branch) => [branch.when, branch.then]);
      return expression.otherwise === null ? branches : [...branches, expression.otherwise];
    }
  }
}

/** The columns that an expression reads, each once, in order of first use. */
export function columnsOf(expression: Expression): readonly string[] {
  const names = new Set<string>();
  // A part may stand in many places: functions are written in terms of their arguments.
  const seen = new Set<Expression>();
  const visit = (each: Expression) => {
    if (seen.has(each)) return;
    seen.add(each);
    if (each.kind === 'column') names.add(each.name);
    for (const part of partsOf(each)) visit(part);
  };
  visit(expression);
  return [...names];
}

/** How many nodes an expression has when each part is written out wherever it stands. */
export function writtenSize(expression: Expression): number {
  const known = new Map<Expression, number>();
  const sizeOf = (each: Expression): number => {
    const before = known.get(each);
    if (before !== undefined) return before;
    const size = partsOf(each).reduce((sum, part) => sum + sizeOf(part), 1);
    known.set(each, size);
    return size;
  };
  return sizeOf(expression);
}
