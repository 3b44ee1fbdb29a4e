import type { RefusalCase } from './case.ts';

/** Numbers that are no exact integers, and sources that cannot be read. */
export const SOURCES_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT reading AT store',
    code: 'OVERFLOW',
    at: 'reading',
    message:
      '`reading` at (S1) is outside the 64-bit integers, so it has no exact value here. Ask at a finer anchor, or in doubles.',
    remedies: ['SELECT SUM(reading * 1e0) AS reading AT store'],
    rows: [
      ['S1', 9223372036854776000],
      ['S2', 1],
    ],
  },
  {
    query: 'SELECT SUM(reading * reading) AS squares AT ()',
    code: 'OVERFLOW',
    at: 'SUM(reading * reading) AS squares',
    message:
      '`squares` at () is outside the 64-bit integers, so it has no exact value here. Ask at a finer anchor, or in doubles.',
    remedies: ['SELECT SUM(reading * reading * 1e0) AS squares AT ()'],
    rows: [[8.507059173023462e37]],
  },
  {
    query: 'SELECT reading + 1 AS more AT ()',
    code: 'OVERFLOW',
    at: 'reading + 1 AS more',
    message:
      '`more` at () is outside the 64-bit integers, so it has no exact value here. Ask at a finer anchor, or in doubles.',
    remedies: [],
  },
  {
    query: 'SELECT revenue AT ()',
    code: 'SOURCE_CHANGED',
    at: 'revenue',
    message:
      'The bytes of `sales` are not those the installation names: sha256 000435d40fa1… where aaaaaaaaaaaa… is stated. Restore the file, or update sha256 in installation.yaml.',
    remedies: [],
    market: 'changed sales',
  },
  {
    query: 'SELECT revenue, stock AT store',
    code: 'SOURCE_CHANGED',
    at: 'revenue',
    message:
      'The bytes of `sales` are not those the installation names: sha256 000435d40fa1… where aaaaaaaaaaaa… is stated. Restore the file, or update sha256 in installation.yaml.',
    remedies: ['SELECT stock AT store'],
    rows: [
      ['S1', 7],
      ['S2', 5],
    ],
    market: 'changed sales',
  },
  {
    query: 'SELECT revenue, stock AT region',
    code: 'SOURCE_UNREADABLE',
    at: 'revenue',
    message:
      '`stores` (stores.csv) cannot be read: stores.csv, line 2 has 2 cells, the header has 3. Quote cells that hold commas, or complete the row.',
    remedies: [],
    others: ['SOURCE_UNREADABLE'],
    market: 'ragged stores',
  },
  {
    query: 'SELECT target AT ()',
    code: 'SOURCE_UNREADABLE',
    at: 'target',
    message:
      '`targets` (http://localhost/targets.csv) cannot be read: http://localhost/targets.csv could not be fetched (tests reach no network). Check the connection, and that another origin sends Access-Control-Allow-Origin.',
    remedies: [],
    market: 'no targets',
  },
  {
    query: 'SELECT revenue, target AT store',
    code: 'SOURCE_UNREADABLE',
    at: 'target',
    message:
      '`targets` (http://localhost/targets.csv) cannot be read: http://localhost/targets.csv could not be fetched (tests reach no network). Check the connection, and that another origin sends Access-Control-Allow-Origin.',
    remedies: ['SELECT revenue AT store'],
    rows: [
      ['S1', 15],
      ['S2', 20],
      ['S3', 30],
    ],
    market: 'no targets',
  },
  {
    query: 'SELECT revenue AT region',
    code: 'SOURCE_UNREADABLE',
    at: 'revenue',
    message:
      '`stores` (stores.csv) cannot be read: stores.csv, line 2 has 2 cells, the header has 3. Quote cells that hold commas, or complete the row.',
    remedies: [],
    market: 'ragged stores',
  },
  {
    query: 'SELECT revenue AT ()',
    code: 'TABLE_TOO_LARGE',
    at: 'SELECT revenue AT ()',
    message:
      '`sales` (1,000,000,000 rows, about 7629 MB) is over what duckdb takes here (1024 MB). Use another backend or a smaller extract.',
    remedies: [],
    market: 'large sales',
  },
  {
    query: 'SELECT stock, revenue AT store',
    code: 'TABLE_TOO_LARGE',
    at: 'SELECT stock, revenue AT store',
    message:
      '`sales` (1,000,000,000 rows, about 8583 MB) is over what duckdb takes here (1024 MB). Use another backend or a smaller extract.',
    remedies: [],
    market: 'large sales',
  },
];
