import { describe, expect, it } from 'vitest';
import { outputName } from '../../../src/frameql/output-name.ts';
import { parse } from '../../../src/frameql/parser.ts';

describe('outputName', () => {
  it.each<[item: string, name: string | null]>([
    ['revenue', 'revenue'],
    ['revenue AS r', 'r'],
    ['SUM(revenue)', 'sum_revenue'],
    ['revenue.last', 'last_revenue'],
    ['"a b".SUM', 'sum_a b'],
    ['COUNT(*)', 'count'],
    ['COUNT(revenue)', 'count_revenue'],
    ['COUNT_DISTINCT(customer)', 'count_distinct_customer'],
    ['QUANTILE(revenue, 0.9)', 'quantile_revenue'],
    ['APPROX_QUANTILE(revenue, q => 0.5)', 'approx_quantile_revenue'],
    ['QUANTILE(revenue, 1 - 0.1)', null],
    ['WEIGHTED_AVG(price, quantity)', null],
    ['SUM(a + b)', null],
    ['SUM(revenue @ day)', null],
    ['SUM(revenue) @ ()', null],
    ['revenue @ ()', null],
    ['UPPER(region)', null],
    ['COALESCE(revenue, 0)', null],
    ['CUMSUM(revenue)', null],
    ['RANK(revenue)', null],
    ['UNHEARD(revenue)', null],
    ['SUM()', null],
    ['-revenue', null],
    ['1', null],
    ['CASE WHEN a THEN b END', null],
    ['revenue IS NULL', null],
    ['WEIGHTED_AVG(price, quantity) AS w', 'w'],
  ])('%s: %s', (item, name) => {
    const result = parse(`SELECT ${item} AT region`);
    const [only] = result.ok ? result.statement.items : [];
    expect(only && outputName(only)).toBe(name);
  });
});
