import type { CalendarLevel } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { CollectionModel } from '../collection.ts';
import type { CollectionDocument } from '../collection-schema.ts';
import type { ManifestSource } from '../manifest.ts';
import type { Report } from '../report.ts';
import type { Place, Positions } from '../yaml/positions.ts';

/** What every step of compiling reads, and the report they write to. */
export interface CompileContext {
  readonly document: CollectionDocument;
  readonly positions: Positions;
  readonly report: Report;
  /** Sources of the installation by name; `kind: null` where one could not be read. */
  readonly sources: ReadonlyMap<string, ManifestSource>;
  /** logical → physical */
  readonly nameMap: ReadonlyMap<string, string>;
  /** Days by source, with the installation's default. */
  readonly holdOffDays: (source: string) => number;
}

/** The context of a model. */
export function contextOf(
  model: CollectionModel,
  sources: ReadonlyMap<string, ManifestSource>,
  holdOffDays: (source: string) => number,
  report: Report,
): CompileContext {
  const { document, positions } = model;
  return {
    document,
    positions,
    report,
    sources,
    nameMap: new Map(Object.entries(document.name_map ?? {})),
    holdOffDays,
  };
}

/** What a bound column says, before types are settled. */
export type DraftMeaning =
  | { readonly kind: 'dimension'; readonly dimension: string }
  | { readonly kind: 'attribute'; readonly attribute: string; readonly of: string }
  | { readonly kind: 'measure' };

export interface DraftColumn {
  readonly physical: string;
  /** Declared type, else the source's; null where neither is known (the source could not be read). */
  readonly type: LogicalType | null;
  readonly declared: boolean;
  readonly meaning: DraftMeaning;
  readonly place: Place;
}

/** A schema with its columns bound. */
export interface DraftSchema {
  readonly name: string;
  /** Index in the document. */
  readonly index: number;
  readonly source: string;
  /** Columns of the source, empty where they are not known. */
  readonly sourceColumns: ReadonlySet<string>;
  readonly grain: readonly string[];
  readonly columns: readonly DraftColumn[];
  /** A lookup all of whose edges have `as:` gives no names of its own. */
  readonly rolesOnly: boolean;
}

/** A level of a calendar, by the dimension that has it. */
export type CalendarLevels = ReadonlyMap<string, CalendarLevel>;

/** The column of a schema that holds a dimension under the schema's own name for it. */
export function dimensionColumn(schema: DraftSchema, dimension: string): DraftColumn | undefined {
  return schema.columns.find(({ meaning }) => meaning.kind === 'dimension' && meaning.dimension === dimension);
}

/** Names that a schema's columns bear: dimensions and attributes. */
export function ownNames(schema: DraftSchema): readonly string[] {
  return schema.columns.flatMap(({ meaning }) => {
    if (meaning.kind === 'dimension') return [meaning.dimension];
    return meaning.kind === 'attribute' ? [meaning.attribute] : [];
  });
}

/** The dimensions that a schema holds in columns of its own; a lookup read only through roles holds none. */
export function ownDimensions(schema: DraftSchema): readonly string[] {
  if (schema.rolesOnly) return [];
  return schema.columns.flatMap(({ meaning }) => (meaning.kind === 'dimension' ? [meaning.dimension] : []));
}
