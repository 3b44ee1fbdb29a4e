import { type LogicalType, printType } from '../../columns/logical-type.ts';
import { OPERATORS, type OperatorDefinition, operatorNamed } from '../../operators/catalog.ts';
import type { Place } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';

/** The operator that a document names; one that the catalog does not have is reported. */
export function readOperator(
  { report }: CompileContext,
  name: string,
  usedBy: string,
  place: Place,
): OperatorDefinition | undefined {
  const operator = operatorNamed(name);
  if (operator === undefined) {
    report.issue('UNKNOWN_OPERATOR', { operator: name, usedBy, known: Object.keys(OPERATORS) }, place);
  }
  return operator;
}

/** Reports an operator that is not defined for the type of what it would reduce. */
export function checkOperatorType(
  { report }: CompileContext,
  operator: OperatorDefinition,
  subject: string,
  type: LogicalType,
  place: Place,
): void {
  if (operator.accepts.includes(type.kind)) return;
  const parameters = { operator: operator.name, subject, type: printType(type), accepts: operator.accepts };
  report.issue('OPERATOR_TYPE', parameters, place);
}
