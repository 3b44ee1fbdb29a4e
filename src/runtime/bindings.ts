import { ARQUERO_OPERATORS } from '../backends/arquero/operators.ts';
import { DUCKDB_OPERATORS } from '../backends/duckdb/operators.ts';
import { SQLITE_OPERATORS } from '../backends/sqlite/operators.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { BackendName, OperatorRegistry } from '../protocol/backend.ts';

/** L2: what each backend computes each operator by. */
export const BINDINGS: Readonly<Record<BackendName, OperatorRegistry['operators']>> = {
  duckdb: DUCKDB_OPERATORS,
  sqlite: SQLITE_OPERATORS,
  arquero: ARQUERO_OPERATORS,
};

/** Every backend. */
export const BACKEND_NAMES: readonly BackendName[] = ['duckdb', 'sqlite', 'arquero'];

/** Which operators each backend binds. */
export const BOUND: ReadonlyMap<BackendName, ReadonlySet<OperatorName>> = new Map(
  BACKEND_NAMES.map((name) => [name, new Set(BINDINGS[name].map(({ operator }) => operator))]),
);
