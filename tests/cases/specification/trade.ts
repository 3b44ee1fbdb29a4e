import { csv } from '../case.ts';
import type { World } from './rule.ts';

/**
 * Sales of products that belong to promotions or to none, a pre-aggregate by product and day that is right, a stock of
 * readings that may be summed against the block, and a name with two roots:
 *
 *     sale   product   day         amount    promotions
 *     1      P1        2024-01-01    10      G1, G2
 *     2      P2        2024-01-01     5      G2
 *     3      P3        2024-01-02     7      none
 *     4      NULL      2024-01-02     1      none
 *     5      P1        2024-01-02     –      G1, G2
 */
export const TRADE: World = {
  name: 'trade',
  collection: `coframe: 1
name: trade
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      product: {dimension: product}
      day: {dimension: day, type: date}
      amount: {type: int64}
  - name: daily
    source: daily
    grain: [product, day]
    columns: {product: {dimension: product}, day: {dimension: day, type: date}, amount: {type: int64}}
  - name: promoted
    source: promoted
    grain: [product, promotion]
    columns: {product: {dimension: product}, promotion: {dimension: promotion}}
  - name: held
    source: held
    grain: [product, day]
    columns: {product: {dimension: product}, day: {dimension: day, type: date}, level: {type: int64}}
dimension_families:
  - {name: merchandise, bridges: [{child: product, parent: promotion, via: promoted}]}
  - {name: calendar, calendar: {from: day, levels: [week, month]}}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    siblings: [{schema: daily, column: amount, operator: SUM}]
  - {name: orders, family_root: {schema: sales}, ip_reducers: [{operator: COUNT, a_block: []}]}
  - {name: level, family_root: {schema: held, column: level}, ip_reducers: [{operator: SUM, a_block: [calendar]}]}
  - {name: twin, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: twin, family_root: {schema: held, column: level}, ip_reducers: [{operator: MAX, a_block: []}]}
blocked_reduction: disclose
`,
  tables: {
    sales: csv(
      'sale,product,day,amount',
      '1,P1,2024-01-01,10',
      '2,P2,2024-01-01,5',
      '3,P3,2024-01-02,7',
      '4,,2024-01-02,1',
      '5,P1,2024-01-02,',
    ),
    daily: csv(
      'product,day,amount',
      'P1,2024-01-01,10',
      'P2,2024-01-01,5',
      'P3,2024-01-02,7',
      ',2024-01-02,1',
      'P1,2024-01-02,',
    ),
    promoted: csv('product,promotion', 'P1,G1', 'P1,G2', 'P2,G2'),
    held: csv('product,day,level', 'P1,2024-01-01,3', 'P1,2024-01-02,4', 'P2,2024-01-01,5'),
  },
  rules: [
    { rule: 'a bridge fans out', query: 'SELECT amount AT promotion', code: 'FAN_OUT' },
    {
      rule: 'VIA counts a row in each parent, and a row without one at NULL',
      query: 'SELECT promotion, amount, orders AT promotion VIA promoted',
      rows: [
        ['G1', 10, 2],
        ['G2', 15, 3],
        [null, 8, 2],
      ],
    },
    {
      rule: 'at a finer anchor',
      query: 'SELECT promotion, product, amount AT (promotion VIA promoted, product)',
      rows: [
        ['G1', 'P1', 10],
        ['G2', 'P1', 10],
        ['G2', 'P2', 5],
        [null, 'P3', 7],
        [null, null, 1],
      ],
    },
    { rule: 'inside an operator', query: 'SELECT AVG(amount @ (promotion VIA promoted)) AS a AT ()', rows: [[11]] },
    {
      rule: 'a share of the whole, not of the parts',
      query: 'SELECT promotion, amount / (amount @ ()) AS s AT promotion VIA promoted',
      rows: [
        ['G1', 10 / 23],
        ['G2', 15 / 23],
        [null, 8 / 23],
      ],
    },
    {
      rule: 'an operator that is no sum',
      query:
        'SELECT promotion, MAX(amount) AS m, AVG(amount) AS a, COUNT(amount) AS c, COUNT(*) AS r, MEDIAN(amount) AS d AT promotion VIA promoted',
      rows: [
        ['G1', 10, 10, 1, 2, 10],
        ['G2', 10, 7.5, 2, 3, 7.5],
        [null, 7, 4, 2, 2, 4],
      ],
    },
    { rule: 'a name with two roots', query: 'SELECT twin AT ()', code: 'COUSINS' },
    { rule: 'told apart by FROM', query: 'SELECT twin FROM held AT ()', rows: [[5]] },
    {
      rule: 'a block that the collection discloses',
      query: 'SELECT product, level AT product',
      rows: [
        ['P1', 7],
        ['P2', 5],
      ],
      disclosed: ['blocked_reduction'],
    },
    {
      rule: 'and what touches nothing',
      query: 'SELECT day, level AT day',
      rows: [
        ['2024-01-01', 8],
        ['2024-01-02', 4],
      ],
      disclosed: [],
    },
    {
      rule: 'what a sibling cannot say comes from the root',
      query: 'SELECT amount, MAX(amount), COUNT(amount), COUNT(*), AVG(amount) FROM sales AT ()',
      rows: [[23, 10, 4, 5, 5.75]],
    },
    {
      rule: 'FROM a pre-aggregate that nothing has verified',
      query: 'SELECT amount FROM daily AT ()',
      code: 'NOT_IN_SCHEMA',
    },
    { rule: 'which does not hold its rows', query: 'SELECT MAX(amount) FROM daily AT ()', code: 'NOT_IN_SCHEMA' },
    { rule: 'no edge leads there', query: 'SELECT level AT sale', code: 'UNREACHABLE_ANCHOR' },
  ],
};
