import type { Anchor, Expr, NamedPoint, OrderKey, SelectItem, Statement } from './ast.ts';
import { printLiteral } from './literal.ts';
import { isPlainName } from './tokens.ts';

/**
 * The canonical text of a statement: one line, keywords upper case, `WHERE` after `AT`, no bracket or quote that is not
 * needed. Parsing it and printing again gives the same text.
 */
export function printStatement(statement: Statement): string {
  const clauses = [`SELECT ${statement.items.map(printItem).join(', ')}`];
  if (statement.from !== null) clauses.push(`FROM ${printName(statement.from.name)}`);
  clauses.push(`AT ${printAnchor(statement.anchor)}`);
  if (statement.where !== null) clauses.push(`WHERE ${printExpr(statement.where)}`);
  if (statement.having !== null) clauses.push(`HAVING ${printExpr(statement.having)}`);
  if (statement.order.length > 0) clauses.push(`ORDER BY ${statement.order.map(printKey).join(', ')}`);
  if (statement.limit !== null) {
    const { count, per } = statement.limit;
    clauses.push(per === null ? `LIMIT ${count}` : `LIMIT ${count} PER ${printAnchor(per)}`);
  }
  return clauses.join(' ');
}

/** A name as it is written: quoted where it is a keyword or no plain name. */
export function printName(name: string): string {
  return isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The canonical text of an expression, with the fewest brackets that keep its shape. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr.value);
    case 'name':
      return printName(expr.name);
    case 'call':
      return `${expr.operator}(${expr.star ? '*' : expr.args.map(printExpr).join(', ')})`;
    case 'negate': {
      const operand = within(expr.operand, 'sign');
      // `--` would begin a comment.
      return operand.startsWith('-') ? `- ${operand}` : `-${operand}`;
    }
    case 'arithmetic': {
      const level = expr.operator === '+' || expr.operator === '-' ? 'sum' : 'product';
      const right = level === 'sum' ? 'product' : 'sign';
      return `${within(expr.left, level)} ${expr.operator} ${within(expr.right, right)}`;
    }
    case 'compare':
      return `${within(expr.left, 'sum')} ${expr.operator} ${within(expr.right, 'sum')}`;
    case 'and':
      return expr.operands.map((operand) => within(operand, 'and')).join(' AND ') || 'TRUE';
    case 'or':
      return expr.operands.map((operand) => within(operand, 'or')).join(' OR ') || 'FALSE';
    case 'not':
      return `NOT ${within(expr.operand, 'not')}`;
  }
}

function printItem(item: SelectItem): string {
  const text = printExpr(item.expr);
  return item.alias === null ? text : `${text} AS ${printName(item.alias.name)}`;
}

function printAnchor(anchor: Anchor): string {
  const [only, ...others] = anchor.points.map((point: NamedPoint) => printName(point.name));
  return only !== undefined && others.length === 0 ? only : `(${[only, ...others].join(', ')})`;
}

function printKey(key: OrderKey): string {
  return key.descending ? `${printName(key.name.name)} DESC` : printName(key.name.name);
}

/** From loosest to tightest. */
const LEVELS = ['or', 'and', 'not', 'compare', 'sum', 'product', 'sign', 'primary'] as const;
type Level = (typeof LEVELS)[number];

/** Prints an operand where only what binds at least as tightly as `level` stands without brackets. */
function within(expr: Expr, level: Level): string {
  const text = printExpr(expr);
  return LEVELS.indexOf(levelOf(expr)) < LEVELS.indexOf(level) ? `(${text})` : text;
}

function levelOf(expr: Expr): Level {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr.value).startsWith('-') ? 'sign' : 'primary';
    case 'name':
    case 'call':
      return 'primary';
    case 'negate':
      return 'sign';
    case 'arithmetic':
      return expr.operator === '+' || expr.operator === '-' ? 'sum' : 'product';
    case 'compare':
    case 'not':
    case 'and':
    case 'or':
      return expr.kind;
  }
}
