import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, printType, sameType } from '../../columns/logical-type.ts';
import { rollsUp } from '../../operators/catalog.ts';
import type { MetricFamilyDocument } from '../collection-schema.ts';
import type { Schema, Sibling } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';
import { readOperator } from './operators.ts';
import { boundColumn } from './root-families.ts';
import { reaches, type Structure } from './structure.ts';

/** The siblings of a family, checked and sorted by schema, column and operator. */
export function siblingsOf(
  context: CompileContext,
  structure: Structure,
  family: MetricFamilyDocument,
  path: NodePath,
  root: Schema,
  type: LogicalType,
): readonly Sibling[] {
  const siblings = (family.siblings ?? []).flatMap((sibling, index) => {
    const read = readSibling(context, structure, family.name, sibling, [...path, 'siblings', index], root, type);
    return read === undefined ? [] : [{ read, path: [...path, 'siblings', index] }];
  });
  const lines = new Map<string, number>();
  for (const { read, path: at } of siblings) {
    const place = context.positions.value(at);
    const name = `${read.operator} in ${read.schema}`;
    const firstLine = lines.get(name);
    if (firstLine !== undefined) context.report.issue('DUPLICATE_NAME', { kind: 'sibling', name, firstLine }, place);
    lines.set(name, firstLine ?? place.line);
  }
  return siblings
    .map(({ read }) => read)
    .sort(
      (a, b) =>
        compareCodePoints(a.schema, b.schema) ||
        compareCodePoints(a.operator, b.operator) ||
        compareCodePoints(a.column, b.column),
    );
}

function readSibling(
  context: CompileContext,
  structure: Structure,
  family: string,
  sibling: NonNullable<MetricFamilyDocument['siblings']>[number],
  path: NodePath,
  root: Schema,
  type: LogicalType,
): Sibling | undefined {
  const { positions, report } = context;
  const usedBy = `A sibling of \`${family}\``;
  const operator = readOperator(context, sibling.operator, usedBy, positions.value([...path, 'operator']));
  const schema = structure.schemas.get(sibling.schema);
  if (schema === undefined) {
    const suggestions = nearestNames(sibling.schema, structure.schemas.keys());
    report.issue('UNKNOWN_SCHEMA', { name: sibling.schema, usedBy, suggestions }, positions.value([...path, 'schema']));
    return undefined;
  }
  if (schema.name === root.name) {
    report.issue('SIBLING_IS_ROOT', { family, schema: schema.name }, positions.value([...path, 'schema']));
    return undefined;
  }
  const unreached = schema.grain.find((dimension) => !reaches(structure, root, dimension));
  if (structure.sound && unreached !== undefined) {
    const parameters = { family, sibling: schema.name, dimension: unreached, root: root.name };
    report.issue('SIBLING_UNREACHABLE', parameters, positions.value([...path, 'schema']));
  }
  const column = boundColumn(context, schema, sibling.column, usedBy, [...path, 'column']);
  if (operator === undefined || column === undefined) return undefined;
  if (rollsUp(operator) && operator.finish !== 'state') {
    const parameters = { family, operator: operator.name };
    report.issue('SIBLING_NOT_MERGEABLE', parameters, positions.value([...path, 'operator']));
    return undefined;
  }
  const needed = operator.result(type);
  if (operator.accepts.includes(type.kind) && !sameType(needed, column.type)) {
    const parameters = {
      family,
      sibling: `${schema.name}.${column.physical}`,
      type: printType(column.type),
      operator: operator.name,
      needed: printType(needed),
    };
    report.issue('SIBLING_TYPE', parameters, positions.value([...path, 'column']));
  }
  return { schema: schema.name, column: column.physical, operator: operator.name };
}
