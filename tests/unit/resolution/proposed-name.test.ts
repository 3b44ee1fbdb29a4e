import { expect, test } from 'vitest';
import { parse } from '../../../src/frameql/parser.ts';
import { proposedName } from '../../../src/resolution/proposed-name.ts';

test.each([
  ['revenue - cost', 'revenue_minus_cost'],
  ['revenue + cost * quantity', 'revenue_plus_cost_times_quantity'],
  ['revenue / orders', 'revenue_per_orders'],
  ['revenue / (revenue @ ())', 'revenue_share'],
  ['SUM(revenue) / (SUM(revenue) @ (region))', 'sum_revenue_share'],
  ['revenue * 1.2', 'adjusted_revenue'],
  ['-revenue', 'minus_revenue'],
  ['revenue @ ()', 'revenue_overall'],
  ['revenue @ (region, year)', 'revenue_at_region_year'],
  ['AVG(revenue @ (day))', 'avg_revenue_per_day'],
  ['LAG(revenue, 1, step => year)', 'lag_revenue'],
  ['SUM(revenue - cost)', 'sum_revenue_minus_cost'],
  ['COUNT(*) @ ()', 'count_overall'],
  ["CASE WHEN store = 'S1' THEN revenue ELSE 0 END", 'revenue_by_case'],
  ["CASE WHEN revenue > 1 THEN 'big' END", 'value'],
  ['1 + 1', 'value'],
  ['revenue IS NULL', 'revenue_is_missing'],
  ['a_long_name_of_a_metric * another_long_name_of_a_metric', 'value'],
])('%s is called %s', (text, name) => {
  expect(proposedName(expressionOf(text), new Set())).toBe(name);
});

test('a name that is taken gets the first free number', () => {
  const taken = new Set(['revenue_share', 'revenue_share_2']);
  expect(proposedName(expressionOf('revenue / (revenue @ ())'), taken)).toBe('revenue_share_3');
});

function expressionOf(text: string) {
  const parsed = parse(`SELECT ${text} AS x AT ()`);
  const [item] = parsed.ok ? parsed.statement.items : [];
  if (item === undefined) throw new Error(text);
  return item.expr;
}
