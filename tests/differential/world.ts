import type { Expr } from './expr.ts';
import type { Combining, Operator } from './operators.ts';

/** Levels of the calendar, the finest first; weeks lead nowhere. */
export const LEVELS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Level = (typeof LEVELS)[number];

export type Type =
  | { readonly kind: 'text' | 'int64' | 'double' | 'bool' }
  | { readonly kind: 'decimal'; readonly digits: number }
  | { readonly kind: 'date'; readonly level: Level };

/** text: string · date: its printed period · int64 and decimal: bigint units · double: number · bool: boolean. */
export type Cell = string | bigint | number | boolean | null;

/** What a column is; a measure goes by the column's own name. */
export type Role =
  | { readonly kind: 'dimension'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly of: string }
  | { readonly kind: 'measure' };

export interface Column {
  /** In the source. */
  readonly name: string;
  readonly role: Role;
  readonly type: Type;
}

/** A schema and the source of the same name, with all its rows. */
export interface Table {
  readonly name: string;
  readonly format: 'csv' | 'json' | 'arrow';
  readonly grain: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The column that dates a row where there is a hold-off; null: read whole. */
  readonly dateColumn: string | null;
  readonly kind: 'fact' | 'lookup' | 'roles' | 'sibling' | 'bridge';
}

/** child → parent, read from two columns of a lookup. */
export interface Edge {
  readonly child: string;
  readonly parent: string;
  readonly via: string;
  readonly childColumn: string;
  readonly parentColumn: string;
  /** Names of the lookup → names that the edge gives them; null: it is no role. */
  readonly as: Readonly<Record<string, string>> | null;
}

/** child ↔ parent, read from two columns of a table of pairs: none, one or several parents a child. */
export interface Bridge {
  readonly child: string;
  readonly parent: string;
  readonly via: string;
}

export interface DimensionFamily {
  readonly name: string;
  readonly edges: readonly Edge[];
  readonly bridges: readonly Bridge[];
  readonly calendar: { readonly from: string; readonly levels: readonly Level[] } | null;
}

/** An operator that a family lists. */
export interface Reducer {
  readonly operator: Operator;
  /** Of FIRST and LAST: what orders rows, and how those of one period merge. */
  readonly order: string | null;
  readonly combine: Combining | null;
  readonly block: readonly string[];
}

export interface RootFamily {
  readonly kind: 'root';
  readonly name: string;
  readonly table: string;
  /** null: the rows. */
  readonly column: string | null;
  readonly type: Type;
  /** Over the table's own names: dimensions and attributes by theirs, measures by their column's. */
  readonly where: Expr | null;
  /** The first is what the bare family means. One that cannot be merged stands alone. */
  readonly reducers: readonly Reducer[];
  readonly siblings: readonly { readonly table: string; readonly column: string; readonly operator: Operator }[];
  readonly hints: readonly (readonly string[])[];
}

export interface DerivedFamily {
  readonly kind: 'derived';
  readonly name: string;
  readonly formula: Expr;
  readonly inputs: readonly string[];
  readonly type: Type;
}

export type Family = RootFamily | DerivedFamily;

/** A generated collection with its data. Nothing here knows Coframe. */
export interface World {
  readonly seed: number;
  readonly tables: readonly Table[];
  readonly dimensions: readonly { readonly name: string; readonly type: Type }[];
  readonly attributes: readonly { readonly name: string; readonly of: string; readonly type: Type }[];
  readonly dimensionFamilies: readonly DimensionFamily[];
  readonly families: readonly Family[];
  /** logical → column name. */
  readonly nameMap: Readonly<Record<string, string>>;
  readonly filter: Expr | null;
  /** What becomes of a reduction that a family blocks. */
  readonly blocked: 'refuse' | 'disclose';
  readonly stability: { readonly asOf: string; readonly holdOffDays: number } | null;
}

/** The table of a name. Throws `RangeError` where there is none. */
export function tableNamed(world: World, name: string): Table {
  const table = world.tables.find((each) => each.name === name);
  if (table === undefined) throw new RangeError(`world: there is no table ${name}`);
  return table;
}

/** Type of a dimension or attribute; undefined for any other name. */
export function typeOfName(world: World, name: string): Type | undefined {
  return (world.dimensions.find((each) => each.name === name) ?? world.attributes.find((each) => each.name === name))
    ?.type;
}
