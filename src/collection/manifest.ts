import type { CalendarLevel } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { SourceColumn, SourceKind } from '../sources/snapshot.ts';

/**
 * The compiled collection: declarations only, frozen, plain data. `fingerprint` covers every field but those named in
 * `DISPLAY_FIELDS` (manifest-fingerprint.ts).
 */
export interface SemanticManifest {
  readonly manifestVersion: 1;
  readonly collection: { readonly name: string; readonly description: string };
  readonly schemas: readonly Schema[];
  readonly dimensions: readonly Dimension[];
  readonly attributes: readonly Attribute[];
  readonly dimensionFamilies: readonly DimensionFamily[];
  readonly metricFamilies: readonly MetricFamily[];
  /** All functional dependencies between dimensions and from dimensions to attributes. */
  readonly fdDag: readonly FdEdge[];
  /** Relations between dimensions that are not functional: reached only by membership on purpose (VIA). */
  readonly bridges: readonly Bridge[];
  /** logical → physical; it inherits nothing, so any text may be looked up in it. */
  readonly nameMap: Readonly<Record<string, string>>;
  /** The collection's filter, over dimensions and attributes. Schemas that do not reach its names are not scoped. */
  readonly filter: Expr | null;
  readonly blockedReduction: 'refuse' | 'disclose';
  readonly sources: readonly ManifestSource[];
  readonly operatorsHash: string;
  readonly issues: readonly Finding[];
  readonly fingerprint: string;
}

export interface ManifestSource {
  readonly name: string;
  /** null: the source could not be read when the collection was compiled. */
  readonly kind: SourceKind | null;
  readonly columns: readonly SourceColumn[];
}

/** A logical table with a grain. */
export interface Schema {
  readonly name: string;
  readonly source: string;
  /** Dimension names, sorted; of a lookup read only through roles, its own names (see grain.ts for the columns). */
  readonly grain: readonly string[];
  readonly columns: readonly SchemaColumn[];
  readonly stability: { readonly column: string; readonly holdOffDays: number } | null;
}

/** A bound column of a schema: the source's column, its type, and what it means there. */
export interface SchemaColumn {
  /** Name in the source. */
  readonly physical: string;
  readonly type: LogicalType;
  readonly role: ColumnRole;
}

export type ColumnRole =
  | { readonly kind: 'dimension'; readonly dimension: string }
  /** A column of a lookup read only through roles: it gives no name of its own; `name` is what `as:` maps. */
  | { readonly kind: 'roleSource'; readonly name: string }
  | { readonly kind: 'attribute'; readonly attribute: string; readonly of: string }
  | { readonly kind: 'measure' };

export interface Dimension {
  readonly name: string;
  readonly type: LogicalType;
  /** Dimension family it belongs to; a dimension in no edge is a family of its own, named after it. */
  readonly family: string;
  /** null outside the calendar. */
  readonly level: CalendarLevel | null;
}

/** A column that a dimension determines. It is reached like a dimension, but never stands in an anchor. */
export interface Attribute {
  readonly name: string;
  readonly of: string;
  readonly type: LogicalType;
}

export interface DimensionFamily {
  readonly name: string;
  /** Finest first where one edge leads to the other. */
  readonly dimensions: readonly string[];
}

/**
 * child → parent. `lookup`: the distinct (childColumn, parentColumn) pairs of the schema `via`; parent may be an
 * attribute. `calendar`: the period of the parent's level that holds the child's, proven by construction.
 */
export type FdEdge =
  | {
      readonly kind: 'lookup';
      /** `store→region via stores`; unique. */
      readonly id: string;
      readonly child: string;
      readonly parent: string;
      readonly via: string;
      readonly childColumn: string;
      readonly parentColumn: string;
    }
  | {
      readonly kind: 'calendar';
      readonly id: string;
      readonly child: string;
      readonly parent: string;
      readonly from: CalendarLevel;
      readonly to: CalendarLevel;
    };

/** child ↔ parent through the distinct (childColumn, parentColumn) pairs of the schema `via`. */
export interface Bridge {
  /** `product↔promotion via product_promotions`; unique. */
  readonly id: string;
  readonly child: string;
  readonly parent: string;
  readonly via: string;
  readonly childColumn: string;
  readonly parentColumn: string;
}

export type LookupEdge = Extract<FdEdge, { kind: 'lookup' }>;

/** A named metric. Two families may bear one name with different roots (cousins). */
export type MetricFamily = RootFamily | DerivedFamily;

export interface RootFamily {
  readonly kind: 'root';
  readonly name: string;
  readonly description: string;
  readonly root: {
    readonly schema: string;
    /** null: the schema's rows. */
    readonly column: string | null;
    /** Over the root's own columns: measures by their physical, dimensions and attributes by their own names; null: none. */
    readonly where: Expr | null;
  };
  /** Type of the root's column; int64 for rows. */
  readonly type: LogicalType;
  /** In the order written: the first is the bare family's. Rows (column null) are counted by `COUNT(*)`. */
  readonly ipReducers: readonly IpReducer[];
  /** An operator that cannot be merged, in place of ip_reducers. */
  readonly reducer: OperatorName | null;
  readonly siblings: readonly Sibling[];
  /** Anchors to materialise, each sorted. */
  readonly materializeAt: readonly (readonly string[])[];
}

export interface DerivedFamily {
  readonly kind: 'derived';
  readonly name: string;
  readonly description: string;
  readonly formula: Expr;
  /** The formula as written, for display. */
  readonly formulaText: string;
  readonly inputs: readonly string[];
}

export interface IpReducer {
  readonly operator: OperatorName;
  /** FIRST and LAST: the dimension that orders rows, and how those of one period merge; null: there is one row a period. */
  readonly order: string | null;
  readonly combine: CombiningOperator | null;
  /** Dimension families along which this reducer must not aggregate. */
  readonly aBlock: readonly string[];
}

/** Operators by which rows of one period may merge under FIRST and LAST. */
export type CombiningOperator = 'SUM' | 'MIN' | 'MAX';

export interface Sibling {
  readonly schema: string;
  readonly column: string;
  readonly operator: OperatorName;
}

/** Something that compiling noticed and that does not stop it; it stands at a place in the YAML. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}
