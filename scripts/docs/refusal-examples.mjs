/** @typedef {import('../../src/resolution/refusal.ts').RefusalParameters} RefusalParameters */

/**
 * When a question ends so, a question that does (null: it may be any), and what its message is told with.
 * @template Parameters
 * @typedef {{ readonly when: string, readonly query: string | null, readonly parameters: Parameters }} Example
 */

/**
 * An example of each code, over the retail collection of the fixtures.
 * @type {{ readonly [Code in keyof RefusalParameters]: Example<RefusalParameters[Code]> }}
 */
export const REFUSAL_EXAMPLES = {
  SYNTAX: {
    when: 'The text is no statement. Habits from SQL are recognised, and named.',
    query: 'SELECT revenue AT',
    parameters: { found: 'the end of the text', expected: ['a dimension', '`(`'], hint: null },
  },
  UNKNOWN_NAME: {
    when: 'A name means nothing in the collection.',
    query: 'SELECT revenu AT region',
    parameters: { name: 'revenu', kind: 'metric', suggestions: ['revenue'] },
  },
  COUSINS: {
    when: 'Metrics of one name have different roots.',
    query: 'SELECT returned AT region',
    parameters: { name: 'returned', schemas: ['store_returns', 'web_returns'] },
  },
  UNREACHABLE_ANCHOR: {
    when: 'No functional dependency leads from the metric’s rows to a dimension of the anchor.',
    query: 'SELECT stock AT category',
    parameters: {
      series: 'stock',
      dimension: 'category',
      schemas: ['store_monthly_inventory'],
      reachable: ['month', 'quarter', 'region'],
    },
  },
  FD_CONTRADICTED: {
    when: 'The only way to a dimension is one that the data contradict.',
    query: 'SELECT revenue AT region',
    parameters: { series: 'revenue', dimension: 'region', edge: 'store→region via stores', violations: 2 },
  },
  BLOCKED_REDUCTION: {
    when: 'A reduction goes along dimensions that the metric must not be aggregated along.',
    query: 'SELECT SUM(stock) AT region',
    parameters: { series: 'SUM(stock)', operator: 'SUM', families: ['calendar'], along: 'rows' },
  },
  FAN_OUT: {
    when: 'A dimension is reached only through a bridge, where a row may belong to several values.',
    query: 'SELECT revenue AT promotion',
    parameters: {
      series: 'revenue',
      dimension: 'promotion',
      child: 'product',
      bridges: ['product_promotions'],
      clause: 'AT',
    },
  },
  NO_ORDER_AXIS: {
    when: 'A window, FIRST or LAST needs an order of time, and there is no one calendar dimension to give it.',
    query: 'SELECT LAG(revenue) AS before AT region',
    parameters: { series: 'LAG(revenue)', anchor: ['region'], place: 'AT' },
  },
  NOTHING_REDUCED: {
    when: 'The inner anchor is determined by the outer one.',
    query: 'SELECT AVG(revenue @ (region)) AS mean AT store',
    parameters: { series: 'mean', inner: ['region'], outer: ['store'] },
  },
  REPLICATED_SUM: {
    when: 'A value that stands at every row would be added up.',
    query: 'SELECT CUMSUM(revenue @ ()) AS total AT day',
    parameters: { series: 'total', operator: 'CUMSUM' },
  },
  FILTER_UNREACHABLE: {
    when: 'WHERE names a dimension that one of the series cannot reach: it would filter the others alone.',
    query: "SELECT revenue, stock AT region WHERE category = 'Tea'",
    parameters: { name: 'category', series: 'stock', schemas: ['store_monthly_inventory'] },
  },
  FAMILY_IN_WHERE: {
    when: 'WHERE compares a metric.',
    query: 'SELECT revenue AT region WHERE revenue > 1000',
    parameters: { family: 'revenue' },
  },
  INPUT_GRAIN_AMBIGUOUS: {
    when: 'An operator’s input has no rows of its own: it is a formula, or comes from several tables.',
    query: 'SELECT AVG(profit) AS mean AT region',
    parameters: {
      series: 'AVG(profit)',
      unsaid: 'grain',
      candidates: ['the rows of its inputs', 'the output anchor', 'an inner anchor'],
    },
  },
  NOT_DEFINED_FOR_TYPE: {
    when: 'An operator, a function or a comparison does not take values of that type.',
    query: 'SELECT SUM(store_name) AS names AT region',
    parameters: { operator: 'SUM', subject: 'store_name', type: 'text', accepts: ['int64', 'decimal', 'double'] },
  },
  DIMENSION_TYPE_MISMATCH: {
    when: 'A literal is not a value of what it is compared with.',
    query: "SELECT revenue AT region WHERE day = '2024-13-01'",
    parameters: { name: 'day', type: 'date', literal: "'2024-13-01'" },
  },
  OPERATOR_UNBOUND: {
    when: 'The backend that is chosen does not compute a state.',
    query: 'SELECT MEDIAN(revenue) AT region',
    parameters: { operator: 'MEDIAN', backend: 'DuckDB', others: ['SQLite', 'Arquero'] },
  },
  OPERATOR_NOT_LISTED: {
    when: 'SUM or PRODUCT is asked of a metric that does not list it.',
    query: 'SELECT PRODUCT(revenue) AT region',
    parameters: { operator: 'PRODUCT', family: 'revenue', listed: ['SUM'] },
  },
  NAME_COLLISION: {
    when: 'Two columns of the answer would have one name.',
    query: 'SELECT revenue, cost AS revenue AT region',
    parameters: { name: 'revenue', between: 'columns' },
  },
  ALIAS_REQUIRED: {
    when: 'A formula has no name.',
    query: 'SELECT revenue - cost AT region',
    parameters: { expression: 'revenue - cost', name: 'revenue_minus_cost' },
  },
  NOT_IN_SCHEMA: {
    when: 'FROM names a table that cannot serve every series.',
    query: 'SELECT stock AT region FROM transactions',
    parameters: { series: 'stock', schema: 'transactions', reason: null, holders: ['store_monthly_inventory'] },
  },
  ROWS_AMBIGUOUS: {
    when: 'Rows are counted, and those of several tables could be.',
    query: 'SELECT COUNT(*) AT store',
    parameters: {
      subject: 'COUNT(*)',
      anchor: ['store'],
      schemas: ['store_monthly_inventory', 'stores', 'transactions'],
    },
  },
  NOT_DETERMINED: {
    when: 'A column stands at rows that do not tell its value.',
    query: 'SELECT store_name, revenue AT region',
    parameters: { name: 'store_name', anchor: ['region'] },
  },
  NOT_AN_OUTPUT_COLUMN: {
    when: 'HAVING or ORDER BY names what the answer does not show.',
    query: 'SELECT revenue AT region HAVING cost > 0',
    parameters: { name: 'cost', clause: 'HAVING', columns: ['region', 'revenue'], isKnown: true },
  },
  PER_NOT_IN_ANCHOR: {
    when: 'LIMIT … PER names what is not in the anchor.',
    query: 'SELECT revenue AT store ORDER BY region LIMIT 3 PER region',
    parameters: { name: 'region', anchor: ['store'] },
  },
  PER_NOT_ORDERED: {
    when: 'LIMIT … PER ranks rows that ORDER BY does not put side by side.',
    query: 'SELECT revenue AT (region, store) ORDER BY revenue DESC LIMIT 3 PER region',
    parameters: { per: ['region'], order: ['revenue'] },
  },
  AMBIGUOUS_PATH: {
    when: 'A dimension is reached by several paths, and the data do not prove that they agree.',
    query: 'SELECT COUNT(*) AT country',
    parameters: {
      series: 'count',
      dimension: 'country',
      paths: ['airport → country', 'airport → state → country'],
    },
  },
  OVERFLOW: {
    when: 'An exact number is outside the 64-bit integers.',
    query: 'SELECT SUM(quantity) AS total AT region',
    parameters: { series: 'total', coordinate: ['East'] },
  },
  SOURCE_CHANGED: {
    when: 'A file is not the one that the installation names by its hash.',
    query: null,
    parameters: { source: 'transactions', expected: '9f86d081884c7d65', found: '60303ae22b998861' },
  },
  SOURCE_UNREADABLE: {
    when: 'A file cannot be fetched, or is not of its kind.',
    query: null,
    parameters: {
      source: 'stores',
      location: 'stores.csv',
      reason: 'line 7 has 4 cells where the header has 3',
      remedy: 'Mend the file, or point the installation at another.',
    },
  },
  TABLE_TOO_LARGE: {
    when: 'A table does not fit what the chosen backend can hold.',
    query: null,
    parameters: {
      table: 'transactions',
      rows: 40_000_000,
      bytes: 2_400_000_000,
      limit: 1_073_741_824,
      backend: 'SQLite',
    },
  },
};
