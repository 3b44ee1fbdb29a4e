import { type LogicalType, printType } from '../columns/logical-type.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { Facts } from '../resolution/facts.ts';
import type { Atom } from './atom.ts';
import type { Plan } from './plan.ts';

/** One plain sentence of what will happen, with a muted detail. */
export interface PlanStep {
  readonly text: string;
  readonly detail: string;
}

/** What a plan will do, in the order a person would tell it: read, climb, filter, reduce, derive, order. */
export function describePlan(plan: Plan, facts: Facts): readonly PlanStep[] {
  const steps: PlanStep[] = [];
  const readings = new Map(plan.atoms.map((atom) => [atom.source, plan.atoms.filter((each) => each.source === atom.source)]));
  for (const [source, atoms] of readings) steps.push(readStep(source, atoms, plan, facts));
  steps.push(...climbSteps(plan, facts));
  const filters = plan.atoms[0]?.filter.length ?? 0;
  if (filters > 0) steps.push({ text: `keep the rows of WHERE`, detail: `${filters} condition${filters === 1 ? '' : 's'}` });
  for (const metric of plan.metrics) steps.push(reduceStep(metric.operator, metric.inputType, nameOf(plan, metric.atoms)));
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
  const families = [...new Set(atoms.map((atom) => atom.family ?? (atom.state === 'coordinates' ? 'coordinates' : 'rows')))];
  const needed = plan.requiredColumns[source]?.length ?? 0;
  const rows = snapshot === undefined ? '' : `${snapshot.rowCount.toLocaleString('en')} rows, ${needed} of ${snapshot.columns.length} columns`;
  return { text: `read ${families.join(' and ')} from ${atoms[0]?.schema ?? source}`, detail: rows };
}

function climbSteps(plan: Plan, facts: Facts): readonly PlanStep[] {
  const chains = [
    ...plan.atoms.flatMap((atom) => atom.inputs.map((input) => ({ name: input.name, steps: input.access.steps }))),
    ...plan.columns.flatMap((column) => (column.kind === 'determined' ? [{ name: column.target, steps: column.steps }] : [])),
  ];
  const told = new Map<string, PlanStep>();
  for (const { steps } of chains) {
    for (const step of steps) {
      if (step.kind === 'calendar') {
        told.set(step.edge, { text: `climb ${step.from} → ${step.to} by the calendar`, detail: 'true by construction' });
        continue;
      }
      const [arrow] = step.edge.split(' via ');
      const rows = facts.snapshots.get(step.source)?.rowCount;
      const status = facts.attestations.get(`I4 ${step.edge}`)?.status;
      const checked = status === 'verified' ? 'checked on the data' : 'will be checked on the data';
      const detail = rows === undefined ? checked : `${rows.toLocaleString('en')} rows, ${checked}`;
      told.set(step.edge, { text: `climb ${arrow ?? step.edge} through ${step.schema}`, detail });
    }
  }
  return [...told.values()];
}

function reduceStep(operator: keyof typeof OPERATORS, type: LogicalType, name: string): PlanStep {
  const keep = 'and keep the result for next time';
  switch (operator) {
    case 'SUM':
      return { text: `sum ${name} ${type.kind === 'double' ? 'in doubles' : 'exactly'}`, detail: `${printType(type)}, ${keep}` };
    case 'COUNT':
    case 'COUNT(*)':
      return { text: `count ${name}`, detail: keep };
    case 'AVG':
      return { text: `average ${name}`, detail: `from its sum and count, ${keep}` };
    case 'MIN':
    case 'MAX':
      return { text: `take the ${operator === 'MIN' ? 'smallest' : 'largest'} ${name}`, detail: keep };
    case 'MEDIAN':
    case 'COUNT_DISTINCT':
      return { text: `${OPERATORS[operator].word.replace('_', ' ')} of ${name}`, detail: 'never rolled up from parts' };
  }
}

function nameOf(plan: Plan, keys: readonly string[]): string {
  const atom = plan.atoms.find((each) => each.key === keys[0]);
  return atom?.family ?? (atom?.input?.kind === 'column' ? atom.input.name.replace('#', '') : 'rows');
}
