import { code, page, table, words } from './markdown.mjs';

/** @typedef {import('../../src/operators/catalog.ts').OperatorDefinition} Operator */
/** @typedef {import('../../src/operators/catalog.ts').OperatorInput} OperatorInput */
/** @typedef {import('../../src/operators/expression.ts').Expression} Expression */
/** @typedef {import('../../src/operators/state.ts').StateDefinition} State */
/** @typedef {import('../../src/columns/logical-type.ts').LogicalType} LogicalType */
/** @typedef {import('../../src/columns/logical-type.ts').TypeKind} TypeKind */

/** @type {{ readonly [Merge in import('../../src/operators/state.ts').Merge]: string }} */
const MERGES = {
  add: 'added',
  min: 'the smaller is kept',
  max: 'the larger is kept',
  union: 'united',
  multiply: 'multiplied',
  moments: 'merged by the formulae of Chan, Golub and LeVeque',
  hyperloglog: 'the larger of each register is kept',
  ddsketch: 'counts of bins are added',
  first: 'the earlier period is kept, one period combines',
  last: 'the later period is kept, one period combines',
};

/** @type {{ readonly [Made in State['madeOf']]: string }} */
const MADE = {
  backend: 'by the backend',
  values: 'from (anchor, value, count) rows in ascending order of value',
  periods: 'from (anchor, order, state) rows',
};

/** One type of each kind. @type {{ readonly [Kind in TypeKind]: LogicalType }} */
const SAMPLES = {
  text: { kind: 'text' },
  int64: { kind: 'int64' },
  decimal: { kind: 'decimal', digits: 2 },
  double: { kind: 'double' },
  bool: { kind: 'bool' },
  date: { kind: 'date', level: 'day' },
};

const STABILITY = `## Numeric stability

Sums of \`int64\` and \`decimal\` are exact: 128-bit integers while a backend adds them up, integers of any size in roll-ups.
Whether a result is outside \`int64\` is decided once, when it is finished, and then it is refused (\`OVERFLOW\`).
\`AVG\` and \`WEIGHTED_AVG\` of such values keep exact sums and divide once, correctly rounded. Sums of \`double\` are doubles:
their last bits may depend on the order in which rows were added, and two of them count as equal within 1e-9 of their size
plus 1e-12 × Σ|x|.

\`VAR_*\` and \`STDDEV_*\` go one of two ways. Where the values are exact and Σx² is *proven* to fit 127 bits (from the
largest magnitudes of their columns, or the 64 bits that each has, and the number of rows), the states are n, Σx and Σx², all exact, and the variance is
(n·Σx² − (Σx)²) ÷ n² or ÷ (n·(n − 1)): the difference, in which doubles would cancel, is one of integers, and there is one
division. Otherwise the state is \`moments\`: number, mean and sum of squared distances from the mean, in doubles, taken in and
merged by Welford's method in the pairwise form of Chan, Golub and LeVeque (1979), which never subtracts two large sums. Values
are taken in ascending order, so that the state does not depend on the order in which a backend returns rows. A variance is
never below 0, and of equal values it is 0.

\`PRODUCT\` is kept as mantissa × 2^exponent, so that nothing overflows on the way to a product that a double can hold.`;

const SKETCHES = `## Sketches

\`APPROX_DISTINCT\` is HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007): 4,096 registers, a standard error of 1.6 %
(1.04 ÷ √4096), estimated by Ertl's improved raw estimator (2017), which needs no correction at either end of the range. A value
is hashed as the first 64 bits of SHA-256 of one canonical text, so that equal values are equal whatever engine told them.

\`APPROX_QUANTILE\` is DDSketch (Masson, Rim and Lee 2019): counts of bins whose bounds grow by a constant factor. Its estimate
lies within 1 % of the value that stands at rank ⌊q × (count − 1)⌋, relative to that value. One sketch answers every q, and
no bin is ever collapsed.

Why DDSketch, and not t-digest or KLL: its merge adds counts, so it is exact, commutative and associative. What is in the
sketch follows from the values alone, not from their order or from how they were parted; so an estimate is the same on every
backend, rolled up or computed directly. A t-digest depends on the order in which values and parts arrive, and its
error has no bound; KLL draws random numbers, and bounds the error of the rank instead of that of the value.

Both are made in the engine worker from (anchor, value, count) rows that a backend has grouped, and every answer that holds
such an estimate says so, with its error (the disclosure \`approximate\`).`;

/**
 * docs/operators.md.
 * @param {readonly Operator[]} operators
 * @param {{ readonly [name: string]: State }} states
 */
export function operatorsPage(operators, states) {
  return page('Operators', '`src/operators/catalog.ts` and `src/operators/state.ts`', [
    `What a metric may be reduced by. An operator is finished from *states*, and a state is what is stored: an operator rolls
up where each of its states merges. \`OP(x)\` and \`x.OP\` are one; its column is named \`op_x\` unless \`AS\` says
otherwise. Operators marked * apply to a family only if it lists them.`,
    table(
      [
        'operator',
        'what it is',
        'takes',
        'gives',
        'made of',
        'rolls up',
        'NULLs',
        'over no rows',
        'needs an order of rows',
      ],
      operators.map((operator) => [
        `${code(signature(operator))}${operator.mustBeListed ? ' *' : ''}`,
        words(operator.name, operator.doc),
        operator.name === 'COUNT(*)' ? 'rows' : operator.accepts.join(', '),
        gives(operator),
        madeOf(operator),
        rollsUp(operator, states),
        operator.nulls,
        operator.empty === 'zero' ? '0' : 'NULL',
        operator.isOrdered ? 'yes: `order`, and `combine` for rows of one period' : 'no',
      ]),
    ),
    '## States',
    table(
      ['state', 'what it is', 'made', 'two states'],
      Object.values(states).map(({ name, doc, madeOf: made, merge }) => [
        code(name),
        doc,
        MADE[made],
        merge === null ? 'never merge' : MERGES[merge],
      ]),
    ),
    STABILITY,
    SKETCHES,
  ]);
}

/** @param {Operator} operator */
function signature({ name, parameters }) {
  if (name === 'COUNT(*)') return name;
  return `${name}(${['x', ...parameters.map((parameter) => (parameter === 'weight' ? 'w' : parameter))].join(', ')})`;
}

/** @param {Operator} operator */
function gives({ accepts, result }) {
  const results = accepts.map((kind) => result(SAMPLES[kind]));
  if (results.every((type, i) => type === SAMPLES[accepts[i] ?? 'text']))
    return accepts.length > 1 ? 'the type of x' : accepts.join();
  return [...new Set(results.map(({ kind }) => kind))].join(' or ');
}

/**
 * The ways in which the operator is made: of exact numbers whose squares fit, and of others.
 * @param {Operator} operator
 */
function madeOf({ accepts, states }) {
  const type = SAMPLES[accepts.includes('int64') ? 'int64' : (accepts[0] ?? 'int64')];
  const ways = [true, false].map((squaresFit) =>
    states(sampleInput(type, squaresFit))
      .map(({ state, input }) => code(input === null ? state : `${state}(${inputText(input)})`))
      .join(', '),
  );
  return [...new Set(ways)].join(' or ');
}

/**
 * @param {LogicalType} type
 * @param {boolean} squaresFit
 * @returns {OperatorInput}
 */
function sampleInput(type, squaresFit) {
  return {
    value: { kind: 'column', name: 'x', type },
    weight: { kind: 'column', name: 'w', type },
    q: 0.5,
    order: { name: 'order', type: SAMPLES.date },
    combine: 'max',
    squaresFit,
  };
}

/**
 * An input in short: conditions under which a value counts are what the column on NULLs says.
 * @param {Expression} expression
 * @returns {string}
 */
function inputText(expression) {
  switch (expression.kind) {
    case 'column':
      return expression.name;
    case 'arithmetic':
      return `${inputText(expression.left)} ${expression.operator === '*' ? '×' : expression.operator} ${inputText(expression.right)}`;
    case 'case': {
      const [first] = expression.branches;
      if (first === undefined) break;
      return inputText(first.then.kind === 'literal' ? first.when : first.then);
    }
  }
  throw new RangeError(`docs: no words for an input of kind ${expression.kind}`);
}

/**
 * @param {Operator} operator
 * @param {{ readonly [name: string]: State }} states
 */
function rollsUp({ stateNames }, states) {
  const merges = stateNames.map((name) => states[name]?.merge ?? null);
  const words = merges.flatMap((merge) => (merge === null ? [] : [MERGES[merge]]));
  return words.length < merges.length ? 'never' : `yes: ${[...new Set(words)].join(', or ')}`;
}
