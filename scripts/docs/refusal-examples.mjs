/** @typedef {import('../../src/resolution/refusal.ts').RefusalParameters} RefusalParameters */

/**
 * When a question ends so; a question that does, of the retail collection of the fixtures or of a small market whose tables
 * contradict themselves (null: no question alone does); what its message is told with; and its first remedy.
 * @template Parameters
 * @typedef {object} Example
 * @property {string} when
 * @property {{ readonly collection: 'retail' | 'market', readonly query: string } | null} asked
 * @property {Parameters} parameters
 * @property {string | null} remedy
 */

/**
 * An example of each code. A unit test asks each of them.
 * @type {{ readonly [Code in keyof RefusalParameters]: Example<RefusalParameters[Code]> }}
 */
export const REFUSAL_EXAMPLES = {
  SYNTAX: {
    when: 'The text is no statement. Habits from SQL are recognised, and named.',
    asked: { collection: 'retail', query: 'SELECT revenue GROUP BY region' },
    parameters: {
      found: '`GROUP BY`',
      expected: ['`AT`'],
      hint: 'Frame-QL has no GROUP BY: AT names the dimensions that one row of the answer stands for. Write AT in its place.',
    },
    remedy: 'SELECT revenue AT region',
  },
  UNKNOWN_NAME: {
    when: 'A name means nothing in the collection.',
    asked: { collection: 'retail', query: 'SELECT revenu AT region' },
    parameters: { name: 'revenu', kind: 'metric family, dimension or attribute', suggestions: ['revenue'] },
    remedy: 'SELECT revenue AT region',
  },
  COUSINS: {
    when: 'Metrics of one name have different roots.',
    asked: { collection: 'market', query: 'SELECT returned AT store' },
    parameters: { name: 'returned', schemas: ['store_returns', 'web_returns'] },
    remedy: 'SELECT returned FROM store_returns AT store',
  },
  UNREACHABLE_ANCHOR: {
    when: 'No functional dependency leads from the metric’s rows to a dimension of the anchor.',
    asked: { collection: 'retail', query: 'SELECT stock AT category' },
    parameters: {
      series: 'stock',
      dimension: 'category',
      schemas: ['store_monthly_inventory'],
      reachable: ['month', 'quarter', 'region'],
    },
    remedy: 'SELECT stock AT month',
  },
  FD_CONTRADICTED: {
    when: 'The only way to a dimension is one that the data contradict.',
    asked: { collection: 'market', query: 'SELECT revenue AT brand' },
    parameters: { series: 'revenue', dimension: 'brand', edge: 'product→brand via labels', violations: 1 },
    remedy: 'SELECT revenue AT product',
  },
  BLOCKED_REDUCTION: {
    when: 'A reduction goes along dimensions that the metric must not be aggregated along.',
    asked: { collection: 'retail', query: 'SELECT SUM(stock) AT region' },
    parameters: { series: 'SUM(stock)', operator: 'SUM', families: ['calendar'], along: 'rows' },
    remedy: 'SELECT LAST(stock) AT region',
  },
  FAN_OUT: {
    when: 'A dimension is reached only through a bridge, where a row may belong to several values.',
    asked: { collection: 'retail', query: 'SELECT revenue AT promotion' },
    parameters: {
      series: 'revenue',
      dimension: 'promotion',
      child: 'product',
      bridges: ['product_promotions'],
      clause: 'AT',
    },
    remedy: 'SELECT revenue AT promotion VIA product_promotions',
  },
  NO_ORDER_AXIS: {
    when: 'A window, FIRST or LAST needs an order of time, and there is no one calendar dimension to give it.',
    asked: { collection: 'retail', query: 'SELECT LAG(revenue) AS before AT region' },
    parameters: { series: 'LAG(revenue)', anchor: ['region'], place: 'AT' },
    remedy: 'SELECT LAG(revenue) AS before AT (region, day)',
  },
  NOTHING_REDUCED: {
    when: 'The inner anchor is determined by the outer one.',
    asked: { collection: 'retail', query: 'SELECT AVG(revenue @ (region)) AS mean AT store' },
    parameters: { series: 'AVG(revenue @ region)', inner: ['region'], outer: ['store'] },
    remedy: 'SELECT revenue AS mean AT store',
  },
  REPLICATED_SUM: {
    when: 'A value that stands at every row would be added up.',
    asked: { collection: 'retail', query: 'SELECT CUMSUM(revenue @ ()) AS total AT day' },
    parameters: { series: 'CUMSUM(revenue @ ())', operator: 'CUMSUM' },
    remedy: 'SELECT CUMSUM(revenue) AS total AT day',
  },
  FILTER_UNREACHABLE: {
    when: 'WHERE names a dimension that one of the series cannot reach: it would filter the others alone.',
    asked: { collection: 'retail', query: "SELECT revenue, stock AT region WHERE category = 'Tea'" },
    parameters: { name: 'category', series: 'stock', schemas: ['store_monthly_inventory'] },
    remedy: 'SELECT revenue, stock AT region',
  },
  FAMILY_IN_WHERE: {
    when: 'WHERE compares a metric.',
    asked: { collection: 'retail', query: 'SELECT revenue AT region WHERE revenue > 1000' },
    parameters: { family: 'revenue' },
    remedy: 'SELECT revenue AT region HAVING revenue > 1000',
  },
  INPUT_GRAIN_AMBIGUOUS: {
    when: 'An operator’s input has no rows of its own: it is a formula, or comes from several tables.',
    asked: { collection: 'retail', query: 'SELECT AVG(profit) AS mean AT region' },
    parameters: {
      series: 'AVG(profit)',
      unsaid: 'grain',
      candidates: ['the rows of its inputs', 'the output anchor', 'an inner anchor'],
    },
    remedy: 'SELECT profit AS mean AT region',
  },
  NOT_DEFINED_FOR_TYPE: {
    when: 'An operator, a function or a comparison does not take values of that type.',
    asked: { collection: 'retail', query: 'SELECT SUM(store_name) AS names FROM stores AT region' },
    parameters: { operator: 'SUM', subject: 'store_name', type: 'text', accepts: ['int64', 'decimal', 'double'] },
    remedy: 'SELECT COUNT_DISTINCT(store_name) AS names FROM stores AT region',
  },
  DIMENSION_TYPE_MISMATCH: {
    when: 'A literal is not a value of what it is compared with.',
    asked: { collection: 'retail', query: "SELECT revenue AT region WHERE day = '2024-01'" },
    parameters: { name: 'day', type: "a day like '2024-01-31'", literal: "'2024-01'" },
    remedy: "SELECT revenue AT region WHERE month = '2024-01'",
  },
  OPERATOR_UNBOUND: {
    when: 'The backend that is chosen does not compute a state.',
    asked: null,
    parameters: { operator: 'MEDIAN', backend: 'DuckDB', others: ['SQLite', 'Arquero'] },
    remedy: null,
  },
  OPERATOR_NOT_LISTED: {
    when: 'SUM or PRODUCT is asked of a metric that does not list it.',
    asked: { collection: 'retail', query: 'SELECT PRODUCT(revenue) AT region' },
    parameters: { operator: 'PRODUCT', family: 'revenue', listed: ['SUM'] },
    remedy: 'SELECT SUM(revenue) AT region',
  },
  NAME_COLLISION: {
    when: 'Two columns of the answer would have one name.',
    asked: { collection: 'retail', query: 'SELECT revenue, cost AS revenue AT region' },
    parameters: { name: 'revenue', between: 'columns' },
    remedy: 'SELECT revenue, cost AT region',
  },
  ALIAS_REQUIRED: {
    when: 'A formula has no name.',
    asked: { collection: 'retail', query: 'SELECT revenue - cost AT region' },
    parameters: { expression: 'revenue - cost', name: 'revenue_minus_cost' },
    remedy: 'SELECT revenue - cost AS revenue_minus_cost AT region',
  },
  NOT_IN_SCHEMA: {
    when: 'FROM names a table that cannot serve every series.',
    asked: { collection: 'retail', query: 'SELECT stock FROM transactions AT region' },
    parameters: { series: 'stock', schema: 'transactions', reason: null, holders: ['store_monthly_inventory'] },
    remedy: 'SELECT stock FROM store_monthly_inventory AT region',
  },
  ROWS_AMBIGUOUS: {
    when: 'Rows are counted, and those of several tables could be.',
    asked: { collection: 'retail', query: 'SELECT COUNT(*) AT store' },
    parameters: {
      subject: 'COUNT(*)',
      anchor: ['store'],
      schemas: ['store_monthly_inventory', 'stores', 'transactions'],
    },
    remedy: 'SELECT COUNT(*) FROM store_monthly_inventory AT store',
  },
  NOT_DETERMINED: {
    when: 'A column stands at rows that do not tell its value.',
    asked: { collection: 'retail', query: 'SELECT store_name, revenue AT region' },
    parameters: { name: 'store_name', anchor: ['region'] },
    remedy: 'SELECT store_name, revenue AT (region, store)',
  },
  NOT_AN_OUTPUT_COLUMN: {
    when: 'HAVING or ORDER BY names what the answer does not show.',
    asked: { collection: 'retail', query: 'SELECT revenue AT region HAVING cost > 0' },
    parameters: { name: 'cost', clause: 'HAVING', columns: ['region', 'revenue'], isKnown: true },
    remedy: 'SELECT revenue, cost AT region HAVING cost > 0',
  },
  PER_NOT_IN_ANCHOR: {
    when: 'LIMIT … PER names what is not in the anchor.',
    asked: { collection: 'retail', query: 'SELECT revenue AT store LIMIT 3 PER region' },
    parameters: { name: 'region', anchor: ['store'] },
    remedy: 'SELECT revenue AT (store, region) ORDER BY region LIMIT 3 PER region',
  },
  PER_NOT_ORDERED: {
    when: 'LIMIT … PER ranks rows that ORDER BY does not put side by side.',
    asked: {
      collection: 'retail',
      query: 'SELECT revenue AT (region, store) ORDER BY revenue DESC LIMIT 3 PER region',
    },
    parameters: { per: ['region'], order: ['revenue'] },
    remedy: 'SELECT revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 3 PER region',
  },
  AMBIGUOUS_PATH: {
    when: 'A dimension is reached by several paths, and the data do not prove that they agree.',
    asked: { collection: 'market', query: 'SELECT revenue AT state' },
    parameters: {
      series: 'revenue',
      dimension: 'state',
      paths: ['customer → county → state', 'customer → district → state'],
    },
    remedy: 'SELECT revenue AT county',
  },
  OVERFLOW: {
    when: 'An exact number is outside the 64-bit integers.',
    asked: { collection: 'market', query: 'SELECT SUM(reading) AS total AT store' },
    parameters: { series: 'total', coordinate: ['S1'] },
    remedy: 'SELECT SUM(reading * 1e0) AS total AT store',
  },
  SOURCE_CHANGED: {
    when: 'A file is not the one that the installation names by its hash.',
    asked: null,
    parameters: { source: 'transactions', expected: '9f86d081884c7d65', found: '60303ae22b998861' },
    remedy: null,
  },
  SOURCE_UNREADABLE: {
    when: 'A file cannot be fetched, or is not of its kind.',
    asked: null,
    parameters: {
      source: 'stores',
      location: 'stores.csv',
      reason: 'line 7 has 4 cells where the header has 3',
      remedy: 'Mend the file, or point the installation at another.',
    },
    remedy: null,
  },
  TABLE_TOO_LARGE: {
    when: 'A table does not fit what the chosen backend can hold.',
    asked: null,
    parameters: { table: 'transactions', rows: 40000000, bytes: 2400000000, limit: 1073741824, backend: 'SQLite' },
    remedy: null,
  },
};
