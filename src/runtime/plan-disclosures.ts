import { INT64, type LogicalType } from '../columns/logical-type.ts';
import { printScalar } from '../compose/printed-value.ts';
import type { ServedAtom } from '../engine/metric-engine.ts';
import { OPERATORS, type OperatorName } from '../operators/catalog.ts';
import { STATES } from '../operators/state.ts';
import type { Atom } from '../planning/atom.ts';
import { allMetrics, allReductions } from '../planning/level-parts.ts';
import type { Plan } from '../planning/plan.ts';
import type { Disclosure } from './api.ts';

/** What has to be said with an answer because of what was asked: blocks crossed, members counted twice, estimates, cuts. */
export function planDisclosures(plan: Plan, served: readonly ServedAtom[]): readonly Disclosure[] {
  return [...blockedReductions(plan), ...membershipExcess(plan, served), ...approximations(plan), ...windowCuts(plan)];
}

function blockedReductions(plan: Plan): readonly Disclosure[] {
  return plan.blocked.map((family) => ({
    code: 'blocked_reduction' as const,
    critical: true,
    message: `This sums along \`${family}\`, which the collection blocks; it says to disclose that instead of refusing.`,
    parameters: { dimension_family: family },
  }));
}

/** Series whose parts add up to a whole; those of a mean do not, though it is made of sums. */
const ADDING: ReadonlySet<OperatorName> = new Set<OperatorName>(['SUM', 'COUNT', 'COUNT(*)']);

/** By how much the parts of each series that adds up exceed the whole; where none does, that members count several times. */
function membershipExcess(plan: Plan, served: readonly ServedAtom[]): readonly Disclosure[] {
  const metrics = allMetrics(plan.level);
  const told = new Map<string, Disclosure>();
  const tell = ({ memberships }: Atom, series: string, amount: string | null) => {
    const members = memberships.map(
      ({ child, dimension }) => `Each \`${child}\` counts in every \`${dimension}\` that it has`,
    );
    const exceeds = amount === null ? '' : `; the parts of \`${series}\` exceed the whole by ${amount}`;
    told.set(series, {
      code: 'membership_excess',
      critical: false,
      message: `${members.join('. ')}${exceeds}.`,
      parameters: { series, bridges: memberships.map(({ bridge }) => bridge).join(', '), excess: amount },
    });
  };
  const spread = served.filter(({ atom }) => atom.memberships.length > 0);
  for (const { atom, excess } of spread) {
    const series = metrics.find(({ atoms, operator }) => ADDING.has(operator) && atoms.includes(atom.key))?.label;
    if (series !== undefined && excess !== null) tell(atom, series, printScalar(excess, stateType(atom)));
  }
  const [first] = spread;
  if (first === undefined || told.size > 0) return [...told.values()];
  tell(first.atom, metrics.find(({ atoms }) => atoms.includes(first.atom.key))?.label ?? 'the rows', null);
  return [...told.values()];
}

function stateType({ state, argument, inputType }: Atom): LogicalType {
  return STATES[state].columns(inputType ?? INT64, argument)[0]?.type ?? INT64;
}

/** The error of each estimate. */
function approximations({ level }: Plan): readonly Disclosure[] {
  const estimates = [...allMetrics(level), ...allReductions(level)].flatMap(({ label, operator }) => {
    const error = OPERATORS[operator].error;
    return error === null ? [] : [{ label, error }];
  });
  return estimates.map(({ label, error }) => ({
    code: 'approximate',
    critical: false,
    message: `\`${label}\` is an estimate: ${error}.`,
    parameters: { series: label, error },
  }));
}

/** Windows that look past what WHERE lets in. */
function windowCuts({ cuts }: Plan): readonly Disclosure[] {
  return cuts.map(({ window, name, past }) => ({
    code: 'window_cut',
    critical: false,
    message:
      `\`${window}\` sees only the rows that WHERE lets in, and WHERE filters by \`${name}\`. ` +
      (past === null
        ? 'To look past that, leave the condition out of WHERE.'
        : `To look past that, keep the rows with HAVING: \`${past}\`.`),
    parameters: { window, name, past },
  }));
}
