import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, printType, sameType } from '../../columns/logical-type.ts';
import { type OperatorDefinition, rollsUp } from '../../operators/catalog.ts';
import type { Schema, Sibling } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import { boundColumn } from './bound-column.ts';
import type { CompileContext } from './draft.ts';
import { applyToRoot, type RootDocument, readOperator } from './operators.ts';
import { isAssumed, reaches, type Structure } from './structure.ts';

/** The siblings of a family, checked and sorted by schema, column and operator. */
export function siblingsOf(
  context: CompileContext,
  structure: Structure,
  family: RootDocument,
  path: NodePath,
  root: Schema,
  type: LogicalType | null,
): readonly Sibling[] {
  const siblings = (family.siblings ?? []).flatMap((sibling, index) => {
    const read = readSibling(context, structure, family, sibling, [...path, 'siblings', index], root, type);
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

/** What a pre-aggregate may hold in place of the operator's finished values, in words; empty where there is nothing. */
function partsOf({ finish }: OperatorDefinition): readonly string[] {
  return finish === 'mean' ? ['its sum', 'its count'] : [];
}

function readSibling(
  context: CompileContext,
  structure: Structure,
  family: RootDocument,
  sibling: NonNullable<RootDocument['siblings']>[number],
  path: NodePath,
  root: Schema,
  type: LogicalType | null,
): Sibling | undefined {
  const { positions, report } = context;
  const usedBy = `A sibling of \`${family.name}\``;
  const place = positions.value([...path, 'operator']);
  const named = readOperator(context, sibling.operator, usedBy, place);
  const operator = named === undefined ? undefined : applyToRoot(context, family, named, type, place);
  const schema = structure.schemas.get(sibling.schema);
  if (schema === undefined) {
    const suggestions = nearestNames(sibling.schema, structure.schemas.keys());
    report.issue('UNKNOWN_SCHEMA', { name: sibling.schema, usedBy, suggestions }, positions.value([...path, 'schema']));
    return undefined;
  }
  if (schema.name === root.name) {
    report.issue('SIBLING_IS_ROOT', { family: family.name, schema: schema.name }, positions.value([...path, 'schema']));
    return undefined;
  }
  const unreached = schema.grain.find((dimension) => !reaches(structure, root, dimension));
  if (structure.sound && unreached !== undefined) {
    const parameters = { family: family.name, sibling: schema.name, dimension: unreached, root: root.name };
    report.issue('SIBLING_UNREACHABLE', parameters, positions.value([...path, 'schema']));
  }
  const column = boundColumn(context, schema, sibling.column, usedBy, positions.value([...path, 'column']));
  if (operator === undefined || column === undefined) return undefined;
  if (operator.parameters.length > 0) {
    const { name, parameters } = operator;
    report.issue(
      'OPERATOR_NEEDS_ARGUMENT',
      { family: family.name, operator: name, place: 'sibling', parameters },
      place,
    );
    return undefined;
  }
  if (rollsUp(operator) && operator.finish !== 'state') {
    const parts = partsOf(operator);
    report.issue('SIBLING_NOT_MERGEABLE', { family: family.name, operator: operator.name, parts }, place);
    return undefined;
  }
  const needed = type === null || isAssumed(structure, schema, column.physical) ? column.type : operator.result(type);
  if (!sameType(needed, column.type)) {
    const parameters = {
      family: family.name,
      sibling: `${schema.name}.${column.physical}`,
      type: printType(column.type),
      operator: operator.name,
      needed: printType(needed),
    };
    report.issue('SIBLING_TYPE', parameters, positions.value([...path, 'column']));
  }
  return { schema: schema.name, column: column.physical, operator: operator.name };
}
