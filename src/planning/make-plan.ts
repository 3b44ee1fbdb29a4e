import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { Facts } from '../resolution/facts.ts';
import type { ResolvedMetric, ResolvedQuery } from '../resolution/query.ts';
import { canonicalExpression } from '../resolution/where.ts';
import type { Atom } from './atom.ts';
import { makeAtom } from './atoms.ts';
import type { Metric, Plan } from './plan.ts';
import { requiredColumns } from './required-columns.ts';

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
