import { OPERATORS } from '../operators/catalog.ts';
import { type BackendState, isBackendState, STATES, type StateName } from '../operators/state.ts';
import type { OperatorRegistry } from '../protocol/backend.ts';

/** What each state is computed by in a backend. */
export type StateBindings = Readonly<Record<Exclude<BackendState, 'coordinates'>, string>>;

/**
 * L2: what each operator is computed by, from what its states are computed by. States that the engine folds bind what
 * they are folded from: rows grouped by value or by period.
 */
export function operatorBindings(bindings: StateBindings): OperatorRegistry['operators'] {
  return Object.values(OPERATORS).map(({ name, stateNames }) => {
    const computed = stateNames.flatMap((state) =>
      isBackendState(state) && state !== 'coordinates' ? [bindings[state]] : [],
    );
    const folded = stateNames.map((state) => foldedFrom(state, bindings));
    return { operator: name, binding: [computed.join(', '), ...folded].filter((text) => text !== '').join('; or ') };
  });
}

/** Empty of a state that the backend computes itself. */
function foldedFrom(state: StateName, { rows, sum, min, max }: StateBindings): string {
  switch (STATES[state].madeOf) {
    case 'backend':
      return '';
    case 'values':
      return `group by value, ${rows}`;
    case 'periods':
      return `group by period, ${sum}, ${min} or ${max}`;
  }
}
