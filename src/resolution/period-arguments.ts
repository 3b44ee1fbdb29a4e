import type { Dimension } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import { printExpr } from '../frameql/printer.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { LevelReader } from './level.ts';
import { mergedBy, mergingNames } from './merging.ts';
import type { OperatorCall } from './operator-call.ts';
import { datesAsOrder } from './order-remedies.ts';

/** The date that `order =>` names; null where it is left out, undefined after a cause was added. */
export function orderArgument(level: LevelReader, call: OperatorCall): Dimension | null | undefined {
  const { operator, order } = call;
  if (order === null) return null;
  const { names, causes } = level.context;
  const meaning = names.meaningOf(order.name);
  if (meaning?.kind !== 'dimension') return level.unknown(order, 'dimension', ['dimension']);
  const { dimension } = meaning;
  if (dimension.type.kind === 'date') return dimension;
  const parameters = {
    operator: `${operator.name}'s order`,
    subject: order.name,
    type: printType(dimension.type),
    accepts: ['date'],
  };
  return causes.add('NOT_DEFINED_FOR_TYPE', parameters, order.span, datesAsOrder(level.context, call));
}

/** Whether values merge as `combine =>` says. False: their type does not, and a cause was added. */
export function mayMerge(level: LevelReader, { type }: Expression, call: OperatorCall): boolean {
  const { operator, combine, expr } = call;
  const merging = mergingNames(operator, type);
  if (combine === null || !operator.accepts.includes(type.kind) || merging.includes(combine)) return true;
  const parameters = {
    operator: combine,
    subject: printExpr(call.value),
    type: printType(type),
    accepts: OPERATORS[combine].accepts,
  };
  const { causes, statement } = level.context;
  const remedies = merging.map((name) => mergedBy(statement, expr, expr, name));
  causes.add('NOT_DEFINED_FOR_TYPE', parameters, expr.span, remedies);
  return false;
}
