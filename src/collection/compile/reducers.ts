import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, printType } from '../../columns/logical-type.ts';
import { OPERATORS, type OperatorDefinition, rollsUp } from '../../operators/catalog.ts';
import type { IpReducerDocument } from '../collection-schema.ts';
import type { CombiningOperator, IpReducer, Schema } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath, Place } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';
import { applyToRoot, type RootDocument, readOperator } from './operators.ts';
import { reaches, type Structure } from './structure.ts';

const COMBINING: readonly CombiningOperator[] = ['SUM', 'MIN', 'MAX'];

/**
 * The ip_reducers of a family in the order written. `root` is undefined where the family's schema is unknown, `type`
 * null where its column's is.
 */
export function readIpReducers(
  context: CompileContext,
  structure: Structure,
  family: RootDocument,
  path: NodePath,
  root: Schema | undefined,
  type: LogicalType | null,
): readonly IpReducer[] {
  const { positions, report } = context;
  const listed = family.ip_reducers ?? [];
  if (listed.length === 0 && family.reducer === undefined) {
    report.issue('REDUCER_MISSING', { family: family.name }, positions.value([...path, 'name']));
  }
  const lines = new Map<string, number>();
  return listed.flatMap((reducer, index): readonly IpReducer[] => {
    const at = [...path, 'ip_reducers', index];
    const place = positions.value([...at, 'operator']);
    const operator = readOperator(context, reducer.operator, `\`${family.name}\``, place);
    const aBlock = readBlock(context, structure, family.name, reducer.a_block ?? [], [...at, 'a_block']);
    if (operator === undefined) return [];
    if (!reportArguments(context, family.name, operator, place) && !rollsUp(operator)) {
      report.issue('NOT_MERGEABLE', { family: family.name, operator: operator.name }, place);
    }
    const applied = applyToRoot(context, family, operator, type, place);
    const order = readOrder(context, structure, family.name, operator, reducer, at, root);
    const combine = readCombine(context, family, operator, reducer, at, type);
    const firstLine = lines.get(applied.name);
    if (firstLine !== undefined) {
      report.issue('DUPLICATE_NAME', { kind: 'reducer', name: applied.name, firstLine }, place);
      return [];
    }
    lines.set(applied.name, place.line);
    return [{ operator: applied.name, order, combine, aBlock }];
  });
}

/** The operator that stands in place of ip_reducers because it cannot be merged. */
export function readReducer(
  context: CompileContext,
  family: RootDocument,
  path: NodePath,
  type: LogicalType | null,
): OperatorDefinition | undefined {
  if (family.reducer === undefined) return undefined;
  const { positions, report } = context;
  const place = positions.value([...path, 'reducer']);
  if (family.ip_reducers !== undefined) {
    report.issue('REDUCER_TWICE', { family: family.name }, positions.key([...path, 'reducer']));
  }
  const operator = readOperator(context, family.reducer, `\`${family.name}\``, place);
  if (operator === undefined) return undefined;
  if (!reportArguments(context, family.name, operator, place) && rollsUp(operator)) {
    const { name, isOrdered } = operator;
    report.issue('REDUCER_MERGES', { family: family.name, operator: name, ordered: isOrdered }, place);
  }
  return applyToRoot(context, family, operator, type, place);
}

/** Reports an operator that needs more than the root's column, which a declaration cannot give; tells whether it did. */
function reportArguments(
  { report }: CompileContext,
  family: string,
  { name, parameters }: OperatorDefinition,
  place: Place,
): boolean {
  if (parameters.length === 0) return false;
  report.issue('OPERATOR_NEEDS_ARGUMENT', { family, operator: name, place: 'reducer', parameters }, place);
  return true;
}

/** The dimension that orders rows for an ordered operator, a date that the root reaches; null for any other operator. */
function readOrder(
  { positions, report }: CompileContext,
  structure: Structure,
  family: string,
  operator: OperatorDefinition,
  { order }: IpReducerDocument,
  path: NodePath,
  root: Schema | undefined,
): string | null {
  if (!operator.isOrdered) {
    if (order === undefined) return null;
    report.issue('ORDER_NOT_TAKEN', { operator: operator.name, key: 'order' }, positions.key([...path, 'order']));
    return null;
  }
  if (order === undefined) {
    report.issue('ORDER_MISSING', { family, operator: operator.name }, positions.value([...path, 'operator']));
    return null;
  }
  const place = positions.value([...path, 'order']);
  const dimension = structure.dimensions.get(order);
  if (dimension === undefined) {
    const dates = [...structure.dimensions.values()].filter(({ type }) => type.kind === 'date').map(({ name }) => name);
    const usedBy = `\`order\` of \`${family}\``;
    report.issue('UNKNOWN_DIMENSION', { name: order, usedBy, suggestions: nearestNames(order, dates) }, place);
  } else if (dimension.type.kind !== 'date' && !structure.assumed.names.has(order)) {
    report.issue('ORDER_NOT_A_DATE', { family, dimension: order, type: printType(dimension.type) }, place);
  } else if (structure.sound && root !== undefined && !reaches(structure, root, order)) {
    report.issue('ORDER_UNREACHABLE', { family, dimension: order, root: root.name }, place);
  }
  return order;
}

/** How rows of one period merge under an ordered operator; null where that is not said. */
function readCombine(
  { positions, report }: CompileContext,
  family: RootDocument,
  operator: OperatorDefinition,
  { combine }: IpReducerDocument,
  path: NodePath,
  type: LogicalType | null,
): CombiningOperator | null {
  if (combine === undefined) return null;
  if (!operator.isOrdered) {
    report.issue('ORDER_NOT_TAKEN', { operator: operator.name, key: 'combine' }, positions.key([...path, 'combine']));
    return null;
  }
  const place = positions.value([...path, 'combine']);
  const named = COMBINING.find((name) => name === combine.toUpperCase());
  if (named === undefined) {
    report.issue('COMBINE_UNKNOWN', { operator: combine, known: COMBINING }, place);
    return null;
  }
  const { accepts } = OPERATORS[named];
  const { column, schema } = family.family_root;
  // Of a type that the operator itself does not take, and of rows, something is said already.
  if (column !== undefined && type !== null && operator.accepts.includes(type.kind) && !accepts.includes(type.kind)) {
    const subject = `\`${schema}.${column}\``;
    report.issue('OPERATOR_TYPE', { operator: named, subject, type: printType(type), accepts }, place);
  }
  return named;
}

function readBlock(
  { positions, report }: CompileContext,
  structure: Structure,
  metricFamily: string,
  block: readonly string[],
  path: NodePath,
): readonly string[] {
  block.forEach((name, index) => {
    if (structure.dimensionFamilies.has(name)) return;
    const family = structure.dimensions.get(name)?.family;
    const suggestions = family === undefined ? nearestNames(name, structure.dimensionFamilies) : [family];
    const usedBy = `An \`a_block\` of \`${metricFamily}\``;
    report.issue('UNKNOWN_DIMENSION_FAMILY', { name, usedBy, suggestions }, positions.value([...path, index]));
  });
  return [...new Set(block)].sort(compareCodePoints);
}
