import { csv } from '../case.ts';
import type { Rule, World } from './rule.ts';

const COLLECTION = `coframe: 1
name: numbers
schemas:
  - name: numbers
    source: numbers
    grain: [id]
    columns:
      id: {dimension: id}
      g: {dimension: g}
      i: {type: int64}
      d: {type: decimal(2)}
      e: {type: decimal(1)}
      f: {type: double}
      b: {type: bool}
      big: {type: int64}
metric_families:
${['i', 'd', 'e', 'f', 'big']
  .map(
    (name) =>
      `  - {name: ${name}, family_root: {schema: numbers, column: ${name}}, ip_reducers: [{operator: SUM, a_block: []}, {operator: PRODUCT, a_block: []}]}`,
  )
  .join('\n')}
  - {name: b, family_root: {schema: numbers, column: b}, ip_reducers: [{operator: BOOL_AND, a_block: []}]}
`;

/** Groups: a has NULLs, NaN and a number beyond 2^53; b cancels out; c is all NULL; d is one row. */
const TABLES = {
  numbers: csv(
    'id,g,i,d,e,f,b,big',
    '1,a,1,0.10,0.5,0.5,true,9007199254740993',
    '2,a,2,0.20,1.5,NaN,true,1',
    '3,a,,,,,,',
    '4,b,4,-0.30,-0.5,-0.0,false,9223372036854775807',
    '5,b,-4,0.30,0.5,Infinity,false,-1',
    '6,c,,,,,,',
    '7,d,3,1.00,2.0,2.0,,1',
  ),
};

const STATES: readonly Rule[] = [
  {
    rule: 'SUM, MIN, MAX keep int64; NULL over only NULLs; COUNT counts what is not NULL',
    query: 'SELECT g, SUM(i), MIN(i), MAX(i), COUNT(i), COUNT(*), AVG(i), PRODUCT(i) AT g',
    types: ['text', 'int64', 'int64', 'int64', 'int64', 'int64', 'double', 'double'],
    rows: [
      ['a', 3, 1, 2, 2, 3, 1.5, 2],
      ['b', 0, -4, 4, 2, 2, 0, -16],
      ['c', null, null, null, 0, 1, null, null],
      ['d', 3, 3, 3, 1, 1, 3, 3],
    ],
  },
  {
    rule: 'decimal sums are exact',
    query: 'SELECT g, SUM(d), MIN(d), MAX(d), AVG(d), PRODUCT(d) AT g',
    types: ['text', 'decimal(2)', 'decimal(2)', 'decimal(2)', 'double', 'double'],
    rows: [
      ['a', 0.3, 0.1, 0.2, 0.15, 0.02],
      ['b', 0, -0.3, 0.3, 0, -0.09],
      ['c', null, null, null, null, null],
      ['d', 1, 1, 1, 1, 1],
    ],
  },
  {
    rule: 'NaN and infinities are NULL, and counted; −0 is 0',
    query: 'SELECT g, SUM(f), MIN(f), MAX(f), COUNT(f), AVG(f), COUNT_DISTINCT(f) AS k AT g',
    types: ['text', 'double', 'double', 'double', 'int64', 'double', 'int64'],
    rows: [
      ['a', 0.5, 0.5, 0.5, 1, 0.5, 1],
      ['b', 0, 0, 0, 1, 0, 1],
      ['c', null, null, null, 0, null, 0],
      ['d', 2, 2, 2, 1, 2, 1],
    ],
  },
  {
    rule: 'variances: 0 and NULL of one row',
    query: 'SELECT g, VAR_POP(i), VAR_SAMP(i), STDDEV_POP(i), STDDEV_SAMP(i), VAR_POP(d), VAR_SAMP(f) AT g',
    rows: [
      ['a', 0.25, 0.5, 0.5, Math.sqrt(0.5), 0.0025, null],
      ['b', 16, 32, 4, Math.sqrt(32), 0.09, null],
      ['c', null, null, null, null, null, null],
      ['d', 0, null, 0, null, 0, null],
    ],
  },
  {
    rule: 'BOOL_AND, BOOL_OR',
    query: 'SELECT g, b, BOOL_OR(b), COUNT(b) AT g',
    types: ['text', 'bool', 'bool', 'int64'],
    rows: [
      ['a', true, true, 2],
      ['b', false, false, 2],
      ['c', null, null, 0],
      ['d', null, null, 0],
    ],
  },
  {
    rule: 'MEDIAN, QUANTILE (type 7), MODE (the smallest of ties), COUNT_DISTINCT',
    query:
      'SELECT g, MEDIAN(i), QUANTILE(i, 0.25) AS q, MODE(i), MODE(d), COUNT_DISTINCT(i), MEDIAN(d), MEDIAN(f) AT g',
    types: ['text', 'double', 'double', 'int64', 'decimal(2)', 'int64', 'double', 'double'],
    rows: [
      ['a', 1.5, 1.25, 1, 0.1, 2, 0.15, 0.5],
      ['b', 0, -2, -4, -0.3, 2, 0, 0],
      ['c', null, null, null, null, 0, null, null],
      ['d', 3, 3, 3, 1, 1, 1, 2],
    ],
  },
  {
    rule: 'QUANTILE at its ends, and between',
    query: 'SELECT QUANTILE(i, 0) AS n, QUANTILE(i, 0.1) AS q, QUANTILE(i, 1) AS m, MEDIAN(big) AS b AT ()',
    rows: [[-4, -2, 4, 1]],
  },
  {
    rule: 'MODE of text rows',
    query: 'SELECT MODE(g) AS m, COUNT_DISTINCT(g) AS n, MAX(g) AS x FROM numbers AT ()',
    rows: [['a', 4, 'd']],
  },
  {
    rule: 'WEIGHTED_AVG skips rows with a NULL, and is NULL where weights sum to 0',
    query: 'SELECT g, WEIGHTED_AVG(i, d) AS w, WEIGHTED_AVG(f, i) AS v AT g',
    types: ['text', 'double', 'double'],
    rows: [
      ['a', 0.5 / 0.3, 0.5],
      ['b', null, 0],
      ['c', null, null],
      ['d', 3, 2],
    ],
  },
  {
    rule: 'every operator over no rows',
    query:
      "SELECT SUM(i), COUNT(i), COUNT(*), MIN(i), MAX(d), AVG(i), VAR_POP(i), STDDEV_SAMP(i), b, PRODUCT(i), MEDIAN(i), QUANTILE(i, 0.5) AS q, MODE(d), COUNT_DISTINCT(i), WEIGHTED_AVG(i, d) AS w, APPROX_DISTINCT(i), APPROX_QUANTILE(i, 0.5) AS a AT () WHERE g = 'z'",
    rows: [[null, 0, 0, null, null, null, null, null, null, null, null, null, null, 0, null, 0, null]],
  },
  {
    rule: 'approximate answers say so',
    query: 'SELECT APPROX_DISTINCT(i) AS n AT ()',
    rows: [[5]],
    types: ['int64'],
    disclosed: ['approximate'],
  },
  { rule: 'AVG of a text', query: 'SELECT AVG(g) AS a FROM numbers AT ()', code: 'NOT_DEFINED_FOR_TYPE' },
];

const BIG: readonly Rule[] = [
  {
    rule: 'beyond 2^53 an integer is printed as text',
    query: 'SELECT g, SUM(big), MAX(big), MODE(big), MEDIAN(big) AT g',
    rows: [
      ['a', '9007199254740994', '9007199254740993', 1, 4503599627370497],
      ['b', '9223372036854775806', '9223372036854775807', -1, 2 ** 62],
      ['c', null, null, null, null],
      ['d', 1, 1, 1, 1],
    ],
  },
  { rule: 'a sum outside int64 is refused', query: 'SELECT SUM(big) AT ()', code: 'OVERFLOW' },
  {
    rule: 'its parts may pass through',
    query: "SELECT SUM(big) AT () WHERE g <> 'a'",
    rows: [['9223372036854775807']],
  },
  { rule: 'a mean never overflows', query: 'SELECT AVG(big) AT ()', rows: [[Number(9232379236109516801n) / 5]] },
  { rule: 'a row outside int64 is refused', query: 'SELECT SUM(big * 2) AS s AT ()', code: 'OVERFLOW' },
  {
    rule: 'a negated sum of rows',
    query: "SELECT SUM(-big) AS s AT () WHERE g = 'b'",
    rows: [['-9223372036854775806']],
  },
  { rule: 'a formula outside int64 is refused', query: 'SELECT g, MAX(big) + 1 AS m AT g', code: 'OVERFLOW' },
  { rule: 'and so is one outside it in digits', query: 'SELECT g, MAX(big) * 1.0 AS m AT g', code: 'OVERFLOW' },
  {
    rule: 'a decimal beyond 2^53 units',
    query: "SELECT SUM(big * d) AS s AT () WHERE g = 'a'",
    rows: [['900719925474099.50']],
    types: ['decimal(2)'],
  },
  {
    rule: 'a comparison is exact',
    query: "SELECT MAX(big) AS m AT g WHERE g = 'a' HAVING m > 9007199254740992.5 AND m < 9007199254740993.5",
    rows: [['a', '9007199254740993']],
  },
  { rule: 'exact variance of big numbers', query: "SELECT VAR_POP(big) AS v AT () WHERE g = 'd'", rows: [[0]] },
];

const FORMULAS: readonly Rule[] = [
  {
    rule: 'the larger n; * adds n; / and doubles give double',
    query:
      'SELECT i + d AS a, d - e AS s, d * e AS m, i * i AS k, i / 2 AS q, d / e AS r, d + f AS o, -d AS n, d * 2 AS t, i + 0.30 AS l AT ()',
    types: [
      'decimal(2)',
      'decimal(2)',
      'decimal(3)',
      'int64',
      'double',
      'double',
      'double',
      'decimal(2)',
      'decimal(2)',
      'decimal(2)',
    ],
    rows: [[7.3, -2.7, 5.2, 36, 3, 0.325, 3.8, -1.3, 2.6, 6.3]],
  },
  {
    rule: 'types inside an operator are those outside',
    query:
      'SELECT SUM(i + d) AS a, SUM(d * e) AS m, MAX(i / 2) AS q, SUM(d * f) AS o, MIN(-d) AS n, COUNT(i * d) AS c AT ()',
    types: ['decimal(2)', 'decimal(3)', 'double', 'double', 'decimal(2)', 'int64'],
    rows: [[7.3, 2.65, 2, 2.05, -1, 5]],
  },
  {
    rule: 'functions keep exactness where they can',
    query:
      'SELECT ABS(-d) AS a, FLOOR(d) AS f, CEIL(d) AS c, ROUND(d, 1) AS r, SIGN(-d) AS s, MOD(i, 4) AS m, GREATEST(i, d) AS g, COALESCE(i, d) AS o, CASE WHEN TRUE THEN i ELSE d END AS k, NULLIF(i, 6) AS n AT ()',
    types: [
      'decimal(2)',
      'int64',
      'int64',
      'decimal(1)',
      'int64',
      'int64',
      'decimal(2)',
      'decimal(2)',
      'decimal(2)',
      'int64',
    ],
    rows: [[1.3, 1, 2, 1.3, -1, 2, 6, 6, 6, null]],
  },
  {
    rule: 'not finite, outside the domain, by zero: NULL',
    query:
      'SELECT i / 0 AS a, SQRT(-i) AS s, LN(0) AS l, EXP(1000) AS e, MOD(i, 0) AS m, POWER(0, -1) AS p, POWER(-i, 0.5) AS r, LOG10(-1) AS g, i / (i - 6) AS z AT ()',
    rows: [[null, null, null, null, null, null, null, null, null]],
  },
  {
    rule: 'the same inside an operator, row by row',
    query:
      'SELECT COUNT(1 / (i - 4)) AS a, COUNT(SQRT(i)) AS s, COUNT(LN(f)) AS l, COUNT(EXP(i * 1000)) AS e, COUNT(MOD(i, i - 4)) AS m, SUM(f / f) AS o AT ()',
    rows: [[4, 4, 2, 1, 4, 2]],
  },
  {
    rule: '−0 is 0',
    query: "SELECT -f AS n, f * -1 AS t, ROUND(-0.4, 0) AS r, MIN(f * -1) AS m, CEIL(-0.5e0) AS c AT () WHERE g = 'b'",
    rows: [[0, 0, 0, 0, 0]],
  },
  {
    rule: 'a literal with digits equals the decimal',
    query: 'SELECT g, d AT g HAVING d = 0.3',
    rows: [['a', 0.3]],
  },
  {
    rule: 'a conversion of digits keeps the value',
    query: 'SELECT g, d AT g HAVING d IN (0.300, 1)',
    rows: [
      ['a', 0.3],
      ['d', 1],
    ],
  },
  {
    rule: 'three-valued columns',
    query:
      'SELECT g, i > 2 AS p, NOT i > 2 AS n, i > 2 OR TRUE AS t, i > 2 AND FALSE AS f, i IS NULL AS u, i BETWEEN 0 AND 3 AS w AT g',
    types: ['text', 'bool', 'bool', 'bool', 'bool', 'bool', 'bool'],
    rows: [
      ['a', true, false, true, false, false, true],
      ['b', false, true, true, false, false, true],
      ['c', null, null, true, false, true, null],
      ['d', true, false, true, false, false, true],
    ],
  },
];

export const NUMBERS: World = {
  name: 'numbers',
  collection: COLLECTION,
  tables: TABLES,
  rules: [...STATES, ...BIG, ...FORMULAS],
};
