import { conditionLabel } from '../collection/conditions.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import type { MetricEngine, Route } from '../engine/metric-engine.ts';
import type { Atom } from '../planning/atom.ts';
import { allMetrics, partsOf } from '../planning/level-parts.ts';
import type { Plan } from '../planning/plan.ts';
import { describePlan } from '../planning/preview.ts';
import type { Facts } from '../resolution/facts.ts';
import { printTerm } from '../resolution/print-expression.ts';
import { unique } from '../resolution/reach.ts';
import { level } from '../verification/level.ts';
import type { ExplainedAtom, Explanation } from './api.ts';
import { contradictedEdges } from './contradicted-edges.ts';
import { planGraph } from './plan-graph.ts';
import { planStatements } from './plan-statements.ts';

/** What explaining needs: what is known, and what is stored. */
export interface ExplainContext {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  /** null: every atom would come from the backend. */
  readonly engine: MetricEngine | null;
}

/** What a plan would do if it were asked now. Touches no data: no source, no backend, no stored entry is read. */
export function explain({ manifest, facts, engine }: ExplainContext, plan: Plan): Explanation {
  const contradicted = contradictedEdges(manifest, facts);
  const routeOf = (atom: Atom) =>
    engine?.route([atom, ...(plan.substitutes[atom.key] ?? [])], contradicted) ?? NO_ENGINE;
  const routes = new Map(plan.atoms.map((atom) => [atom.key, routeOf(atom)]));
  const atoms = plan.atoms.map((atom) => explainedAtom(plan, atom, routes.get(atom.key) ?? NO_ENGINE));
  const conditions = unique([...plan.atoms.flatMap((atom) => atom.conditions), ...plan.conditions]);
  return {
    ac_name: manifest.collection.name,
    mood: 'explain',
    canonical: plan.canonical,
    columns: plan.columns.map(({ name, type, kind }) => ({ name, type: printType(type), role: kind })),
    steps: describePlan(plan, facts),
    atoms,
    schemas: plan.decisions,
    proofs: plan.proofs,
    missing: plan.missing.map(conditionLabel),
    level: level(conditions, facts.attestations),
    statements: planStatements(plan, facts),
    graph: planGraph(plan, atoms),
    backend: facts.backend.name,
  };
}

const NO_ENGINE: Route = { path: 'backend', entry: null, steps: [], reasons: ['the engine is off'] };

function explainedAtom(plan: Plan, atom: Atom, route: Route): ExplainedAtom {
  const series = plan.columns.flatMap((column) => {
    if (column.kind !== 'series') return [];
    const { metrics, coordinates } = partsOf(plan.level, plan.windows, column.expression);
    const isPart = coordinates.includes(atom.key) || metrics.some((metric) => metric.atoms.includes(atom.key));
    return isPart ? [column.name] : [];
  });
  const metric = allMetrics(plan.level).find((each) => each.atoms.includes(atom.key));
  return {
    key: atom.key,
    label: metric?.label ?? 'coordinates',
    series,
    family: atom.family,
    state: atom.state,
    input: atom.input === null ? null : printTerm(atom.input),
    anchor: atom.anchor,
    filter: atom.filter.length === 0 ? null : atom.filter.map((term) => printTerm(term.expression)).join(' AND '),
    schema: atom.schema,
    rows: atom.sourceRows,
    route: {
      path: route.path,
      entry:
        route.entry === null
          ? null
          : {
              key: route.entry.key,
              anchor: route.entry.anchor.map((each) => each.name),
              rows: route.entry.rows,
              bytes: route.entry.bytes,
            },
      steps: route.steps,
      notCheaper: route.reasons,
    },
    isKept: atom.memoise,
  };
}
