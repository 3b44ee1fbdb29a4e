/** What the pages of `docs/` are made from. */
export { printDay } from '../../src/columns/calendar.ts';
export { valueAt } from '../../src/columns/column.ts';
export { windowColumn } from '../../src/compose/window/window.ts';
export { OPERATORS } from '../../src/operators/catalog.ts';
export { SCALAR_FUNCTIONS } from '../../src/operators/functions/scalar-functions.ts';
export { STATES } from '../../src/operators/state.ts';
export { WINDOWS } from '../../src/operators/window.ts';
export { CLARIFYING, REFUSAL_MESSAGES } from '../../src/resolution/refusal.ts';
