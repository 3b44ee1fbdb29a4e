import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, printType, sameType } from '../../columns/logical-type.ts';
import type { Attribute } from '../manifest.ts';
import type { Place } from '../yaml/positions.ts';
import type { CompileContext, DraftColumn } from './draft.ts';
import type { DraftEdge } from './edges.ts';

/** An attribute with the place that declares it first and the columns that hold it; its type null where not known. */
export interface SettledAttribute extends Omit<Attribute, 'type'> {
  readonly type: LogicalType | null;
  readonly place: Place;
  readonly columns: readonly DraftColumn[];
}

/** The attributes that attribute edges lead to, sorted by name; several lookups may hold one, of one type. */
export function settleAttributes({ report }: CompileContext, edges: readonly DraftEdge[]): readonly SettledAttribute[] {
  const found = new Map<
    string,
    { of: string; place: Place; type: LogicalType | null; at: string; columns: DraftColumn[] }
  >();
  for (const { edge, columns, place } of edges) {
    if (columns === undefined || edge.kind !== 'lookup') continue;
    const { type } = columns.parent;
    const at = `\`${edge.via}.${edge.parentColumn}\``;
    const other = found.get(edge.parent);
    if (other === undefined) {
      found.set(edge.parent, { of: edge.child, place, type, at, columns: [columns.parent] });
      continue;
    }
    other.columns.push(columns.parent);
    if (other.of !== edge.child) {
      report.issue('ATTRIBUTE_OF_TWO', { attribute: edge.parent, first: other.of, second: edge.child }, place);
    }
    if (type === null) continue;
    if (other.type === null) {
      other.type = type;
      other.at = at;
    } else if (!sameType(other.type, type)) {
      const types = { first: printType(other.type), firstAt: other.at, second: printType(type), secondAt: at };
      report.issue('TWO_TYPES', { kind: 'attribute', name: edge.parent, ...types }, columns.parent.place);
    }
  }
  return [...found]
    .map(([name, { of, place, type, columns }]) => ({ name, of, place, type, columns }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}
