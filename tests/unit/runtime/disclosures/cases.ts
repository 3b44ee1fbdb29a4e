import type { Disclosure, Json } from '../../../../src/runtime/api.ts';

/** A code, and what is told. */
export type Told = readonly [Disclosure['code'], string];

/** A question of the faulty market, its only right answer, and all that is told with it. */
export interface DisclosureCase {
  readonly query: string;
  readonly rows: readonly (readonly Json[])[];
  readonly level: 'A' | 'AA' | 'AAA';
  readonly told: readonly Told[];
}

const TWICE: Told = [
  'contradicted_condition',
  'The grain of `sales` is not unique: 1 coordinate of 5 has more than one row, and each row counts.',
];

const HELD_OFF: Told = [
  'held_off_rows',
  '1 row of `sales` past 2024-12-31 and 1 row of `sales` without a date are held off and not read.',
];

const NO_STORE: Told = [
  'rows_outside_path',
  '1 row of `sales` has a `store` that `stores` does not list; it is under `region` NULL.',
];

const BLOCKED: Told = [
  'blocked_reduction',
  'This sums along `calendar`, which the collection blocks; it says to disclose that instead of refusing.',
];

const NO_AMOUNT: Told = [
  'nulls_skipped',
  '2 rows of `sales` have no `amount` and are skipped. The source holds 1 value there that is NaN or infinite, read as NULL.',
];

export const DISCLOSURE_CASES: readonly DisclosureCase[] = [
  {
    query: 'SELECT amount AT region',
    rows: [
      ['East', 20],
      ['West', 20],
      [null, 5],
    ],
    level: 'AA',
    told: [TWICE, NO_STORE, HELD_OFF, NO_AMOUNT],
  },
  {
    query: 'SELECT amount AT ()',
    rows: [[45]],
    level: 'AA',
    told: [TWICE, HELD_OFF, NO_AMOUNT],
  },
  {
    query: 'SELECT amount AT (region, month)',
    rows: [
      ['East', '2024-01', 20],
      ['West', '2024-01', 20],
      ['West', '2024-02', null],
      [null, '2024-01', 5],
    ],
    level: 'AA',
    told: [TWICE, NO_STORE, HELD_OFF, NO_AMOUNT],
  },
  {
    query: 'SELECT COUNT(*) FROM sales AT store',
    rows: [
      ['S1', 3],
      ['S2', 2],
      ['S9', 1],
    ],
    level: 'AA',
    told: [TWICE, HELD_OFF],
  },
  {
    query: 'SELECT WEIGHTED_AVG(amount, weight) AS mean AT ()',
    rows: [[8.75]],
    level: 'AA',
    told: [TWICE, HELD_OFF, NO_AMOUNT, ['nulls_skipped', '1 row of `sales` has no `weight` and is skipped.']],
  },
  {
    query: 'SELECT AVG(amount @ (store)) AS mean AT ()',
    rows: [[15]],
    level: 'AA',
    told: [TWICE, HELD_OFF, NO_AMOUNT],
  },
  {
    query: 'SELECT SUM(stock) AT store',
    rows: [
      ['S1', 17],
      ['S2', 5],
    ],
    level: 'A',
    told: [BLOCKED],
  },
  {
    query: 'SELECT SUM(stock @ (month)) AS total AT ()',
    rows: [[22]],
    level: 'A',
    told: [BLOCKED],
  },
  {
    query: 'SELECT CUMSUM(stock) AS total AT month',
    rows: [
      ['2024-01', 15],
      ['2024-02', 22],
    ],
    level: 'A',
    told: [BLOCKED],
  },
  {
    query: 'SELECT ROLLING_SUM(stock, 2) AS total AT (store, month)',
    rows: [
      ['S1', '2024-01', null],
      ['S1', '2024-02', 17],
      ['S2', '2024-01', null],
    ],
    level: 'A',
    told: [BLOCKED],
  },
  {
    query: 'SELECT SUM(stock) AT month',
    rows: [
      ['2024-01', 15],
      ['2024-02', 7],
    ],
    level: 'A',
    told: [],
  },
  {
    query: 'SELECT stock AT store',
    rows: [
      ['S1', 7],
      ['S2', 5],
    ],
    level: 'A',
    told: [],
  },
  {
    query: 'SELECT APPROX_DISTINCT(store) FROM sales AT ()',
    rows: [[3]],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      ['approximate', '`APPROX_DISTINCT(store)` is an estimate: standard error 1.6 % (HyperLogLog, 4,096 registers).'],
    ],
  },
  {
    query: 'SELECT APPROX_QUANTILE(amount, 0.5) AS mid AT ()',
    rows: [[10.074696689511331]],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      ['approximate', '`APPROX_QUANTILE(amount, 0.5)` is an estimate: within 1 % of the value (DDSketch).'],
    ],
  },
  {
    query: 'SELECT APPROX_QUANTILE(amount @ (store), 0.5) AS mid AT ()',
    rows: [[19.886670240866184]],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      ['approximate', '`APPROX_QUANTILE(amount @ store, 0.5)` is an estimate: within 1 % of the value (DDSketch).'],
    ],
  },
  {
    query: 'SELECT amount AT promotion VIA promotions',
    rows: [
      ['G1', 25],
      ['G2', 45],
    ],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      [
        'membership_excess',
        'Each `product` counts in every `promotion` that it has; the parts of `amount` exceed the whole by 25.',
      ],
    ],
  },
  {
    query: 'SELECT COUNT(amount), AVG(amount) AT (promotion VIA promotions, store)',
    rows: [
      ['G1', 'S1', 2, 10],
      ['G1', 'S2', 0, null],
      ['G1', 'S9', 1, 5],
      ['G2', 'S1', 2, 10],
      ['G2', 'S2', 1, 20],
      ['G2', 'S9', 1, 5],
    ],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      [
        'membership_excess',
        'Each `product` counts in every `promotion` that it has; the parts of `COUNT(amount)` exceed the whole by 3.',
      ],
    ],
  },
  {
    query: 'SELECT AVG(amount) AT promotion VIA promotions',
    rows: [
      ['G1', 8.333333333333334],
      ['G2', 11.25],
    ],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      ['membership_excess', 'Each `product` counts in every `promotion` that it has.'],
    ],
  },
  {
    query: "SELECT LAG(amount) AS before AT month WHERE month = '2024-02'",
    rows: [['2024-02', null]],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      [
        'window_cut',
        "`LAG(amount)` sees only the rows that WHERE lets in, and WHERE filters by `month`. To look past that, keep the rows with HAVING: `SELECT LAG(amount) AS before AT month HAVING month = '2024-02'`.",
      ],
    ],
  },
  {
    query: "SELECT CUMSUM(amount) AS total AT month WHERE day >= '2024-01-02'",
    rows: [
      ['2024-01', 25],
      ['2024-02', 25],
    ],
    level: 'AA',
    told: [
      TWICE,
      HELD_OFF,
      NO_AMOUNT,
      [
        'window_cut',
        '`CUMSUM(amount)` sees only the rows that WHERE lets in, and WHERE filters by `day`. To look past that, leave the condition out of WHERE.',
      ],
    ],
  },
];
