import { type Call, type Expr, expanded, type Literal, type Point } from './expr.ts';
import { OPERATORS } from './operators.ts';

export interface Item {
  readonly expr: Expr;
  readonly alias: string | null;
}

/** `WITH name = expr` */
export interface Definition {
  readonly name: string;
  readonly expr: Expr;
}

/** A question, kept apart from how Frame-QL spells it. */
export interface Question {
  readonly definitions: readonly Definition[];
  readonly items: readonly Item[];
  readonly from: string | null;
  readonly anchor: readonly Point[];
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
  const not = 'negated' in expr && expr.negated ? 'NOT ' : '';
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr.value);
    case 'name':
      return printName(expr.name);
    case 'call':
      return printCall(expr);
    case 'negate':
      return `-(${printExpr(expr.operand)})`;
    case 'not':
      return `(NOT ${printExpr(expr.operand)})`;
    case 'arithmetic':
      return `(${printExpr(expr.left)} ${expr.sign} ${printExpr(expr.right)})`;
    case 'compare':
      return `(${printExpr(expr.left)} ${expr.comparison} ${printExpr(expr.right)})`;
    case 'and':
    case 'or':
      return `(${expr.operands.map(printExpr).join(expr.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'isNull':
      return `(${printExpr(expr.operand)} IS ${not}NULL)`;
    case 'in':
      return `(${printExpr(expr.operand)} ${not}IN (${expr.values.map(printExpr).join(', ')}))`;
    case 'between':
      return `(${printExpr(expr.operand)} ${not}BETWEEN ${printExpr(expr.low)} AND ${printExpr(expr.high)})`;
    case 'case': {
      const operand = expr.operand === null ? '' : ` ${printExpr(expr.operand)}`;
      const branches = expr.branches.map(({ when, value }) => ` WHEN ${printExpr(when)} THEN ${printExpr(value)}`);
      const otherwise = expr.otherwise === null ? '' : ` ELSE ${printExpr(expr.otherwise)}`;
      return `(CASE${operand}${branches.join('')}${otherwise} END)`;
    }
    case 'at':
      return `((${printExpr(expr.operand)}) @ ${printAnchor(expr.anchor)})`;
  }
}

function printCall({ callee, args, named, dotted }: Call): string {
  const [only] = args;
  if (dotted && only?.kind === 'name' && args.length === 1 && named.length === 0) {
    return `${printName(only.name)}.${callee}`;
  }
  const words = named.map((each) => `${each.name} => ${printName(each.value)}`);
  const inside = args.length === 0 ? ['*'] : [...args.map(printExpr), ...words];
  return `${callee}(${inside.join(', ')})`;
}

function printAnchor(points: readonly Point[]): string {
  return `(${points.map(({ name, via }) => printName(name) + (via === null ? '' : ` VIA ${printName(via)}`)).join(', ')})`;
}

/** The name of the column that an item becomes; a question without it for one of its items is refused. */
export function outputName({ expr, alias }: Item): string | null {
  if (alias !== null) return alias;
  if (expr.kind === 'name') return expr.name;
  if (expr.kind !== 'call' || !OPERATORS.some((each) => each === expr.callee)) return null;
  const [of, ...constants] = expr.args;
  if (of === undefined) return 'count';
  if (of.kind !== 'name' || constants.some(({ kind }) => kind !== 'literal')) return null;
  return `${expr.callee.toLowerCase()}_${of.name}`;
}

/** The question as Frame-QL. */
export function printQuestion(question: Question): string {
  const { definitions, items, from, anchor, where, having, order, limit } = question;
  const list = (names: readonly string[]) => `(${names.map(printName).join(', ')})`;
  const item = ({ expr, alias }: Item) => `${printExpr(expr)}${alias === null ? '' : ` AS ${printName(alias)}`}`;
  const defined = definitions.map(({ name, expr }) => `${printName(name)} = ${printExpr(expr)}`);
  return [
    ...(defined.length === 0 ? [] : [`WITH ${defined.join(', ')}`]),
    `SELECT ${items.map(item).join(', ')}`,
    ...(from === null ? [] : [`FROM ${printName(from)}`]),
    `AT ${printAnchor(anchor)}`,
    ...(where === null ? [] : [`WHERE ${printExpr(where)}`]),
    ...(having === null ? [] : [`HAVING ${printExpr(having)}`]),
    ...(order.length === 0
      ? []
      : [`ORDER BY ${order.map(({ name, descending }) => printName(name) + (descending ? ' DESC' : '')).join(', ')}`]),
    ...(limit === null ? [] : [`LIMIT ${limit.count}${limit.per.length === 0 ? '' : ` PER ${list(limit.per)}`}`]),
  ].join(' ');
}

/** The question without its WITH: each name that it defines replaced by what it stands for. */
export function withoutDefinitions(question: Question): Question {
  if (question.definitions.length === 0) return question;
  const meanings = new Map<string, Expr>();
  for (const { name, expr } of question.definitions) meanings.set(name, expanded(expr, meanings));
  const items = question.items.map(({ expr, alias }) => {
    const own = expr.kind === 'name' && meanings.has(expr.name) ? expr.name : null;
    return { expr: expanded(expr, meanings), alias: alias ?? own };
  });
  const columns = new Set(items.map(outputName));
  const others = new Map([...meanings].filter(([name]) => !columns.has(name)));
  return {
    ...question,
    definitions: [],
    items,
    where: question.where && expanded(question.where, meanings),
    having: question.having && expanded(question.having, others),
  };
}

/** Units of 10^−digits with all their digits. */
export function printUnits(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
