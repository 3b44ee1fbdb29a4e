import type { Expr } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** How tightly operators bind, from loosest: a reader takes what binds at least as tightly as it is told. */
export const BINDING = { any: 0, or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7 } as const;

/** Reads an expression whose operators bind at least as tightly as `binding` (any, by default); null after a failure. */
export type ReadExpr = (cursor: Cursor, binding?: number) => Expr | null;
