import type { Anchor, AnchorPoint, Definition, Expr, NamedArgument, OrderKey, SelectItem, Statement } from './ast.ts';
import { printLiteral } from './literal.ts';
import { isKeyword, isPlainName } from './tokens.ts';

/**
 * The canonical text of a statement: one line, keywords upper case, `WHERE` after `AT`, no bracket or quote that is not
 * needed. Parsing it and printing again gives the same text.
 */
export function printStatement(statement: Statement): string {
  const head: string[] = [];
  if (statement.explain) head.push('EXPLAIN');
  if (statement.definitions.length > 0) head.push(`WITH ${statement.definitions.map(printDefinition).join(', ')}`);
  head.push(`SELECT ${statement.items.map(printItem).join(', ')}`);
  return [...head, ...printClauses(statement)].join(' ');
}

/** The clauses after SELECT, one text each, in their order. */
export function printClauses(statement: Statement): readonly string[] {
  const clauses: string[] = [];
  if (statement.from !== null) clauses.push(`FROM ${printName(statement.from.name)}`);
  clauses.push(`AT ${printAnchor(statement.anchor)}`);
  if (statement.where !== null) clauses.push(`WHERE ${printExpr(statement.where)}`);
  if (statement.having !== null) clauses.push(`HAVING ${printExpr(statement.having)}`);
  if (statement.order.length > 0) clauses.push(`ORDER BY ${statement.order.map(printKey).join(', ')}`);
  if (statement.limit !== null) {
    const { count, per } = statement.limit;
    clauses.push(per === null ? `LIMIT ${count}` : `LIMIT ${count} PER ${printAnchor(per)}`);
  }
  return clauses;
}

/** `name = expr`, as it stands after WITH. */
export function printDefinition({ name, expr }: Definition): string {
  return `${printName(name.name)} = ${printExpr(expr)}`;
}

/** `expr [AS name]`, as it stands after SELECT. */
export function printItem({ expr, alias }: SelectItem): string {
  return alias === null ? printExpr(expr) : `${printExpr(expr)} AS ${printName(alias.name)}`;
}

/** A name as it is written: quoted where it is a keyword or no plain name. */
export function printName(name: string): string {
  return isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** An anchor as it stands after AT, PER or `@`: one point, or a list in brackets. */
export function printAnchor(anchor: Anchor): string {
  const [only, ...others] = anchor.points.map(printPoint);
  return only !== undefined && others.length === 0 ? only : `(${[only, ...others].join(', ')})`;
}

/** The canonical text of an expression, with the fewest brackets that keep its shape. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr.value);
    case 'name':
      return printName(expr.name);
    case 'call':
      return `${expr.callee}(${expr.star ? '*' : [...expr.args.map(printExpr), ...expr.named.map(printNamed)].join(', ')})`;
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
    case 'isNull':
      return `${within(expr.operand, 'sum')} IS ${expr.negated ? 'NOT NULL' : 'NULL'}`;
    case 'in':
      return `${within(expr.operand, 'sum')} ${negatable('IN', expr.negated)} (${expr.values.map(printExpr).join(', ')})`;
    case 'between': {
      const bounds = `${within(expr.low, 'sum')} AND ${within(expr.high, 'sum')}`;
      return `${within(expr.operand, 'sum')} ${negatable('BETWEEN', expr.negated)} ${bounds}`;
    }
    case 'case':
      return printCase(expr);
    case 'at':
      return `${within(expr.operand, 'primary')} @ ${printAnchor(expr.anchor)}`;
  }
}

function printCase({ operand, branches, otherwise }: Extract<Expr, { kind: 'case' }>): string {
  const parts = branches.map(({ when, then }) => `WHEN ${printExpr(when)} THEN ${printExpr(then)}`);
  if (operand !== null) parts.unshift(printExpr(operand));
  if (otherwise !== null) parts.push(`ELSE ${printExpr(otherwise)}`);
  return `CASE ${parts.join(' ')} END`;
}

function printNamed({ name, value }: NamedArgument): string {
  // A word of the language may name an argument.
  return `${isKeyword(name) ? name : printName(name)} => ${printExpr(value)}`;
}

function negatable(word: string, negated: boolean): string {
  return negated ? `NOT ${word}` : word;
}

function printPoint({ name, via }: AnchorPoint): string {
  return via === null ? printName(name) : `${printName(name)} VIA ${printName(via.name)}`;
}

function printKey(key: OrderKey): string {
  return key.descending ? `${printName(key.name.name)} DESC` : printName(key.name.name);
}

/** From loosest to tightest. */
const LEVELS = ['or', 'and', 'not', 'compare', 'sum', 'product', 'sign', 'at', 'primary'] as const;
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
    case 'case':
      return 'primary';
    case 'negate':
      return 'sign';
    case 'arithmetic':
      return expr.operator === '+' || expr.operator === '-' ? 'sum' : 'product';
    case 'isNull':
    case 'in':
    case 'between':
      return 'compare';
    case 'compare':
    case 'not':
    case 'and':
    case 'or':
    case 'at':
      return expr.kind;
  }
}
