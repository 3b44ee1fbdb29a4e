import { code, codes, page, table, words } from './markdown.mjs';

/** @typedef {import('../../src/operators/window.ts').WindowDefinition} Window */
/** @typedef {import('../../src/columns/logical-type.ts').TypeKind} TypeKind */
/** @typedef {import('../../src/columns/logical-type.ts').LogicalType} LogicalType */

/** @type {readonly LogicalType[]} */
const SAMPLES = [
  { kind: 'text' },
  { kind: 'int64' },
  { kind: 'decimal', digits: 2 },
  { kind: 'double' },
  { kind: 'bool' },
  { kind: 'date', level: 'day' },
];

/**
 * Windows over three rows, of 1, 2 and 4 January.
 * @typedef {{ readonly header: readonly string[], readonly rows: readonly (readonly string[])[] }} Example
 */

const RULES = `Windows run over the finished Frame, before HAVING, ORDER BY and LIMIT. They go along the anchor's finest calendar
dimension, within each value of the anchor's other dimensions; NULL is a value there.

- **n counts periods, not rows.** A period without a row is a gap: \`LAG\` finds nothing there, and \`ROLLING_*\` take the
  periods that exist among the last n. \`ROLLING_*\` are NULL where their n periods begin before the first period of the
  partition. No row is made for a missing period.
- **\`step => year\`** is the same period a year earlier: the same month, quarter or date. A date that does not exist, 29 February
  in most years, is a gap. \`step => week\` of days is seven days.
- **NULL inputs** are skipped by sums, means and extremes; over none the value is NULL. A row whose date is NULL has no value
  along the axis and is nobody's neighbour.
- **Ranks** need no calendar: they rank the whole Frame, or each value of \`within\`.
- **Blocks follow.** \`CUMSUM\` and \`ROLLING_SUM\` are sums along the axis: what must not be summed over time must not be
  here either.
- **WHERE comes before.** A window sees what WHERE lets in; where that cuts a look-back, the answer says so (\`window_cut\`),
  and offers the same with HAVING.
- **Exact sums stay exact**, whatever they pass on the way; a result outside \`int64\` is refused (\`OVERFLOW\`).`;

/**
 * docs/windows.md.
 * @param {readonly Window[]} windows
 * @param {Example} example
 */
export function windowsPage(windows, example) {
  return page('Windows', '`src/operators/window.ts`', [
    RULES,
    table(
      ['window', 'what it is', 'takes', 'gives', 'named arguments', 'needs a calendar', 'sums along it'],
      windows.map((window) => [
        code(signature(window)),
        words(window.name, window.doc),
        takes(window),
        gives(window),
        window.takes.length === 0 ? 'none' : codes(window.takes.map((name) => `${name} =>`)),
        window.needsAxis ? 'yes' : 'no',
        window.sums ? 'yes' : 'no',
      ]),
    ),
    '## Example',
    'Rows of 1, 2 and 4 January; there is none of the third.',
    table(example.header, example.rows),
  ]);
}

/** @param {Window} window */
function signature({ name, count }) {
  return { required: `${name}(x, n)`, optional: `${name}(x[, n])`, none: `${name}(x)` }[count];
}

/** @param {Window} window */
function takes({ result }) {
  const accepted = SAMPLES.filter((type) => result(type) !== undefined).map(({ kind }) => kind);
  return accepted.length === SAMPLES.length ? 'any type' : accepted.join(', ');
}

/** @param {Window} window */
function gives({ result }) {
  const results = SAMPLES.flatMap((type) => {
    const given = result(type);
    return given === undefined ? [] : [{ type, given }];
  });
  if (results.every(({ type, given }) => type === given)) return 'the type of x';
  return [...new Set(results.map(({ given }) => given.kind))].join(' or ');
}
