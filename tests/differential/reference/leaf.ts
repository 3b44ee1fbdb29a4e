import type { Expr } from '../expr.ts';
import type { Combining, Operator, Window } from '../operators.ts';
import type { Level as CalendarLevel, RootFamily, Table } from '../world.ts';
import type { Level } from './level.ts';

/** An operator over the rows of a table. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly key: string;
  readonly operator: Operator;
  /** null: the rows. */
  readonly argument: Expr | null;
  readonly weight: Expr | null;
  readonly q: number | null;
  readonly order: string | null;
  readonly combine: Combining | null;
  /** Whether the question says that the rows of a period are summed. */
  readonly sumsPeriod: boolean;
  readonly families: readonly RootFamily[];
  /** That of the families; null: it must be told whose rows are counted. */
  readonly table: Table | null;
}

/** An operator over the coordinates of an inner level. */
export interface Reduction {
  readonly kind: 'reduction';
  readonly key: string;
  readonly operator: Operator;
  readonly value: Expr;
  readonly weight: Expr | null;
  readonly q: number | null;
  readonly order: string | null;
  readonly combine: Combining | null;
  readonly inner: Level;
}

/** A value at exactly its own anchor, repeated. */
export interface Replica {
  readonly kind: 'replica';
  readonly key: string;
  readonly value: Expr;
  readonly inner: Level;
}

/** A window over the rows of the Frame. */
export interface WindowLeaf {
  readonly kind: 'window';
  readonly key: string;
  readonly window: Window;
  readonly value: Expr;
  readonly count: number;
  /** null: a rank, or what is refused for want of one. */
  readonly axis: { readonly name: string; readonly level: CalendarLevel } | null;
  readonly step: CalendarLevel | null;
  readonly reset: CalendarLevel | null;
  readonly within: string | null;
}

/** What an expression of a level is made of. */
export type Leaf = Aggregate | Reduction | Replica | WindowLeaf;
