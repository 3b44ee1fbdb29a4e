import { type LogicalType, printType } from '../../columns/logical-type.ts';
import { OPERATORS, type OperatorDefinition, operatorNamed } from '../../operators/catalog.ts';
import type { MetricFamilyDocument } from '../collection-schema.ts';
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

/** A metric family that has a root. */
export type RootDocument = MetricFamilyDocument & {
  readonly family_root: NonNullable<MetricFamilyDocument['family_root']>;
};

/** Whether a metric family has a root (and not only a formula). */
export function hasRoot(family: MetricFamilyDocument): family is RootDocument {
  return family.family_root !== undefined;
}

/**
 * The operator as it applies to a family's root: COUNT of rows is COUNT(*). Reports one that is not defined for the
 * root's type (null: not known), that reduces rows in any other way, or that counts the rows of a column.
 */
export function applyToRoot(
  { report }: CompileContext,
  family: RootDocument,
  operator: OperatorDefinition,
  type: LogicalType | null,
  place: Place,
): OperatorDefinition {
  const { column, schema } = family.family_root;
  const rows = OPERATORS['COUNT(*)'];
  if (column === undefined) {
    if (operator.name === 'COUNT' || operator.name === rows.name) return rows;
    report.issue('ROWS_ONLY_COUNTED', { family: family.name, operator: operator.name, schema }, place);
  } else if (operator.name === rows.name) {
    report.issue('ROWS_WITH_COLUMN', { family: family.name, column }, place);
  } else if (type !== null && !operator.accepts.includes(type.kind)) {
    const subject = `\`${schema}.${column}\``;
    const parameters = { operator: operator.name, subject, type: printType(type), accepts: operator.accepts };
    report.issue('OPERATOR_TYPE', parameters, place);
  }
  return operator;
}
