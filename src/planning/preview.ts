import { i4 } from '../collection/conditions.ts';
import { printType } from '../columns/logical-type.ts';
import { OPERATORS } from '../operators/catalog.ts';
import { isMergeable } from '../operators/state.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Facts } from '../resolution/facts.ts';
import type { Atom } from './atom.ts';
import { allMetrics, allReductions, determinedSteps } from './level-parts.ts';
import type { Metric, Plan } from './plan.ts';

/** One plain sentence of what will happen, with a muted detail. */
export interface PlanStep {
  readonly text: string;
  readonly detail: string;
}

/** What a plan will do, in the order a person would tell it: read, climb, filter, reduce, derive, order. */
export function describePlan(plan: Plan, facts: Facts): readonly PlanStep[] {
  const steps: PlanStep[] = [];
  const readings = new Map(
    plan.atoms.map((atom) => [atom.source, plan.atoms.filter((each) => each.source === atom.source)]),
  );
  for (const [source, atoms] of readings) steps.push(readStep(source, atoms, plan, facts));
  steps.push(...climbSteps(plan, facts));
  const filters = plan.atoms[0]?.filter.length ?? 0;
  if (filters > 0)
    steps.push({ text: `keep the rows of WHERE`, detail: `${filters} condition${filters === 1 ? '' : 's'}` });
  for (const metric of allMetrics(plan.level)) steps.push(reduceStep(metric));
  for (const { label } of allReductions(plan.level).toReversed())
    steps.push({ text: label, detail: 'over the values at its inner anchor' });
  for (const { label } of plan.level.replicas)
    steps.push({ text: `repeat ${label}`, detail: 'at every row that it covers' });
  for (const window of plan.windows)
    steps.push({ text: `look along the rows: ${window.window}`, detail: axisOf(window) });
  for (const [name, formula] of Object.entries(plan.derived)) {
    steps.push({ text: `compute ${name} = ${formula}`, detail: 'from its inputs at this anchor; never stored' });
  }
  if (plan.having !== null) steps.push({ text: 'keep the finished rows of HAVING', detail: '' });
  if (plan.order.length > 0) {
    const keys = plan.order.map((key) => `${key.column}${key.descending ? ' descending' : ''}`).join(', ');
    steps.push({ text: `order by ${keys}`, detail: 'ties by coordinate' });
  }
  if (plan.limit !== null) {
    const per = plan.limit.per.length > 0 ? ` for each ${plan.limit.per.join(', ')}` : '';
    steps.push({ text: `keep ${plan.limit.count} row${plan.limit.count === 1 ? '' : 's'}${per}`, detail: '' });
  }
  return steps;
}

function readStep(source: string, atoms: readonly Atom[], plan: Plan, facts: Facts): PlanStep {
  const snapshot = facts.snapshots.get(source);
  const families = [
    ...new Set(
      allMetrics(plan.level)
        .filter((metric) => atoms.some((atom) => metric.atoms.includes(atom.key)))
        .map((metric) => metric.label),
    ),
  ];
  const what = families.length > 0 ? families.join(' and ') : 'coordinates';
  const needed = plan.requiredColumns[source]?.length ?? 0;
  const rows =
    snapshot === undefined
      ? ''
      : `${snapshot.rowCount.toLocaleString('en')} rows, ${needed} of ${snapshot.columns.length} columns`;
  return { text: `read ${what} from ${atoms[0]?.schema ?? source}`, detail: rows };
}

function climbSteps(plan: Plan, facts: Facts): readonly PlanStep[] {
  const chains = [
    ...plan.atoms.flatMap((atom) => atom.inputs.map((input) => ({ name: input.name, steps: input.access.steps }))),
    { name: 'determined', steps: determinedSteps(plan.level) },
    ...plan.atoms.flatMap((atom) => atom.memberships.map(({ dimension, steps }) => ({ name: dimension, steps }))),
  ];
  const told = new Map<string, PlanStep>();
  for (const { steps } of chains) {
    for (const step of steps) {
      if (step.kind === 'calendar') {
        told.set(step.edge, {
          text: `climb ${step.from} → ${step.to} by the calendar`,
          detail: 'true by construction',
        });
        continue;
      }
      const [arrow] = step.edge.split(' via ');
      const rows = facts.snapshots.get(step.source)?.rowCount;
      const status = facts.attestations.get(i4(step.edge).key)?.status;
      const checked = status === 'verified' ? 'checked on the data' : 'will be checked on the data';
      const detail = rows === undefined ? checked : `${rows.toLocaleString('en')} rows, ${checked}`;
      told.set(step.edge, { text: `climb ${arrow ?? step.edge} through ${step.schema}`, detail });
    }
  }
  return [...told.values()];
}

function axisOf({ axis, partition }: WindowCall): string {
  const within = partition.length === 0 ? '' : `within each ${partition.join(', ')}`;
  return [axis === null ? '' : `along ${axis.dimension}`, within].filter((each) => each !== '').join(', ');
}

function reduceStep({ operator, inputType, label, states }: Metric): PlanStep {
  const keep = 'kept for next time';
  // A bare family is told by its name, an operator over something as it was written.
  const written = label.includes('(');
  const { word } = OPERATORS[operator];
  const detail = states.every(isMergeable) ? keep : 'never rolled up from parts';
  switch (operator) {
    case 'SUM': {
      const how = inputType.kind === 'double' ? 'in doubles' : 'exactly';
      return { text: written ? `${label}, ${how}` : `sum ${label} ${how}`, detail: `${printType(inputType)}, ${keep}` };
    }
    case 'COUNT':
    case 'COUNT(*)':
      return { text: written ? label : `count ${label}`, detail };
    case 'AVG':
      return { text: written ? label : `average ${label}`, detail: `from its sum and count, ${keep}` };
    default:
      return { text: written ? label : `${word.replaceAll('_', ' ')} of ${label}`, detail };
  }
}
