import { code } from './markdown.mjs';

/** @typedef {import('../../src/columns/column.ts').Column} Column */

/** The columns of the example: windows over x, with their number of periods. */
const CALLS = /** @type {const} */ ([
  { text: 'LAG(x)', window: 'LAG', count: 1 },
  { text: 'CUMSUM(x)', window: 'CUMSUM', count: 1 },
  { text: 'ROLLING_SUM(x, 2)', window: 'ROLLING_SUM', count: 2 },
  { text: 'ROLLING_SUM(x, 3)', window: 'ROLLING_SUM', count: 3 },
  { text: 'PCT_CHANGE(x)', window: 'PCT_CHANGE', count: 1 },
  { text: 'RANK(x)', window: 'RANK', count: 1 },
]);

/** Day number of 1 January 2024. */
const FIRST_DAY = 19_723;

/**
 * The example of docs/windows.md, computed by the product's own windows.
 * @param {typeof import('./tables.ts')} tables
 */
export function windowExample({ WINDOWS, windowColumn, valueAt, printDay }) {
  /** @type {import('../../src/columns/column.ts').DictionaryColumn} */
  const day = {
    form: 'dictionary',
    type: { kind: 'date', level: 'day' },
    codes: Int32Array.of(0, 1, 2),
    values: [FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 3],
  };
  /** @type {Column} */
  const x = { form: 'number', type: { kind: 'int64' }, values: Float64Array.of(10, 20, 40), valid: null };
  const columns = CALLS.map(({ window, count }) =>
    windowColumn(
      {
        name: '#window',
        window,
        input: { kind: 'column', name: 'x', type: x.type },
        count,
        axis: { dimension: 'day', level: 'day' },
        step: null,
        reset: null,
        partition: [],
        type: WINDOWS[window].result(x.type) ?? x.type,
      },
      { columns: (name) => (name === 'x' ? x : day), rowCount: 3, coordinate: [day] },
    ),
  );
  const text = (/** @type {Column} */ column, /** @type {number} */ row) => String(valueAt(column, row) ?? 'NULL');
  return {
    header: ['day', 'x', ...CALLS.map((call) => code(call.text))],
    rows: [0, 1, 2].map((row) => [
      printDay(Number(valueAt(day, row))),
      ...[x, ...columns].map((column) => text(column, row)),
    ]),
  };
}
