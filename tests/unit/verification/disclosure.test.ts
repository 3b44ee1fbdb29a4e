import { describe, expect, test } from 'vitest';
import type { Attestation, Condition } from '../../../src/collection/attestation.ts';
import { i1, i2, i3, i4, i5, i6, i8, i9, i10, i11 } from '../../../src/collection/conditions.ts';
import { dayNumber } from '../../../src/columns/calendar.ts';
import { disclosuresOf } from '../../../src/verification/disclosure.ts';
import { compiled } from '../../support/collection.ts';

const MANIFEST = compiled(
  `
coframe: 1
name: shop
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, store: {dimension: store}, amount: {type: decimal(2)}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
dimension_families: [{name: geography, edges: [{child: store, parent: region, via: stores}]}]
metric_families: [{name: amount, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}]
`,
  'name: tests\nsources: {sales: {path: sales.csv}, stores: {path: stores.csv}}\nbackend: {type: duckdb}\nacs: [{path: a/}]\n',
  { sales: ['sale', 'store', 'amount'], stores: ['store', 'region'] },
);

const EDGE = 'store→region via stores';

type Found = Pick<Attestation, 'condition' | 'status' | 'counts'> & { readonly boundary?: number };

function verified(condition: Condition, counts: Attestation['counts'] = {}, boundary?: number): Found {
  return { condition, status: 'verified', counts, ...(boundary === undefined ? {} : { boundary }) };
}

function contradicted(condition: Condition, counts: Attestation['counts'] = {}): Found {
  return { condition, status: 'contradicted', counts };
}

function disclosed(found: readonly Found[], conditions = found.map((each) => each.condition)) {
  const attestations = new Map(
    found.map(({ condition, status, counts, boundary = null }): [string, Attestation] => [
      condition.key,
      { condition, status, counts, boundary, sourceHashes: {}, examples: { columns: [], rows: [] } },
    ]),
  );
  return disclosuresOf(conditions, MANIFEST, attestations);
}

describe('what is told', () => {
  test.each([
    {
      found: contradicted(i5('sales', EDGE), { rows: 9, missing_parents: 2, null_children: 1 }),
      message: '2 rows of `sales` have a `store` that `stores` does not list; they are under `region` NULL.',
      parameters: { schema: 'sales', edge: EDGE, child: 'store', parent: 'region', rows: 2 },
      code: 'rows_outside_path',
      critical: false,
    },
    {
      found: contradicted(i5('sales', EDGE), { rows: 9, missing_parents: 1, null_children: 0 }),
      message: '1 row of `sales` has a `store` that `stores` does not list; it is under `region` NULL.',
      parameters: { schema: 'sales', edge: EDGE, child: 'store', parent: 'region', rows: 1 },
      code: 'rows_outside_path',
      critical: false,
    },
    {
      found: verified(i2('sales'), { rows: 9, held_off: 1204, undated: 0 }, dayNumber(2024, 12, 31)),
      message: '1,204 rows of `sales` past 2024-12-31 are held off and not read.',
      parameters: { schema: 'sales', held_off: 1204, undated: 0, until: '2024-12-31' },
      code: 'held_off_rows',
      critical: false,
    },
    {
      found: verified(i2('sales'), { rows: 9, held_off: 0, undated: 1 }),
      message: '1 row of `sales` without a date is held off and not read.',
      parameters: { schema: 'sales', held_off: 0, undated: 1, until: null },
      code: 'held_off_rows',
      critical: false,
    },
    {
      found: verified(i2('sales'), { rows: 9, held_off: 3, undated: 1 }, dayNumber(2024, 12, 31)),
      message: '3 rows of `sales` past 2024-12-31 and 1 row of `sales` without a date are held off and not read.',
      parameters: { schema: 'sales', held_off: 3, undated: 1, until: '2024-12-31' },
      code: 'held_off_rows',
      critical: false,
    },
    {
      found: verified(i8('sales', 'amount'), { rows: 9, nulls: 4, not_finite: 0, rounded: 0 }),
      message: '4 rows of `sales` have no `amount` and are skipped.',
      parameters: { schema: 'sales', column: 'amount', nulls: 4, not_finite: 0 },
      code: 'nulls_skipped',
      critical: false,
    },
    {
      found: verified(i8('sales', 'amount'), { rows: 9, nulls: 1, not_finite: 1, rounded: 0 }),
      message:
        '1 row of `sales` has no `amount` and is skipped. The source holds 1 value there that is NaN or infinite, read as NULL.',
      parameters: { schema: 'sales', column: 'amount', nulls: 1, not_finite: 1 },
      code: 'nulls_skipped',
      critical: false,
    },
  ])('$message', ({ found, ...disclosure }) => {
    expect(disclosed([found])).toEqual([disclosure]);
  });
});

describe('what is contradicted', () => {
  test.each<{ found: Found; message: string }>([
    {
      found: contradicted(i1('sales', 'amount'), { missing: 1 }),
      message: 'The source of `sales` has no column `amount`.',
    },
    {
      found: contradicted(i1('sales', 'amount'), { incompatible: 1 }),
      message: '`amount` of `sales` cannot be read as decimal(2): its source has another type.',
    },
    {
      found: contradicted(i2('sales'), { rows: 1400, coordinates: 1300, duplicates: 3 }),
      message:
        'The grain of `sales` is not unique: 3 coordinates of 1,300 have more than one row, and each row counts.',
    },
    {
      found: contradicted(i2('sales'), { rows: 3, coordinates: 2, duplicates: 1 }),
      message: 'The grain of `sales` is not unique: 1 coordinate of 2 has more than one row, and each row counts.',
    },
    {
      found: contradicted(i3('sales'), { rows: 9, nulls: 2 }),
      message: 'The grain of `sales` is not whole: 2 values in it are NULL.',
    },
    {
      found: contradicted(i4(EDGE), { distinct_x_count: 57, violation_count: 1, nulls: 0 }),
      message: '`store` does not determine `region`: 1 of 57 values of `store` has more than one `region`.',
    },
    {
      found: contradicted(i5('sales', EDGE), { unreached: 1 }),
      message: '`sales` does not reach `store`, from which `region` would follow: an edge on the way does not hold.',
    },
    {
      found: contradicted(i6('sales', 'region', [[EDGE], [EDGE]]), { keys: 12, differing: 2 }),
      message: 'The paths from `sales` to `region` disagree for 2 of 12 keys.',
    },
    {
      found: contradicted(i8('sales', 'amount'), { rows: 9, nulls: 0, not_finite: 0, rounded: 5 }),
      message: '5 values of `amount` in `sales` had more digits than its type holds and were rounded.',
    },
    {
      found: contradicted(i8('sales', 'amount'), { rows: 9, nulls: 0, not_finite: 0, rounded: 0 }),
      message: '`amount` of `sales` has a type that its reducers do not take.',
    },
    {
      found: contradicted(i9('sales', EDGE), { rows: 9, pairs: 4, differing: 1 }),
      message: '`region` in `sales` is not that of its `store` for 1 of 4 pairs.',
    },
    {
      found: contradicted(i10('amount', 'sales', 'summary', 'SUM'), {
        keys: 10,
        differing: 1,
        only_root: 2,
        only_sibling: 3,
      }),
      message: 'SUM of `amount` in `summary` is not that in `sales` for 6 of 10 keys.',
    },
    {
      found: contradicted(i10('amount', 'sales', 'summary', 'SUM'), { unreached: 1 }),
      message: '`summary` cannot be compared with `sales`, which does not reach its grain.',
    },
    {
      found: contradicted(i11('sales'), { rows: 1329, kept: 0, dropped: 1329 }),
      message: "The collection's filter keeps none of the 1,329 rows of `sales`.",
    },
    {
      found: contradicted(i11('sales'), { unreached: 1 }),
      message: "The collection's filter is over names that `sales` does not reach: an edge on the way does not hold.",
    },
  ])('$message', ({ found, message }) => {
    const parameters = { condition: found.condition.key, id: found.condition.id, ...found.counts };
    expect(disclosed([found])).toEqual([{ code: 'contradicted_condition', critical: true, message, parameters }]);
  });
});

test('what was met, and what was not run, says nothing', () => {
  const met = [
    verified(i2('sales'), { rows: 9, coordinates: 9, duplicates: 0, held_off: 0, undated: 0 }),
    verified(i5('sales', EDGE), { rows: 9, missing_parents: 0, null_children: 3 }),
    verified(i8('sales', 'amount'), { rows: 9, nulls: 0, not_finite: 0, rounded: 0 }),
  ];
  expect(disclosed(met)).toEqual([]);
  expect(disclosed([], [i2('sales'), i8('sales', 'amount')])).toEqual([]);
});

test('the order is fixed, and each fact is told once', () => {
  const found = [
    verified(i8('sales', 'amount'), { nulls: 1 }),
    { ...contradicted(i2('sales'), { duplicates: 1, coordinates: 2, held_off: 1 }), boundary: 0 },
    contradicted(i5('sales', EDGE), { missing_parents: 1 }),
    contradicted(i3('sales'), { nulls: 1 }),
  ];
  const codes = [
    ['contradicted_condition', 'I2'],
    ['contradicted_condition', 'I3'],
    ['rows_outside_path', undefined],
    ['held_off_rows', undefined],
    ['nulls_skipped', undefined],
  ];
  for (const order of [found, found.toReversed(), [...found, ...found]]) {
    expect(
      disclosed(
        found,
        order.map((each) => each.condition),
      ).map(({ code, parameters }) => [code, parameters.id]),
    ).toEqual(codes);
  }
});

test('what an answer does not rest on is not told with it', () => {
  const found = [verified(i8('sales', 'amount'), { nulls: 1 })];
  expect(disclosed(found, [i8('sales', 'other')])).toEqual([]);
});
