import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionKey } from '../../../src/collection/attestation.ts';
import { conditionBasis } from '../../../src/collection/condition-basis.ts';
import * as conditions from '../../../src/collection/conditions.ts';
import { RETAIL_COLLECTION, retailManifest } from './retail.ts';

const { conditionLabel, i1, i2, i3, i4, i5, i6, i8, i9, i10, i11 } = conditions;
const STORE_REGION = 'store→region via stores';

test.each([
  [i1('stores', 'region'), 'stores has the column region, of its type'],
  [i2('stores'), 'no two rows of stores share their grain'],
  [i3('stores'), 'no row of stores has an empty grain'],
  [i4(STORE_REGION), 'each store has one region'],
  [i5('transactions', STORE_REGION), 'each store in transactions has a region'],
  [i6('flights', 'country', [['a→country via x'], ['b→country via x']]), 'all ways from flights to country agree'],
  [i8('transactions', 'revenue'), 'revenue in transactions can be reduced; what is skipped is counted'],
  [i9('sales', STORE_REGION), 'region in sales is that of its store'],
  [i10('revenue', 'transactions', 'daily', 'SUM'), 'SUM of revenue in daily equals that in transactions'],
  [i11('transactions'), 'the filter keeps rows of transactions'],
])('$key: %#', (condition, label) => {
  expect(conditionLabel(condition)).toBe(label);
  expect(label.split(' ').length).toBeLessThanOrEqual(12);
});

test('equal conditions have equal keys and different ones different keys, whatever is in names', () => {
  expect(i1('a b', 'c').key).not.toBe(i1('a', 'b c').key);
  const part = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '→') });
  fc.assert(
    fc.property(fc.array(part), fc.array(part), (left, right) => {
      const same = JSON.stringify(left) === JSON.stringify(right);
      expect(conditionKey('I2', ...left) === conditionKey('I2', ...right)).toBe(same);
    }),
    { numRuns: 1000 },
  );
});

describe('the basis of a condition', () => {
  const manifest = retailManifest();
  const changed = (...changes: readonly (readonly [string, string])[]) =>
    retailManifest(changes.reduce((text, [from, to]) => text.replace(from, to), RETAIL_COLLECTION));

  test('is there for what the manifest has, and for nothing else', () => {
    const sibling = i10('revenue', 'transactions', 'region_daily_summary', 'SUM');
    for (const condition of [
      i1('stores', 'region'),
      i2('stores'),
      i4(STORE_REGION),
      i5('transactions', STORE_REGION),
      sibling,
    ]) {
      expect(conditionBasis(manifest, condition)).toMatch(/^[0-9a-f]{64}$/);
    }
    for (const condition of [
      i1('stores', 'opened'),
      i2('shops'),
      i4('region→store via stores'),
      i10('revenue', 'transactions', 'stores', 'SUM'),
    ]) {
      expect(conditionBasis(manifest, condition)).toBeUndefined();
    }
  });

  test.each([
    [
      'an edge, when its lookup reads another column',
      i4(STORE_REGION),
      ['region: { dimension: region }', 'opened: { dimension: region }'],
    ],
    [
      'a sibling, when the root counts other rows',
      i10('revenue', 'transactions', 'region_daily_summary', 'SUM'),
      ['column: revenue }', 'column: revenue, where: revenue > 0 }'],
    ],
    [
      'a grain, when the filter changes',
      i2('transactions'),
      ['blocked_reduction', "filter: day > '2024-01-01'\nblocked_reduction"],
    ],
    [
      'a column, when its type changes',
      i8('transactions', 'quantity'),
      ['quantity: { type: int64 }', 'quantity: { type: double }'],
    ],
  ] as const)('changes: %s', (_, condition, change) => {
    const basis = conditionBasis(changed(change), condition);
    expect(basis).toMatch(/^[0-9a-f]{64}$/);
    expect(basis).not.toBe(conditionBasis(manifest, condition));
  });

  test('stays when descriptions, hints and other families change', () => {
    const other = changed(
      ['- [region, day]', '- [store]'],
      ['revenue less cost', 'what is left'],
      ['name: orders', 'name: receipts'],
    );
    for (const condition of [
      i2('transactions'),
      i4(STORE_REGION),
      i10('revenue', 'transactions', 'region_daily_summary', 'SUM'),
    ]) {
      expect(conditionBasis(other, condition)).toBe(conditionBasis(manifest, condition));
    }
  });
});
