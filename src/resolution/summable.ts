import type { RootFamily } from '../collection/manifest.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { rewrite } from '../frameql/rewrite.ts';
import type { OperatorName } from '../operators/catalog.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { windowNamed } from '../operators/window.ts';
import type { Leaf, LevelReader } from './level.ts';
import type { Remedy } from './refusal.ts';
import { queryWith } from './rewrite.ts';
import type { CallExpr } from './typing.ts';

/** A sum, or a window that sums, as it is told in a refusal. */
interface Summing {
  readonly expr: CallExpr;
  readonly operator: { readonly name: OperatorName | 'CUMSUM' | 'ROLLING_SUM' };
  readonly label: string;
}

/**
 * Whether values of a level may be added up: each term needs a series whose families list SUM (or a count), and a value
 * that is repeated at every row may not be summed back. True: they may not, and a cause was added.
 */
export function tellUnsummable(level: LevelReader, value: Expression, { expr, operator, label }: Summing): boolean {
  const { causes, statement } = level.context;
  const listing: OperatorName = operator.name === 'PRODUCT' ? 'PRODUCT' : 'SUM';
  const unlistedIn = (leaf: Leaf) => (leaf.isCount ? undefined : leaf.families.find((each) => !lists(each, listing)));
  const terms = termsOf(value, (name) => {
    const leaf = level.leaves.get(name);
    if (leaf === undefined || unlistedIn(leaf) !== undefined) return 'without series';
    if (leaf.isReplica) return 'replicated';
    // An operator over a dimension has no family that could list it.
    return leaf.isCount || leaf.families.length > 0 ? 'summable' : 'without series';
  });
  if (terms === 'summable') return false;
  const leaves = addedColumns(value).flatMap((name) => level.leaves.get(name) ?? []);
  const [unlisted] = leaves.flatMap((leaf) => unlistedIn(leaf) ?? []);
  if (unlisted === undefined && terms === 'replicated') {
    const own: Expr = { ...expr, args: expr.args.map((each) => unrepeated(each, isOverRows(expr))) };
    const remedies = [
      { label: `${operator.name} of the series itself`, query: queryWith(statement, expr, own) },
      { label: 'The value itself', query: queryWith(statement, expr, withoutInner(expr)) },
    ];
    causes.add('REPLICATED_SUM', { series: label, operator: operator.name }, expr.span, remedies);
    return true;
  }
  const parameters =
    unlisted === undefined
      ? { operator: listing, family: printExpr(expr.args[0] ?? expr), listed: null }
      : { operator: listing, family: unlisted.name, listed: unlisted.ipReducers.map((each) => each.operator) };
  causes.add('OPERATOR_NOT_LISTED', parameters, expr.span, meanInstead(level, expr));
  return true;
}

/** The same with the mean, which needs no listing; and the value itself. */
function meanInstead({ context: { statement } }: LevelReader, expr: CallExpr): readonly Remedy[] {
  const callee = expr.callee === 'ROLLING_SUM' ? 'ROLLING_AVG' : 'AVG';
  const mean = { label: 'The mean instead', query: queryWith(statement, expr, { ...expr, callee }) };
  const value = { label: 'The value itself', query: queryWith(statement, expr, withoutInner(expr)) };
  return expr.callee === 'CUMSUM' ? [value] : [mean, value];
}

/** An operator reduces from its inner anchor; a window runs over rows as they are. */
function isOverRows({ callee }: CallExpr): boolean {
  return windowNamed(callee) !== undefined;
}

/** What is reduced, without its inner anchor. */
function withoutInner(expr: CallExpr): Expr {
  const [argument] = expr.args;
  if (argument === undefined) return expr;
  return argument.kind === 'at' && !isOverRows(expr) ? argument.operand : argument;
}

/** The argument with no value repeated: an operator's own inner anchor stays. */
function unrepeated(expr: Expr, isRepeated: boolean): Expr {
  return rewrite(expr, (each) => {
    if (each.kind !== 'at') return undefined;
    const operand = unrepeated(each.operand, true);
    return isRepeated ? operand : { ...each, operand };
  });
}

/** Whether a family itself lists an operator. */
export function lists(family: RootFamily, operator: OperatorName): boolean {
  return family.ipReducers.some((each) => each.operator === operator);
}

/** The columns whose values go into what an expression gives; not those that conditions choose by. */
export function addedColumns(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'column':
      return [expression.name];
    case 'literal':
      return [];
    case 'negate':
      return addedColumns(expression.operand);
    case 'arithmetic':
      return [...addedColumns(expression.left), ...addedColumns(expression.right)];
    case 'case': {
      // Conditions choose; what is added up are the values.
      const values = expression.branches.map((branch) => branch.then);
      return [...values, ...(expression.otherwise === null ? [] : [expression.otherwise])].flatMap(addedColumns);
    }
    case 'call':
      return expression.args.flatMap(addedColumns);
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'isNull':
    case 'in':
    case 'map':
      return [];
  }
}

/** What the terms of a sum are made of: series, only repeated values, or something that says nothing of sums. */
export type Terms = 'summable' | 'replicated' | 'without series';

/** A factor of a term is enough, a divisor is not. `columnIs` gives what the column of that name is. */
export function termsOf(expression: Expression, columnIs: (name: string) => Terms): Terms {
  const of = (each: Expression) => termsOf(each, columnIs);
  switch (expression.kind) {
    case 'column':
      return columnIs(expression.name);
    case 'negate':
      return of(expression.operand);
    case 'arithmetic': {
      const [left, right] = [of(expression.left), of(expression.right)];
      if (expression.operator === '/') return left;
      return expression.operator === '*' ? best([left, right]) : worst([left, right]);
    }
    case 'case': {
      const values = expression.branches.map((branch) => branch.then);
      if (expression.otherwise !== null) values.push(expression.otherwise);
      // A constant stands in for a value that is not there; it adds nothing of its own where some branch is a series.
      const series = values.filter((value) => value.kind !== 'literal').map(of);
      return series.length === 0 ? 'without series' : worst(series);
    }
    case 'call':
      // One term, whatever its arguments are made of: rounding adds constants of its own.
      return best(columnsOf(expression).map(columnIs));
    case 'literal':
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'isNull':
    case 'in':
    case 'map':
      return 'without series';
  }
}

const WORST_FIRST: readonly Terms[] = ['replicated', 'without series', 'summable'];

function worst(terms: readonly Terms[]): Terms {
  return WORST_FIRST.find((each) => terms.includes(each)) ?? 'without series';
}

function best(terms: readonly Terms[]): Terms {
  return WORST_FIRST.toReversed().find((each) => terms.includes(each)) ?? 'without series';
}
