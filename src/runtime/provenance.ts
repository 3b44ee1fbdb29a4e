import type { Attestation, Condition } from '../collection/attestation.ts';
import { conditionLabel } from '../collection/conditions.ts';
import type { EntryUse } from '../engine/entry.ts';
import type { ServedAtom } from '../engine/metric-engine.ts';
import { columnsOf } from '../operators/expression.ts';
import { allMetrics, partsOf } from '../planning/level-parts.ts';
import type { FrameColumn, Plan } from '../planning/plan.ts';
import type { AtomProvenance, ConditionSummary, SeriesProvenance, ServedFrom } from './api.ts';

/** A Frame of coordinates has no series; its one atom is told under its own word. */
const COORDINATES = 'coordinates';

/** Where the atoms of an answer came from, in one word. */
export function servedFrom(served: readonly ServedAtom[], engineOn: boolean): ServedFrom {
  if (!engineOn) return 'backend';
  const fromEntries = served.filter((each) => each.path !== 'backend').length;
  if (fromEntries === served.length) return 'engine_cache';
  return fromEntries === 0 ? 'engine_backend' : 'engine_mixed';
}

/** For each series shown, the atoms it is made of and how each came; `now` in milliseconds since 1970. */
export function seriesProvenance(
  plan: Plan,
  served: ReadonlyMap<string, ServedAtom>,
  now: number,
): readonly SeriesProvenance[] {
  const series = plan.columns.flatMap((column) => {
    if (column.kind !== 'series') return [];
    return [{ series: column.name, atoms: atomsOf(atomKeysOf(plan, column), served, now) }];
  });
  return series.some(({ atoms }) => atoms.length > 0)
    ? series
    : [
        {
          series: COORDINATES,
          atoms: atomsOf(
            plan.atoms.map((atom) => atom.key),
            served,
            now,
          ),
        },
      ];
}

/** The first series shown that is made of an atom, by its entry key. */
export function seriesMadeOf(plan: Plan, key: string): string {
  const series = plan.columns.find((column) => column.kind === 'series' && atomKeysOf(plan, column).includes(key));
  return series?.name ?? COORDINATES;
}

function atomKeysOf(plan: Plan, column: FrameColumn): readonly string[] {
  if (column.kind !== 'series') return [];
  const { metrics, coordinates } = partsOf(plan.level, plan.windows, column.expression);
  return [...metrics.flatMap((metric) => metric.atoms), ...coordinates];
}

function atomsOf(
  keys: readonly string[],
  served: ReadonlyMap<string, ServedAtom>,
  now: number,
): readonly AtomProvenance[] {
  return [...new Set(keys)].flatMap((key) => {
    const found = served.get(key);
    return found === undefined ? [] : [atomProvenance(found, now)];
  });
}

function atomProvenance(served: ServedAtom, now: number): AtomProvenance {
  const { atom, path, entry, steps, statement, rowsScanned, milliseconds, notCheaper } = served;
  const climbed = atom.inputs.flatMap((input) =>
    atom.anchor.includes(input.name) ? input.access.steps.map((step) => step.edge) : [],
  );
  return {
    key: atom.key,
    family: atom.family,
    state: atom.state,
    anchor: atom.anchor,
    schema: atom.schema,
    path,
    entry: entry && {
      key: entry.row.key,
      anchor: entry.row.anchor.map((each) => each.name),
      rows: entry.row.rows,
      bytes: entry.row.bytes,
      ageMilliseconds: Math.max(0, now - entry.row.createdAt),
      tier: entry.tier,
    },
    steps: path === 'backend' ? [...new Set(climbed)] : steps,
    statement,
    rowsScanned,
    milliseconds,
    notCheaper,
  };
}

/**
 * The choices of the plan as they came out: where an entry of another schema that holds the same numbers was at hand,
 * that schema took the place of the chosen one.
 */
export function decisionsMade(plan: Plan, served: ReadonlyMap<string, ServedAtom>): Plan['decisions'] {
  const schemas = new Map(
    allMetrics(plan.level).flatMap(({ label, atoms }) =>
      atoms.flatMap((key) => {
        const found = served.get(key);
        return found === undefined ? [] : [[label, found.atom.schema] as const];
      }),
    ),
  );
  return plan.decisions.map((decision) => {
    const schema = decision.domain === 'schema' ? schemas.get(decision.subject) : undefined;
    if (schema === undefined || schema === decision.chosen) return decision;
    const lost = { name: decision.chosen, reason: `an entry of ${schema} was at hand` };
    const alternatives = [lost, ...decision.alternatives.filter(({ name }) => name !== schema)];
    return { ...decision, chosen: schema, alternatives };
  });
}

/** Output column → the source columns that its atoms were made of, as `source.column`; `source.*` where rows count. */
export function lineageMade(plan: Plan, served: ReadonlyMap<string, ServedAtom>): Plan['lineage'] {
  const columnsRead = ({ atom }: ServedAtom) =>
    atom.input === null
      ? [`${atom.source}.*`]
      : columnsOf(atom.input).map(
          (name) => `${atom.source}.${atom.inputs.find((input) => input.name === name)?.access.column ?? name}`,
        );
  const read = (column: string): readonly string[] => {
    const series = plan.columns.find((each) => each.kind === 'series' && each.name === column);
    const keys = series === undefined ? [] : atomKeysOf(plan, series);
    const found = keys.flatMap((key) => served.get(key) ?? []).flatMap(columnsRead);
    return [...new Set(found)].sort();
  };
  return Object.fromEntries(Object.keys(plan.lineage).map((column) => [column, read(column)]));
}

/** Conditions with what is known of each, in words. */
export function conditionSummaries(
  conditions: readonly Condition[],
  attestations: ReadonlyMap<string, Attestation>,
): readonly ConditionSummary[] {
  return conditions.map((condition) => {
    const attestation = attestations.get(condition.key);
    return {
      id: condition.id,
      key: condition.key,
      label: conditionLabel(condition),
      status: attestation?.status ?? 'untested',
      counts: attestation?.counts ?? {},
    };
  });
}

/** What an entry has saved so far, for people. */
export function savedMilliseconds(uses: readonly EntryUse[]): number {
  return uses.reduce((sum, use) => sum + use.millisecondsSaved, 0);
}
