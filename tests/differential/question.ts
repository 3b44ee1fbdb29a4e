export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Sign = '+' | '-' | '*' | '/';

/** A value as it is written; a period is compared to a date and stands as text, or as DATE where it is a day. */
export type Literal =
  | { readonly kind: 'exact'; readonly units: bigint; readonly digits: number }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'text' | 'period' | 'date'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

export type Expr =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'name'; readonly name: string }
  /** `argument` null: `COUNT(*)`. */
  | { readonly kind: 'call'; readonly operator: string; readonly argument: Expr | null }
  | { readonly kind: 'negate' | 'not'; readonly operand: Expr }
  | { readonly kind: 'arithmetic'; readonly sign: Sign; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expr[] };

export interface Item {
  readonly expr: Expr;
  readonly alias: string | null;
}

/** A question, kept apart from how Frame-QL spells it. */
export interface Question {
  readonly items: readonly Item[];
  readonly from: string | null;
  readonly anchor: readonly string[];
  readonly where: Expr | null;
  readonly having: Expr | null;
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
  readonly limit: { readonly count: number; readonly per: readonly string[] } | null;
}

const KEYWORDS = new Set(
  'SELECT FROM AT WHERE HAVING ORDER BY ASC DESC LIMIT PER AS AND OR NOT TRUE FALSE NULL EXPLAIN WITH VIA CASE WHEN THEN ELSE END IN BETWEEN IS'.split(
    ' ',
  ),
);

/** A name as Frame-QL has it, in quotes where it needs them. */
export function printName(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name) && !KEYWORDS.has(name.toUpperCase());
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'exact':
      return printUnits(literal.units, literal.digits);
    case 'double':
      return literal.value.toExponential().replace('e+', 'e');
    case 'text':
    case 'period':
      return quoteText(literal.text);
    case 'date':
      return `DATE ${quoteText(literal.text)}`;
    case 'bool':
      return literal.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
  }
}

/** The expression with all its brackets. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr.value);
    case 'name':
      return printName(expr.name);
    case 'call':
      return `${expr.operator}(${expr.argument === null ? '*' : printExpr(expr.argument)})`;
    case 'negate':
      return `-(${printExpr(expr.operand)})`;
    case 'not':
      return `NOT (${printExpr(expr.operand)})`;
    case 'arithmetic':
      return `(${printExpr(expr.left)} ${expr.sign} ${printExpr(expr.right)})`;
    case 'compare':
      return `(${printExpr(expr.left)} ${expr.comparison} ${printExpr(expr.right)})`;
    case 'and':
    case 'or':
      return `(${expr.operands.map(printExpr).join(expr.kind === 'and' ? ' AND ' : ' OR ')})`;
  }
}

/** The name of the column that an item becomes; a question without it for one of its items is refused. */
export function outputName({ expr, alias }: Item): string | null {
  if (alias !== null) return alias;
  if (expr.kind === 'name') return expr.name;
  if (expr.kind !== 'call') return null;
  if (expr.argument === null) return 'count';
  return expr.argument.kind === 'name' ? `${expr.operator.toLowerCase()}_${expr.argument.name}` : null;
}

/** The question as Frame-QL. */
export function printQuestion(question: Question): string {
  const { items, from, anchor, where, having, order, limit } = question;
  const list = (names: readonly string[]) => `(${names.map(printName).join(', ')})`;
  const item = ({ expr, alias }: Item) => `${printExpr(expr)}${alias === null ? '' : ` AS ${printName(alias)}`}`;
  return [
    `SELECT ${items.map(item).join(', ')}`,
    ...(from === null ? [] : [`FROM ${printName(from)}`]),
    `AT ${list(anchor)}`,
    ...(where === null ? [] : [`WHERE ${printExpr(where)}`]),
    ...(having === null ? [] : [`HAVING ${printExpr(having)}`]),
    ...(order.length === 0
      ? []
      : [`ORDER BY ${order.map(({ name, descending }) => printName(name) + (descending ? ' DESC' : '')).join(', ')}`]),
    ...(limit === null ? [] : [`LIMIT ${limit.count}${limit.per.length === 0 ? '' : ` PER ${list(limit.per)}`}`]),
  ].join(' ');
}

/** Units of 10^−digits with all their digits. */
export function printUnits(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The names that an expression reads, each once. */
export function namesIn(expr: Expr | null): readonly string[] {
  const found = new Set<string>();
  const visit = (each: Expr): void => {
    switch (each.kind) {
      case 'literal':
        return;
      case 'name':
        found.add(each.name);
        return;
      case 'call':
        if (each.argument !== null) visit(each.argument);
        return;
      case 'negate':
      case 'not':
        visit(each.operand);
        return;
      case 'arithmetic':
      case 'compare':
        visit(each.left);
        visit(each.right);
        return;
      case 'and':
      case 'or':
        for (const operand of each.operands) visit(operand);
    }
  };
  if (expr !== null) visit(expr);
  return [...found];
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
