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

/** The columns that an expression reads, each once, in order of first use. */
export function columnsOf(expression: Expression): readonly string[] {
  const names = new Set<string>();
  collect(expression, names);
  return [...names];
}

function collect(expression: Expression, names: Set<string>): void {
  switch (expression.kind) {
    case 'column':
      names.add(expression.name);
      return;
    case 'literal':
      return;
    case 'negate':
    case 'not':
    case 'isNull':
    case 'in':
    case 'map':
      collect(expression.operand, names);
      return;
    case 'arithmetic':
    case 'compare':
      collect(expression.left, names);
      collect(expression.right, names);
      return;
    case 'and':
    case 'or':
      for (const operand of expression.operands) collect(operand, names);
      return;
    case 'call':
      for (const argument of expression.args) collect(argument, names);
      return;
    case 'case':
      for (const { when, then } of expression.branches) {
        collect(when, names);
        collect(then, names);
      }
      if (expression.otherwise !== null) collect(expression.otherwise, names);
  }
}
