import { ArqueroTables } from '../backends/arquero/held-tables.ts';
import { statementText } from '../backends/arquero/statement.ts';
import { writeVerbs } from '../backends/arquero/verbs.ts';
import { DUCKDB_DIALECT } from '../backends/duckdb/dialect.ts';
import { generateAggregate } from '../backends/sql/generate-aggregate.ts';
import { SQLITE_DIALECT } from '../backends/sqlite/dialect.ts';
import { groupAtoms } from '../engine/compute.ts';
import type { Plan } from '../planning/plan.ts';
import type { BackendName } from '../protocol/backend.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import type { Facts } from '../resolution/facts.ts';
import type { ExplainedStatement } from './api.ts';
import { BACKEND_NAMES } from './bindings.ts';
import { outlinedRequest } from './lowered-request.ts';

/**
 * What each backend would be sent for the atoms of a plan, were none of them stored. Nothing is asked of a backend, so
 * what only loaded columns tell may make the statement that runs another, of the same answer: how large their numbers are
 * spares guards, and how few values they hold lets rows be grouped before they climb.
 */
export function planStatements(plan: Plan, facts: Facts): readonly ExplainedStatement[] {
  return groupAtoms(plan.atoms).flatMap(({ atoms, request }) => {
    const { request: outlined, tabulated } = outlinedRequest(request);
    return BACKEND_NAMES.map((backend) => ({
      backend,
      isDefault: backend === facts.backend.name,
      atoms: atoms.map((atom) => atom.key),
      text: printers[backend](outlined),
      tabulated,
    }));
  });
}

const printers: Readonly<Record<BackendName, (request: AggregateRequest) => string>> = {
  duckdb: (request) => generateAggregate(request, DUCKDB_DIALECT),
  sqlite: (request) => generateAggregate(request, SQLITE_DIALECT),
  arquero: (request) => {
    const held = new ArqueroTables();
    return statementText(held, request, writeVerbs(held, request));
  },
};
