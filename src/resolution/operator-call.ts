import { nearestNames } from '../collection/nearest-names.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { OPERATORS, type OperatorDefinition, operatorNamed } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { WINDOWS } from '../operators/window.ts';
import { COMBINING, familyOrder, measureName, valueOnly } from './aggregate.ts';
import { SCALAR_FUNCTIONS } from './functions.ts';
import { innerAnchor } from './inner-anchor.ts';
import type { LevelReader } from './level.ts';
import { readReduction } from './reduction.ts';
import { changed, queryText, relocate } from './rewrite.ts';
import { isListed, readRows, rowsOnlyCounted } from './row-operator.ts';
import type { CallExpr, NameExpr } from './typing.ts';

/** An operator call with its arguments told apart. */
export interface OperatorCall {
  readonly expr: CallExpr;
  readonly operator: OperatorDefinition;
  readonly value: Expr;
  readonly weight: Expr | null;
  readonly q: number | null;
  /** The dimension that `order =>` names. */
  readonly order: NameExpr | null;
  /** What `combine =>` names. */
  readonly combine: 'SUM' | 'MIN' | 'MAX' | null;
  /** As a person reads it. */
  readonly label: string;
}

/** A bare family: its first reducer, or its formula at the level's anchor. Undefined after a cause was added. */
export function readFamily(level: LevelReader, expr: NameExpr): Expression | undefined {
  const family = level.family(expr);
  if (family === undefined) return undefined;
  if (family.kind === 'derived') {
    level.context.derived[family.name] = family.formulaText;
    // Causes inside the formula speak at the place where the family is named.
    return level.read(relocate(family.formula, expr));
  }
  const name = family.reducer ?? family.ipReducers[0]?.operator;
  if (name === undefined) return undefined;
  const operator = OPERATORS[name];
  const { column } = family.root;
  if (column === null) return rowsOnlyCounted(level, family, operator, expr, family.name);
  if (!isListed(level, family, operator, expr)) return undefined;
  const value: Expression = { kind: 'column', name: measureName(column), type: family.type };
  const order = familyOrder(family, operator);
  return level.aggregate({ ...valueOnly(value), ...order, label: family.name, operator, families: [family], expr });
}

/** `OPERATOR(…)`, over rows or over an inner anchor. Undefined after a cause was added. */
export function readOperatorCall(level: LevelReader, expr: CallExpr): Expression | undefined {
  const call = operatorCall(level, expr);
  if (call === undefined) return undefined;
  if (call === 'rows') {
    const operator = OPERATORS['COUNT(*)'];
    return level.aggregate({ ...valueOnly(null), label: 'COUNT(*)', operator, families: [], expr });
  }
  const inner = innerAnchor(level, call);
  switch (inner.kind) {
    case 'rows':
      return readRows(level, call);
    case 'anchored':
      return readReduction(level, call, inner);
    case 'refused':
      return undefined;
  }
}

/** Tells the arguments of a call apart; undefined after a cause was added. */
function operatorCall(level: LevelReader, expr: CallExpr): OperatorCall | 'rows' | undefined {
  if (expr.star) return 'rows';
  const operator = operatorNamed(expr.callee);
  if (operator === undefined) return unknownCall(level, expr);
  const { causes } = level.context;
  const [value, ...more] = expr.args;
  if (value === undefined || more.length !== operator.parameters.length) {
    const places = ['x', ...operator.parameters.map((each) => (each === 'weight' ? 'weight' : 'q'))].join(', ');
    const count = 1 + operator.parameters.length;
    const hint = `${operator.name} takes ${count} argument${count === 1 ? '' : 's'}, not ${expr.args.length}: ${operator.name}(${places}).`;
    return causes.add('SYNTAX', { found: printExpr(expr), expected: [`${operator.name}(${places})`], hint }, expr.span);
  }
  const known = operator.isOrdered ? ['order', 'combine'] : [];
  const odd = expr.named.find((each) => !known.includes(each.name));
  if (odd !== undefined) {
    const takes = known.length === 0 ? 'takes no named arguments' : `takes order => a date, combine => SUM, MIN or MAX`;
    const hint = `${operator.name} ${takes}. Leave ${odd.name} out.`;
    return causes.add('SYNTAX', { found: printExpr(expr), expected: [], hint }, odd.span);
  }
  const order = expr.named.find((each) => each.name === 'order')?.value;
  const combine = expr.named.find((each) => each.name === 'combine')?.value;
  if (order !== undefined && order.kind !== 'name') {
    const hint = `order => takes the name of a dimension, as in ${operator.name}(x, order => day).`;
    return causes.add('SYNTAX', { found: printExpr(order), expected: ['a dimension'], hint }, order.span);
  }
  const combining = combine === undefined ? null : combiningName(combine);
  if (combining === undefined) {
    const hint = `combine => takes SUM, MIN or MAX: how rows of one period merge.`;
    const found = combine === undefined ? '' : printExpr(combine);
    return causes.add('SYNTAX', { found, expected: ['SUM', 'MIN', 'MAX'], hint }, combine?.span ?? expr.span);
  }
  const call = { expr, operator, value, order: order ?? null, combine: combining, label: printExpr(expr) };
  const [parameter] = operator.parameters;
  const [second] = more;
  if (parameter === undefined || second === undefined) return { ...call, weight: null, q: null };
  if (parameter === 'weight') return { ...call, weight: second, q: null };
  const q = fraction(second);
  if (q !== undefined) return { ...call, weight: null, q };
  const hint = `${operator.name} takes a number from 0 to 1, as in ${operator.name}(${printExpr(value)}, 0.9).`;
  return causes.add('SYNTAX', { found: printExpr(second), expected: ['a number from 0 to 1'], hint }, second.span);
}

function unknownCall(level: LevelReader, expr: CallExpr): undefined {
  const { causes, statement } = level.context;
  const names = [...Object.keys(OPERATORS), ...Object.keys(WINDOWS), ...SCALAR_FUNCTIONS.map((each) => each.name)];
  const suggestions = nearestNames(expr.callee, names);
  const remedies = suggestions.map((callee) => ({
    label: `Use ${callee}`,
    query: queryText(changed(statement, expr, { ...expr, callee })),
  }));
  const parameters = { name: expr.callee, kind: 'operator or function', suggestions };
  return causes.add('UNKNOWN_NAME', parameters, expr.nameSpan, remedies);
}

function combiningName(expr: Expr): OperatorCall['combine'] | undefined {
  const name = expr.kind === 'name' ? expr.name.toUpperCase() : '';
  if (COMBINING[name] === undefined) return undefined;
  return name === 'SUM' || name === 'MIN' || name === 'MAX' ? name : undefined;
}

/** A literal from 0 to 1. */
function fraction(expr: Expr): number | undefined {
  if (expr.kind !== 'literal') return undefined;
  const { value } = expr;
  const number =
    value.kind === 'exact'
      ? Number(`${value.units}e-${value.digits}`)
      : value.kind === 'double'
        ? value.value
        : Number.NaN;
  return number >= 0 && number <= 1 ? number : undefined;
}
