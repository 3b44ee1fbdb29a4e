import type { ConditionOf } from '../../collection/conditions.ts';
import type { SemanticManifest } from '../../collection/manifest.ts';
import { type LogicalType, printType } from '../../columns/logical-type.ts';
import { OPERATORS, type OperatorName } from '../../operators/catalog.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import type { ColumnCounts } from '../../sources/conversion.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, present, ROWS } from '../counting.ts';
import { EXAMPLE_LIMIT, NO_EXAMPLES } from '../examples.ts';
import { columnInput, requestOf, stableRows } from '../stable-rows.ts';
import type { Scene } from '../verification-context.ts';

/**
 * I8: the column has the type that its reducers need, and lost nothing to it. NULLs are counted over the rows that are
 * read; values that were not finite, or were rounded, over the column as it was read from its source.
 */
export function measureColumn(condition: ConditionOf<'I8'>, scene: Scene): Check {
  const rows = stableRows(scene, condition.schema);
  const { source } = rows.schema;
  const column = rows.schema.columns.find((each) => each.physical === condition.column);
  if (column === undefined)
    throw new RangeError(`manifest: schema ${condition.schema} has no column ${condition.column}`);
  const input = columnInput('k0', column);
  const request = requestOf(rows, { inputs: [input], keys: [], states: [ROWS, present(input)] });
  const operators = reducersOf(scene.manifest, condition);
  return {
    sources: [source],
    columns: columnsRead([request]),
    judge: async ({ aggregate, columnReports }) => {
      const report = columnReports(source)?.get(condition.column);
      if (report === undefined) {
        throw new RangeError(
          `source ${source}: no report of reading ${condition.column}; load it before it is checked`,
        );
      }
      const batch = await aggregate(request);
      const [all, values] = [countOf(batch, ROWS), countOf(batch, present(input))];
      return judgeColumn(all, all - values, report, column.type, operators);
    },
  };
}

/** `nulls` include values that were not finite. Contradicted by a type that an operator does not accept, or by rounding. */
export function judgeColumn(
  rows: number,
  nulls: number,
  { notFinite, rounded }: Pick<ColumnCounts, 'notFinite' | 'rounded'>,
  type: LogicalType,
  operators: readonly OperatorName[],
): Judgement {
  const counts = { rows, nulls, not_finite: notFinite, rounded };
  const undefinedFor = operators.filter((operator) => !OPERATORS[operator].accepts.includes(type.kind));
  if (undefinedFor.length === 0) return { holds: rounded === 0, counts, examples: NO_EXAMPLES };
  const examples = undefinedFor.slice(0, EXAMPLE_LIMIT).map((operator) => {
    return [operator, OPERATORS[operator].accepts.join(', '), printType(type)];
  });
  return { holds: false, counts, examples: { columns: ['operator', 'accepts', 'found'], rows: examples } };
}

/** The operators that families apply to a column: as their root's, or as a sibling's. */
function reducersOf(manifest: SemanticManifest, { schema, column }: ConditionOf<'I8'>): readonly OperatorName[] {
  const operators = manifest.metricFamilies.flatMap((family) => {
    if (family.kind === 'derived') return [];
    const siblings = family.siblings.filter((each) => each.schema === schema && each.column === column);
    const isRoot = family.root.schema === schema && family.root.column === column;
    const own = [
      ...family.ipReducers.map((each) => each.operator),
      ...(family.reducer === null ? [] : [family.reducer]),
    ];
    return [...(isRoot ? own : []), ...siblings.map((each) => each.operator)];
  });
  return [...new Set(operators)];
}
