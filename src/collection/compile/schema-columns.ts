import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, printType } from '../../columns/logical-type.ts';
import type { ColumnRole, Schema, SchemaColumn } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { CompileContext, DraftColumn, DraftSchema } from './draft.ts';

/** The manifest's schema of a draft, once the types of columns are settled. Columns are sorted by physical name. */
export function settleSchema(
  context: CompileContext,
  draft: DraftSchema,
  typeOf: (column: DraftColumn) => LogicalType,
): Schema {
  const columns = draft.columns
    .map(
      (column): SchemaColumn => ({
        physical: column.physical,
        type: typeOf(column),
        role: roleOf(column, draft.rolesOnly),
      }),
    )
    .sort((a, b) => compareCodePoints(a.physical, b.physical));
  return {
    name: draft.name,
    source: draft.source,
    grain: [...new Set(draft.grain)].sort(compareCodePoints),
    columns,
    stability: stabilityOf(context, draft, columns),
  };
}

function roleOf({ meaning }: DraftColumn, rolesOnly: boolean): ColumnRole {
  switch (meaning.kind) {
    case 'dimension':
      return rolesOnly
        ? { kind: 'roleSource', name: meaning.dimension }
        : { kind: 'dimension', dimension: meaning.dimension };
    case 'attribute':
      return rolesOnly
        ? { kind: 'roleSource', name: meaning.attribute }
        : { kind: 'attribute', attribute: meaning.attribute, of: meaning.of };
    case 'measure':
      return { kind: 'measure' };
  }
}

function stabilityOf(
  { document, positions, report, holdOffDays }: CompileContext,
  draft: DraftSchema,
  columns: readonly SchemaColumn[],
): Schema['stability'] {
  const date = document.schemas[draft.index]?.stability?.date_column;
  if (date === undefined) return null;
  const place = positions.value(['schemas', draft.index, 'stability', 'date_column']);
  const column = columns.find((each) => each.physical === date);
  if (column === undefined) {
    const parameters = {
      column: date,
      schema: draft.name,
      usedBy: '`date_column`',
      inSource: draft.sourceColumns.has(date),
      suggestions: nearestNames(
        date,
        columns.map((each) => each.physical),
      ),
    };
    report.issue('UNBOUND_COLUMN', parameters, place);
  } else if (column.type.kind !== 'date') {
    const type = printType(column.type);
    report.issue('STABILITY_NOT_A_DATE', { schema: draft.name, column: date, type }, place);
  }
  return { column: date, holdOffDays: holdOffDays(draft.source) };
}
