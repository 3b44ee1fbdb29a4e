import { expect, test } from 'vitest';
import type { Attestation } from '../../../src/collection/attestation.ts';
import { i10 } from '../../../src/collection/conditions.ts';
import { parse } from '../../../src/frameql/parser.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { compiled, factsOf } from '../../support/collection.ts';

const COLLECTION = `coframe: 1
name: two_operators
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, region: {dimension: region}, amount: {type: int64}}}
  - {name: summary, source: summary, grain: [region], columns: {region: {dimension: region}, total: {type: int64}, largest: {type: int64}}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}, {operator: MAX, a_block: []}]
    siblings:
      - {schema: summary, column: total, operator: SUM}
      - {schema: summary, column: largest, operator: MAX}
`;

const INSTALLATION = `name: test
sources: {sales: {path: sales.csv}, summary: {path: summary.csv}}
backend: {type: duckdb}
acs: [{path: ac/}]
`;

const MANIFEST = compiled(COLLECTION, INSTALLATION, {
  sales: ['sale', 'region', 'amount'],
  summary: ['region', 'total', 'largest'],
});

function attestation(operator: string, status: Attestation['status']): Attestation {
  return {
    condition: i10('amount', 'sales', 'summary', operator),
    status,
    sourceHashes: {},
    boundary: null,
    counts: {},
    examples: { columns: [], rows: [] },
  };
}

/** The schema that serves an operator when I10 of each sibling is as given. */
function serving(operator: string, sum: Attestation['status'], max: Attestation['status']): string {
  const facts = factsOf(MANIFEST, { sales: 100, summary: 3 }, [attestation('SUM', sum), attestation('MAX', max)]);
  const parsed = parse(`SELECT ${operator}(amount) AT region`);
  if (!parsed.ok) throw new Error(parsed.error.found);
  const resolution = resolve(MANIFEST, facts, parsed.statement);
  if (!resolution.ok) throw new Error(resolution.causes[0].message);
  return resolution.query.level.metrics[0]?.readings[0].schema ?? '';
}

test.each([
  { operator: 'SUM', sum: 'contradicted', max: 'verified', schema: 'sales' },
  { operator: 'SUM', sum: 'verified', max: 'contradicted', schema: 'summary' },
  { operator: 'MAX', sum: 'verified', max: 'contradicted', schema: 'sales' },
  { operator: 'MAX', sum: 'contradicted', max: 'verified', schema: 'summary' },
] as const)('two siblings of one family in one schema rest on their own coherence: $operator → $schema', (each) => {
  expect(serving(each.operator, each.sum, each.max)).toBe(each.schema);
});
