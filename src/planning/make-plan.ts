import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { Step } from '../resolution/access.ts';
import type { Facts } from '../resolution/facts.ts';
import type { ResolvedMetric, ResolvedQuery } from '../resolution/query.ts';
import { canonicalExpression } from '../resolution/where.ts';
import type { Atom } from './atom.ts';
import { makeAtom } from './atoms.ts';
import type { Metric, Plan, RequiredColumns } from './plan.ts';

/** Turns a resolved query into atoms and their assembly. Pure; facts give source hashes. */
export function makePlan(facts: Facts, query: ResolvedQuery): Plan {
  const anchor = query.anchor.map((each) => each.name).sort();
  const atoms = new Map<string, Atom>();
  const substitutes: Record<string, readonly Atom[]> = {};
  const metrics = query.metrics.map((metric) => {
    const { atoms: made, others } = metricAtoms(facts, query, metric, anchor);
    made.forEach((atom, i) => {
      atoms.set(atom.key, atom);
      substitutes[atom.key] = others.flatMap((readingAtoms) => readingAtoms[i] ?? []);
    });
    const { name, label, operator, inputType, type } = metric;
    return { name, label, operator, inputType, type, atoms: made.map((atom) => atom.key) } satisfies Metric;
  });
  if (query.coordinates !== null) {
    const request = {
      family: null,
      state: 'coordinates',
      inputType: null,
      anchor,
      filter: query.filter,
      memoise: true,
    } as const;
    const atom = makeAtom(facts, query.coordinates, request);
    atoms.set(atom.key, atom);
  }
  const blocked = [...new Set(query.metrics.flatMap((metric) => metric.blocked))];
  const list = [...atoms.values()];
  const { canonical, astFingerprint, manifestFingerprint, columns, having, order, limit } = query;
  return {
    fingerprint: fingerprint('plan', {
      astFingerprint,
      manifestFingerprint,
      atoms: list.map((atom) => atom.key),
      metrics: metrics.map(({ name, operator, atoms: keys }) => ({ name, operator, atoms: keys })),
      columns: columns.map(
        (column): Canonical =>
          column.kind === 'series' ? [column.name, canonicalExpression(column.expression)] : [column.name, column.kind],
      ),
    }),
    canonical,
    astFingerprint,
    manifestFingerprint,
    anchor: query.anchor,
    atoms: list,
    substitutes,
    metrics,
    columns,
    having,
    order,
    limit,
    decisions: query.decisions,
    proofs: query.proofs,
    missing: query.missing,
    conditions: query.conditions,
    lineage: query.lineage,
    requiredColumns: requiredColumns(
      list,
      columns.flatMap((column) => (column.kind === 'determined' ? column.steps : [])),
    ),
    derived: query.derived,
    blocked,
  };
}

/** The atoms of a metric by its chosen reading, in the order of the operator's states, and the same by the others. */
function metricAtoms(
  facts: Facts,
  query: ResolvedQuery,
  metric: ResolvedMetric,
  anchor: readonly string[],
): { readonly atoms: readonly Atom[]; readonly others: readonly (readonly Atom[])[] } {
  const { family, inputType } = metric;
  const memoise = metric.blocked.length === 0;
  const [chosen, ...rest] = metric.readings.map((reading) =>
    OPERATORS[metric.operator].states.map((state) =>
      makeAtom(facts, reading, { family, state, inputType, anchor, filter: query.filter, memoise }),
    ),
  );
  return { atoms: chosen ?? [], others: rest };
}

/** The columns that computing these atoms reads, by source. */
export function requiredColumns(atoms: readonly Atom[], steps: readonly Step[] = []): RequiredColumns {
  const bySource = new Map<string, Map<string, LogicalType>>();
  const add = (source: string, column: string, type: LogicalType) => {
    const columns = bySource.get(source) ?? new Map<string, LogicalType>();
    bySource.set(source, columns.set(column, type));
  };
  const addSteps = (chain: readonly Step[]) => {
    for (const step of chain) {
      if (step.kind !== 'lookup') continue;
      add(step.source, step.childColumn, step.childType);
      add(step.source, step.parentColumn, step.type);
    }
  };
  for (const atom of atoms) {
    for (const { access } of atom.inputs) {
      add(atom.source, access.column, access.columnType);
      addSteps(access.steps);
    }
    if (!bySource.has(atom.source)) bySource.set(atom.source, new Map());
  }
  addSteps(steps);
  return Object.fromEntries(
    [...bySource].map(([source, columns]) => [
      source,
      [...columns].map(([name, type]) => ({ name, type })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}
