import { expect, test } from 'vitest';
import type { Condition } from '../../../src/collection/attestation.ts';
import { i1, i2, i3, i4, i5, i8, i10, i11 } from '../../../src/collection/conditions.ts';
import { DAY, decimal, TEXT } from '../../../src/columns/logical-type.ts';
import { conditionColumns } from '../../../src/verification/condition-columns.ts';
import { retailFacts, retailManifest } from '../../support/retail.ts';

const EDGE = 'store→region via stores';
const MANIFEST = retailManifest();
const text = (name: string) => ({ name, type: TEXT });
const day = { name: 'day', type: DAY };
const money = (name: string) => ({ name, type: decimal(2) });
const stores = [text('region'), text('store_id')];

/** Without statistics of the dates, undated rows have to be looked for: whatever reads rows then reads the day. */
test.each<{ condition: Condition; expected: object }>([
  { condition: i1('transactions', 'revenue'), expected: {} },
  { condition: i2('transactions'), expected: { transactions: [day, text('transaction_id')] } },
  { condition: i3('transactions'), expected: { transactions: [day, text('transaction_id')] } },
  { condition: i2('stores'), expected: { stores: [text('store_id')] } },
  { condition: i2('region_daily_summary'), expected: { region_daily_summary: [day, text('region')] } },
  { condition: i4(EDGE), expected: { stores } },
  // The map of the edge is asked for apart.
  { condition: i5('transactions', EDGE), expected: { transactions: [day, text('store_id')] } },
  { condition: i8('transactions', 'revenue'), expected: { transactions: [day, money('revenue')] } },
  {
    condition: i10('revenue', 'transactions', 'region_daily_summary', 'SUM'),
    expected: {
      transactions: [day, money('revenue'), text('store_id')],
      stores,
      region_daily_summary: [day, text('region'), money('revenue')],
    },
  },
  // Where nothing is filtered, rows are counted over any column.
  { condition: i11('stores'), expected: { stores: [] } },
])('$condition.key', ({ condition, expected }) => {
  expect(conditionColumns(condition, MANIFEST, retailFacts(MANIFEST))).toEqual(expected);
});

test.each<{ name: string; condition: Condition; message: RegExp }>([
  { name: 'a schema', condition: i2('nothing'), message: /there is no schema nothing/ },
  { name: 'an edge', condition: i4('a→b via c'), message: /there is no edge a→b via c/ },
  { name: 'a calendar edge', condition: i4('day→month'), message: /holds by construction/ },
  { name: 'a column', condition: i8('transactions', 'nothing'), message: /transactions has no column nothing/ },
  {
    name: 'a sibling',
    condition: i10('revenue', 'transactions', 'stores', 'SUM'),
    message: /revenue of transactions has no sibling stores under SUM/,
  },
])('$name that the manifest does not have is a defect', ({ condition, message }) => {
  expect(() => conditionColumns(condition, MANIFEST, retailFacts(MANIFEST))).toThrow(message);
});
