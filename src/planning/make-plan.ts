import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Facts } from '../resolution/facts.ts';
import type { Reading, ResolvedLevel, ResolvedMetric, ResolvedQuery } from '../resolution/query.ts';
import { canonicalExpression } from '../resolution/where.ts';
import type { Atom } from './atom.ts';
import { FilterKeys, makeAtom } from './atoms.ts';
import { determinedSteps, partsOf } from './level-parts.ts';
import type { FrameColumn, Metric, Plan, PlanLevel } from './plan.ts';
import { requiredColumns } from './required-columns.ts';

/** Turns a resolved query into atoms and their assembly. Pure; facts give source hashes. */
export function makePlan(facts: Facts, query: ResolvedQuery): Plan {
  const atoms = new Atoms(facts, query);
  const level = atoms.ofLevel(query.level);
  const list = [...atoms.chosen.values()];
  const { canonical, astFingerprint, manifestFingerprint, anchor, windows, columns } = query;
  return {
    fingerprint: fingerprint('plan', {
      astFingerprint,
      manifestFingerprint,
      level: canonicalLevel(level),
      windows: windows.map(canonicalWindow),
      columns: columns.map(canonicalColumn),
    }),
    canonical,
    astFingerprint,
    manifestFingerprint,
    anchor,
    atoms: list,
    substitutes: atoms.substitutes,
    level,
    windows,
    columns,
    having: query.having,
    order: query.order,
    limit: query.limit,
    decisions: query.decisions,
    proofs: query.proofs,
    missing: query.missing,
    conditions: query.conditions,
    lineage: lineageOf(query),
    requiredColumns: requiredColumns(list, determinedSteps(level)),
    derived: query.derived,
    blocked: query.blocked,
    cuts: query.cuts,
  };
}

/** The atoms of a query while they are made. */
class Atoms {
  readonly chosen = new Map<string, Atom>();
  readonly substitutes: Record<string, readonly Atom[]> = {};
  private readonly facts: Facts;
  private readonly query: ResolvedQuery;
  private readonly keys = new FilterKeys();

  constructor(facts: Facts, query: ResolvedQuery) {
    this.facts = facts;
    this.query = query;
  }

  ofLevel(level: ResolvedLevel): PlanLevel {
    const anchor = level.anchor.map((each) => each.name).sort();
    return {
      anchor: level.anchor,
      metrics: level.metrics.map((metric) => this.ofMetric(metric, anchor)),
      coordinates: level.coordinates === null ? null : this.ofRows(level.coordinates, anchor),
      reductions: level.reductions.map((reduction) => ({ ...reduction, inner: this.ofLevel(reduction.inner) })),
      replicas: level.replicas.map((replica) => ({ ...replica, level: this.ofLevel(replica.level) })),
      determined: level.determined,
    };
  }

  private ofMetric(metric: ResolvedMetric, anchor: readonly string[]): Metric {
    const { name, label, family, operator, q, inputType, type } = metric;
    const { blocked: blockedAlong } = metric;
    const [made = [], ...others] = metric.readings.map((reading) =>
      reading.states.map((use) =>
        makeAtom(this.facts, reading, { family, use, anchor, filter: this.query.filter, blockedAlong }, this.keys),
      ),
    );
    made.forEach((atom, i) => {
      this.chosen.set(atom.key, atom);
      this.substitutes[atom.key] = others.flatMap((atoms) => atoms[i] ?? []);
    });
    const states = made.map((atom) => atom.state);
    return { name, label, operator, q, states, atoms: made.map((atom) => atom.key), inputType, type };
  }

  private ofRows(reading: Reading, anchor: readonly string[]): string {
    const use = { state: 'coordinates', argument: null, input: null } as const;
    const { filter } = this.query;
    const atom = makeAtom(this.facts, reading, { family: null, use, anchor, filter, blockedAlong: [] }, this.keys);
    this.chosen.set(atom.key, atom);
    return atom.key;
  }
}

/** Output column → the source columns that it is made of. */
function lineageOf({ level, windows, columns }: ResolvedQuery): Plan['lineage'] {
  const lineage: Record<string, readonly string[]> = {};
  for (const column of columns) {
    if (column.kind !== 'series') continue;
    const { metrics, coordinates } = partsOf(level, windows, column.expression);
    const sources = [...metrics.map(({ readings }) => readings[0]), ...coordinates].flatMap((each) => each.lineage);
    lineage[column.name] = [...new Set(sources)].sort();
  }
  return lineage;
}

function canonicalLevel(level: PlanLevel): Canonical {
  return {
    anchor: level.anchor.map((each) => each.name),
    metrics: level.metrics.map(({ name, operator, q, atoms }) => ({ name, operator, q, atoms })),
    coordinates: level.coordinates,
    reductions: level.reductions.map(({ name, operator, q, states, inner }) => ({
      name,
      operator,
      q,
      states: states.map((use) => ({
        state: use.state,
        order: use.argument?.kind === 'period' ? [use.argument.order, use.argument.combine] : null,
        input: use.input && canonicalExpression(use.input),
      })),
      inner: canonicalLevel(inner),
    })),
    replicas: level.replicas.map(({ name, value, level: own }) => ({
      name,
      value: canonicalExpression(value),
      level: canonicalLevel(own),
    })),
    determined: level.determined.map(({ target, from }) => [target, from]),
  };
}

function canonicalWindow({ name, window, input, count, axis, step, reset, partition }: WindowCall): Canonical {
  return { name, window, input: canonicalExpression(input), count, axis, step, reset, partition };
}

function canonicalColumn(column: FrameColumn): Canonical {
  return column.kind === 'series' ? [column.name, canonicalExpression(column.expression)] : [column.name, column.kind];
}
