import { describe, expect, test } from 'vitest';
import type { Attestation, Condition } from '../../../src/collection/attestation.ts';
import { i4 } from '../../../src/collection/conditions.ts';
import { parse } from '../../../src/frameql/parser.ts';
import type { OperatorName } from '../../../src/operators/catalog.ts';
import { CLARIFYING, type RefusalCode } from '../../../src/resolution/refusal.ts';
import { type Resolution, resolve } from '../../../src/resolution/resolve.ts';
import { compiled, factsOf } from '../../support/collection.ts';
import { retailFacts, retailManifest } from '../../support/retail.ts';

const RETAIL = retailManifest();
const FACTS = retailFacts(RETAIL);

interface Expected {
  readonly query: string;
  readonly code: RefusalCode;
  /** The text that the span covers. */
  readonly at: string;
  /** Queries of the remedies, in order. */
  readonly remedies: readonly string[];
}

const TABLE: readonly Expected[] = [
  {
    query: 'SELECT regoin, revenue AT regoin',
    code: 'UNKNOWN_NAME',
    at: 'regoin',
    remedies: ['SELECT region, revenue AT region'],
  },
  { query: 'SELECT revenu AT region', code: 'UNKNOWN_NAME', at: 'revenu', remedies: ['SELECT revenue AT region'] },
  {
    query: 'SELECT revenue AT store_name',
    code: 'UNKNOWN_NAME',
    at: 'store_name',
    remedies: ['SELECT revenue AT store'],
  },
  {
    query: 'SELECT SUMM(revenue) AT region',
    code: 'UNKNOWN_NAME',
    at: 'SUMM',
    remedies: ['SELECT SUM(revenue) AT region'],
  },
  {
    query: 'SELECT revenue FROM transaction AT region',
    code: 'UNKNOWN_NAME',
    at: 'transaction',
    remedies: ['SELECT revenue FROM transactions AT region', 'SELECT revenue AT region'],
  },
  {
    query: 'SELECT revenue AT () WHERE region = "East"',
    code: 'UNKNOWN_NAME',
    at: '"East"',
    remedies: ["SELECT revenue AT () WHERE region = 'East'"],
  },
  {
    query: 'SELECT buyers FROM region_daily_summary AT region',
    code: 'NOT_IN_SCHEMA',
    at: 'region_daily_summary',
    remedies: ['SELECT buyers FROM transactions AT region', 'SELECT buyers AT region'],
  },
  {
    query: 'SELECT revenue FROM region_daily_summary AT region',
    code: 'NOT_IN_SCHEMA',
    at: 'region_daily_summary',
    remedies: ['SELECT revenue AT region'],
  },
  {
    query: 'SELECT region, revenue AT region WHERE revenue > 5',
    code: 'FAMILY_IN_WHERE',
    at: 'revenue',
    remedies: ['SELECT region, revenue AT region HAVING revenue > 5'],
  },
  {
    query: "SELECT region, cost AT region WHERE revenue > 5 AND store = 'S01'",
    code: 'FAMILY_IN_WHERE',
    at: 'revenue',
    remedies: ["SELECT region, cost, revenue AT region WHERE store = 'S01' HAVING revenue > 5"],
  },
  {
    query: 'SELECT SUM(profit) AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'SUM(profit)',
    remedies: [
      'SELECT profit AT region',
      'SELECT SUM(revenue - cost) AS sum_profit AT region',
      'SELECT SUM(profit @ store) AS sum_profit AT region',
      'SELECT SUM(profit @ day) AS sum_profit AT region',
      'SELECT SUM(profit @ customer) AS sum_profit AT region',
      'SELECT SUM(profit @ product) AS sum_profit AT region',
    ],
  },
  {
    query: 'SELECT AVG(customer) AS a FROM transactions AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'AVG(customer)',
    remedies: ['SELECT COUNT_DISTINCT(customer) AS a FROM transactions AT region'],
  },
  { query: "SELECT revenue + 'x' AS y AT ()", code: 'NOT_DEFINED_FOR_TYPE', at: "'x'", remedies: [] },
  {
    query: "SELECT revenue AT () WHERE day = '2024-01'",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'2024-01'",
    remedies: ["SELECT revenue AT () WHERE month = '2024-01'"],
  },
  {
    query: 'SELECT revenue AT () WHERE region = 5',
    code: 'DIMENSION_TYPE_MISMATCH',
    at: '5',
    remedies: ["SELECT revenue AT () WHERE region = '5'"],
  },
  {
    query: 'SELECT SUM(buyers) AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(buyers)',
    remedies: ['SELECT COUNT_DISTINCT(buyers) AT region'],
  },
  // SQL counts rows that meet a condition with a sum of ones.
  {
    query: 'SELECT SUM(CASE WHEN revenue < 0 THEN 1 ELSE 0 END) AS n AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(CASE WHEN revenue < 0 THEN 1 ELSE 0 END)',
    remedies: [
      'SELECT COUNT(CASE WHEN revenue < 0 THEN 1 END) AS n AT region',
      'SELECT AVG(CASE WHEN revenue < 0 THEN 1 ELSE 0 END) AS n AT region',
      'SELECT COUNT_DISTINCT(CASE WHEN revenue < 0 THEN 1 ELSE 0 END) AS n AT region',
    ],
  },
  {
    query: 'SELECT SUM(CASE WHEN revenue < 0 THEN 1 ELSE 2 END) AS n AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(CASE WHEN revenue < 0 THEN 1 ELSE 2 END)',
    remedies: [
      'SELECT AVG(CASE WHEN revenue < 0 THEN 1 ELSE 2 END) AS n AT region',
      'SELECT COUNT_DISTINCT(CASE WHEN revenue < 0 THEN 1 ELSE 2 END) AS n AT region',
    ],
  },
  // A sum at () is meant as the whole of a share, not as the value itself.
  {
    query: 'SELECT revenue / SUM(revenue @ ()) AS share AT transaction',
    code: 'NOTHING_REDUCED',
    at: 'SUM(revenue @ ())',
    remedies: [
      'SELECT revenue / revenue @ () AS share AT transaction',
      'SELECT revenue / revenue AS share AT transaction',
      'SELECT revenue / SUM(revenue @ day) AS share AT transaction',
      'SELECT revenue / SUM(revenue @ customer) AS share AT transaction',
      'SELECT revenue / SUM(revenue @ product) AS share AT transaction',
      'SELECT revenue / SUM(revenue @ store) AS share AT transaction',
    ],
  },
  // The membership stands there already.
  {
    query: "SELECT promotion, revenue AT promotion VIA product_promotions WHERE promotion IN ('PR01') AND year = 2024",
    code: 'FAN_OUT',
    at: 'promotion',
    remedies: [
      "SELECT promotion, revenue AT promotion VIA product_promotions WHERE year = 2024 HAVING promotion IN ('PR01')",
      'SELECT promotion, revenue AT promotion VIA product_promotions WHERE year = 2024',
    ],
  },
  {
    query: 'SELECT revenue, revenue AT ()',
    code: 'NAME_COLLISION',
    at: 'revenue',
    remedies: ['SELECT revenue AT ()', 'SELECT revenue, revenue AS revenue_2 AT ()'],
  },
  {
    query: 'SELECT revenue AT (region, region)',
    code: 'NAME_COLLISION',
    at: 'region',
    remedies: ['SELECT revenue AT region'],
  },
  {
    query: 'SELECT revenue + 1 AT region',
    code: 'ALIAS_REQUIRED',
    at: 'revenue + 1',
    remedies: ['SELECT revenue + 1 AS adjusted_revenue AT region'],
  },
  {
    query: 'SELECT COUNT(*) AT region',
    code: 'ROWS_AMBIGUOUS',
    at: 'COUNT(*)',
    remedies: [
      'SELECT COUNT(*) FROM region_daily_summary AT region',
      'SELECT COUNT(*) FROM store_monthly_inventory AT region',
      'SELECT COUNT(*) FROM stores AT region',
      'SELECT COUNT(*) FROM transactions AT region',
    ],
  },
  // The rows counted would be those of `buyers`, were it not for its operator: FROM would mend nothing.
  {
    query: 'SELECT COUNT(*), SUM(buyers) AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(buyers)',
    remedies: ['SELECT COUNT(*), COUNT_DISTINCT(buyers) AT region'],
  },
  {
    query: 'SELECT category AT category',
    code: 'ROWS_AMBIGUOUS',
    at: 'category',
    remedies: [
      'SELECT category FROM product_promotions AT category',
      'SELECT category FROM products AT category',
      'SELECT category FROM transactions AT category',
    ],
  },
  {
    query: 'SELECT store, revenue AT region',
    code: 'NOT_DETERMINED',
    at: 'store',
    remedies: ['SELECT store, revenue AT (region, store)', 'SELECT revenue AT region'],
  },
  {
    query: 'SELECT store_name, revenue AT region',
    code: 'NOT_DETERMINED',
    at: 'store_name',
    remedies: ['SELECT store_name, revenue AT (region, store)', 'SELECT revenue AT region'],
  },
  {
    query: 'SELECT region, revenue AT region ORDER BY cost',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'cost',
    remedies: ['SELECT region, revenue, cost AT region ORDER BY cost'],
  },
  {
    query: 'SELECT region, revenue AT region HAVING SUM(revenue) > 5',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'SUM(revenue)',
    remedies: ['SELECT region, revenue, SUM(revenue) AT region HAVING sum_revenue > 5'],
  },
  {
    query: 'SELECT region, revenue AT region HAVING revenu > 5',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'revenu',
    remedies: ['SELECT region, revenue AT region HAVING revenue > 5'],
  },
  {
    query: 'SELECT revenue AT region LIMIT 3 PER store',
    code: 'PER_NOT_IN_ANCHOR',
    at: 'store',
    remedies: [
      'SELECT revenue AT (region, store) ORDER BY store LIMIT 3 PER store',
      'SELECT revenue AT region ORDER BY region LIMIT 3 PER region',
    ],
  },
  {
    query: 'SELECT revenue AT (region, store) ORDER BY revenue DESC LIMIT 3 PER region',
    code: 'PER_NOT_ORDERED',
    at: 'region',
    remedies: ['SELECT revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 3 PER region'],
  },
];

describe('refusals over the retail collection', () => {
  test.each(TABLE)('$code: $query', ({ query, code, at, remedies }) => {
    const [cause] = refused(query, resolveText(RETAIL, FACTS, query));
    expect(cause).toMatchObject({ code });
    expect(query.slice(cause.span.from, cause.span.to)).toBe(at);
    expect(cause.remedies.map((remedy) => remedy.query)).toEqual(remedies);
    expect(cause.message).toMatch(/[.?]$/);
  });

  test.each(TABLE.flatMap(({ remedies }) => remedies))('the remedy runs: %s', (query) => {
    expect(resolveText(RETAIL, FACTS, query)).toMatchObject({ ok: true });
  });

  test('the first cause in text order speaks, the others are listed', () => {
    const query = "SELECT nonsense, revenue AT region WHERE day = 'x' ORDER BY region";
    const causes = refused(query, resolveText(RETAIL, FACTS, query));
    expect(causes.map((cause) => cause.code)).toEqual(['UNKNOWN_NAME', 'DIMENSION_TYPE_MISMATCH']);
  });

  test('only ambiguity asks back', () => {
    expect([...CLARIFYING].sort()).toEqual([
      'COUSINS',
      'FILTER_UNREACHABLE',
      'INPUT_GRAIN_AMBIGUOUS',
      'ROWS_AMBIGUOUS',
    ]);
  });
});

const PLANS = `coframe: 1
name: plans
schemas:
  - {name: budgets, source: budgets, grain: [state], columns: {state: {dimension: state}, amount: {type: int64}}}
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, city: {dimension: city}, amount: {type: int64}, day: {dimension: day, type: date}}}
  - {name: cities, source: cities, grain: [city], columns: {city: {dimension: city}, state: {dimension: state}, county: {dimension: county}, district: {dimension: district}}}
dimension_families:
  - name: geography
    edges:
      - {child: city, parent: county, via: cities}
      - {child: city, parent: district, via: cities}
      - {child: county, parent: state, via: cities}
      - {child: district, parent: state, via: cities}
metric_families:
  - {name: amount, family_root: {schema: budgets, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: amount, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: budget, family_root: {schema: budgets, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: sold, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: [geography]}]}
  - {name: revenue, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

const PLANS_INSTALLATION = `name: plans
sources: {budgets: {path: b.csv}, sales: {path: s.csv}, cities: {path: c.csv}}
backend: {type: duckdb}
acs: [{path: plans/}]
`;

describe('refusals that need other shapes', () => {
  const manifest = compiled(PLANS, PLANS_INSTALLATION, {
    budgets: ['state', 'amount'],
    sales: ['sale', 'city', 'amount', 'day'],
    cities: ['city', 'state', 'county', 'district'],
  });
  const held = manifest.fdDag.map((edge) => attested(i4(edge.id), 'verified'));

  test('COUSINS asks back, one choice a root', () => {
    const [cause] = refused('', resolveText(manifest, factsOf(manifest), 'SELECT amount AT state'));
    expect(cause).toMatchObject({ code: 'COUSINS', parameters: { name: 'amount', schemas: ['budgets', 'sales'] } });
    expect(cause.remedies.map((remedy) => remedy.query)).toEqual([
      'SELECT amount FROM budgets AT state',
      'SELECT amount FROM sales AT state',
    ]);
  });

  test('UNREACHABLE_ANCHOR where no edge leads there', () => {
    const query = 'SELECT city, budget AT city';
    const [cause] = refused(query, resolveText(manifest, factsOf(manifest), query));
    expect(cause).toMatchObject({ code: 'UNREACHABLE_ANCHOR', parameters: { series: 'budget', dimension: 'city' } });
  });

  test('FILTER_UNREACHABLE where one series cannot be filtered; never dropped for it', () => {
    const query = "SELECT budget, revenue AT state WHERE day = '2024-01-01'";
    const [cause] = refused(query, resolveText(manifest, factsOf(manifest), query));
    expect(cause).toMatchObject({ code: 'FILTER_UNREACHABLE', parameters: { name: 'day', series: 'budget' } });
    expect(query.slice(cause.span.from, cause.span.to)).toBe('day');
    expect(cause.remedies.map((remedy) => remedy.query)).toEqual([
      'SELECT budget, revenue AT state',
      "SELECT revenue AT state WHERE day = '2024-01-01'",
    ]);
  });

  test('BLOCKED_REDUCTION along a blocked family; keeping or pinning its finest dimension serves', () => {
    const query = 'SELECT state, sold AT state';
    const [cause] = refused(query, resolveText(manifest, factsOf(manifest), query));
    expect(cause).toMatchObject({
      code: 'BLOCKED_REDUCTION',
      parameters: { operator: 'SUM', families: ['geography'] },
    });
    expect(cause.remedies.map((remedy) => remedy.query)).toEqual([
      'SELECT state, sold AT (state, city)',
      'SELECT state, AVG(sold @ city) AS sold AT state',
    ]);
    const pinned = "SELECT day, sold AT day WHERE city = 'Peoria'";
    expect(resolveText(manifest, factsOf(manifest), pinned)).toMatchObject({ ok: true });
  });

  test('FD_CONTRADICTED where only broken edges lead there', () => {
    const broken = ['county→state via cities', 'district→state via cities'].map((edge) =>
      attested(i4(edge), 'contradicted'),
    );
    const query = 'SELECT state, revenue AT state';
    const [cause] = refused(query, resolveText(manifest, factsOf(manifest, {}, broken), query));
    expect(cause).toMatchObject({ code: 'FD_CONTRADICTED', parameters: { series: 'revenue', dimension: 'state' } });
  });

  test('a broken edge among several paths drops out, and the other path serves', () => {
    const broken = [attested(i4('county→state via cities'), 'contradicted')];
    const resolution = resolveText(manifest, factsOf(manifest, {}, broken), 'SELECT state, revenue AT state');
    if (!resolution.ok) throw new Error('refused');
    const state = resolution.query.level.metrics[0]?.readings[0].inputs.find((input) => input.name === 'state');
    expect(state?.access.steps.map((step) => step.edge)).toEqual([
      'city→district via cities',
      'district→state via cities',
    ]);
  });

  test('AMBIGUOUS_PATH where two paths are attested to disagree', () => {
    const query = 'SELECT state, revenue AT state';
    const open = resolveText(manifest, factsOf(manifest, {}, held), query);
    if (!open.ok) throw new Error('refused');
    const [agree] = open.query.missing;
    expect(agree).toMatchObject({ id: 'I6', schema: 'sales', dimension: 'state' });
    if (agree === undefined) throw new Error('nothing missing');
    const known = [...held, attested(agree, 'contradicted')];
    const [cause] = refused(query, resolveText(manifest, factsOf(manifest, {}, known), query));
    expect(cause).toMatchObject({
      code: 'AMBIGUOUS_PATH',
      parameters: { paths: ['city → county → state', 'city → district → state'] },
    });
  });

  test('SOURCE_UNREADABLE names the source, the reason and the remedy', () => {
    const facts = factsOf(manifest);
    const words = { location: 'b.csv', reason: 'nothing is there', remedy: 'Put it there.' };
    const without = { ...words, changed: null };
    const snapshots = new Map([...facts.snapshots].filter(([name]) => name !== 'budgets'));
    const [cause] = refused(
      '',
      resolveText(
        manifest,
        { ...facts, snapshots, unreadable: new Map([['budgets', without]]) },
        'SELECT budget AT state',
      ),
    );
    expect(cause).toMatchObject({ code: 'SOURCE_UNREADABLE', parameters: { source: 'budgets', ...words } });
  });

  test('OPERATOR_UNBOUND is told before any data is read', () => {
    const facts = { ...factsOf(manifest), backend: { name: 'duckdb', operators: new Set(['SUM'] as const) } };
    const [cause] = refused('', resolveText(manifest, facts, 'SELECT AVG(revenue) AT ()'));
    expect(cause).toMatchObject({ code: 'OPERATOR_UNBOUND', parameters: { operator: 'AVG', backend: 'duckdb' } });
  });

  test('OPERATOR_UNBOUND names the backends that have it', () => {
    const others = new Map<string, ReadonlySet<OperatorName>>([
      ['sqlite', new Set(['AVG'])],
      ['arquero', new Set(['SUM'])],
    ]);
    const backend = { name: 'duckdb', operators: new Set(['SUM'] as const), others };
    const [cause] = refused('', resolveText(manifest, { ...factsOf(manifest), backend }, 'SELECT AVG(revenue) AT ()'));
    expect(cause).toMatchObject({ code: 'OPERATOR_UNBOUND', parameters: { operator: 'AVG', others: ['sqlite'] } });
    expect(cause?.message).toContain('sqlite');
  });
});

function resolveText(
  manifest: Parameters<typeof resolve>[0],
  facts: Parameters<typeof resolve>[1],
  query: string,
): Resolution {
  const parsed = parse(query);
  if (!parsed.ok) throw new Error(`${query}: ${JSON.stringify(parsed.error)}`);
  return resolve(manifest, facts, parsed.statement);
}

function refused(query: string, resolution: Resolution) {
  if (resolution.ok) throw new Error(`${query} was not refused`);
  return resolution.causes;
}

function attested(condition: Condition, status: Attestation['status']): Attestation {
  return {
    condition,
    status,
    sourceHashes: {},
    boundary: null,
    counts: { violation_count: status === 'contradicted' ? 1 : 0 },
    examples: { columns: [], rows: [] },
  };
}
