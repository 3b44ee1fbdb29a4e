import { describe, expect, it, test } from 'vitest';
import { parsePeriod } from '../../../src/columns/calendar.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, period, TEXT } from '../../../src/columns/logical-type.ts';
import { SCALAR_FUNCTIONS } from '../../../src/resolution/functions.ts';
import { Causes } from '../../../src/resolution/typing.ts';
import { answer, type Given, typed } from './typed.ts';

const LARGEST = 2n ** 63n - 1n;

function day(text: string, level: 'day' | 'week' | 'month' | 'year' = 'day'): Given {
  return [period(level), parsePeriod(text, level) ?? null];
}

/** One row of values of every type. */
const ROW: Readonly<Record<string, Given>> = {
  n: [INT64, 7],
  big: [INT64, LARGEST],
  none: [INT64, null],
  price: [decimal(2), -1250],
  half: [decimal(3), 2345],
  wide: [decimal(18), 2n ** 62n],
  x: [DOUBLE, 2.5],
  y: [DOUBLE, -0.5],
  flag: [BOOL, true],
  unknown: [BOOL, null],
  name: [TEXT, 'a😀East'],
  empty: [TEXT, null],
  today: day('2024-02-29'),
  last: day('2023-12-31'),
  nodate: [DAY, null],
  week: day('2024-W05', 'week'),
  month: day('2024-02', 'month'),
  year: day('2024', 'year'),
};

describe('the example of each function holds', () => {
  it.each(SCALAR_FUNCTIONS.map((each) => each.example))('%s', (example) => {
    expect(answer(example)).toBe('true bool');
  });
});

describe('functions of numbers', () => {
  it.each([
    ['ABS(price)', '12.50 decimal(2)'],
    ['ABS(big)', '9223372036854775807 int64'],
    ['ABS(y)', '0.5 double'],
    ['ABS(none)', 'NULL int64'],
    ['SIGN(price)', '-1 int64'],
    ['SIGN(x - x)', '0 int64'],
    ['SIGN(none)', 'NULL int64'],
    ['FLOOR(price)', '-13 int64'],
    ['FLOOR(y)', '-1 double'],
    ['FLOOR(n)', '7 int64'],
    ['CEIL(price)', '-12 int64'],
    ['CEIL(y)', '0 double'],
    ['CEIL(half)', '3 int64'],
    ['ROUND(half, 2)', '2.35 decimal(2)'],
    ['ROUND(-half, 2)', '-2.35 decimal(2)'],
    ['ROUND(-half, 1)', '-2.3 decimal(1)'],
    ['ROUND(half)', '2 int64'],
    ['ROUND(half, 9)', '2.345 decimal(3)'],
    ['ROUND(price)', '-13 int64'],
    ['ROUND(n, 2)', '7 int64'],
    ['ROUND(-1.4)', '-1 int64'],
    ['ROUND(-1.5)', '-2 int64'],
    ['ROUND(-0.4)', '0 int64'],
    ['ROUND(wide, 17)', '4.61168601842738790 decimal(17)'],
    ['ROUND(none / n, 1)', 'NULL double'],
    ['ROUND(x)', '3 double'],
    ['ROUND(-x)', '-3 double'],
    ['ROUND(y)', '-1 double'],
    ['ROUND(x / 1000, 2)', '0 double'],
    ['ROUND(x / 3, 4)', '0.8333 double'],
    ['ROUND(-x / 3, 4)', '-0.8333 double'],
    // The sum 0.49999999999999994 + 0.5 is 1 in doubles.
    ['ROUND(x * 0 + 0.49999999999999994e0)', '0 double'],
    ['ROUND(x * 0 + 4503599627370497e0)', '4503599627370497 double'],
    ['ROUND(x * 1e300, 18)', '2.5e+300 double'],
    ['ROUND(x * -1e300, 18)', '-2.5e+300 double'],
    ['TRUNC(price)', '-12 int64'],
    ['TRUNC(half, 2)', '2.34 decimal(2)'],
    ['TRUNC(-half, 1)', '-2.3 decimal(1)'],
    ['TRUNC(-half, 3)', '-2.345 decimal(3)'],
    ['TRUNC(-2.30, 1)', '-2.3 decimal(1)'],
    ['TRUNC(-x)', '-2 double'],
    ['TRUNC(y)', '0 double'],
    ['TRUNC(x * 1e300)', '2.5e+300 double'],
    ['MOD(price, n)', '-5.50 decimal(2)'],
    ['MOD(n, 0)', 'NULL int64'],
    ['MOD(big, 10)', '7 int64'],
    ['SQRT(price)', 'NULL double'],
    ['SQRT(6.25)', '2.5 double'],
    ['POWER(n, 2)', '49 double'],
    ['POWER(0.5, n - 9)', '4 double'],
    ['LN(0)', 'NULL double'],
    ['LOG10(1e-3)', '-3 double'],
    ['EXP(LN(x))', '2.5 double'],
    ['SQRT(NULL)', 'NULL double'],
  ])('%s is %s', (text, expected) => {
    expect(answer(text, ROW)).toBe(expected);
  });
});

describe('functions of texts', () => {
  it.each([
    ['UPPER(name)', 'A😀EAST text'],
    ['LENGTH(name)', '6 int64'],
    ['LEFT(name, 2)', 'a😀 text'],
    ['LEFT(name, 0)', ' text'],
    ['LEFT(name, -1)', 'NULL text'],
    ['RIGHT(name, 4)', 'East text'],
    ['RIGHT(name, 99)', 'a😀East text'],
    ['RIGHT(name, -1)', 'NULL text'],
    ['SUBSTR(name, 2, 1)', '😀 text'],
    ['SUBSTR(name, 3)', 'East text'],
    ["REPLACE(name, '😀', '')", 'aEast text'],
    ["CONCAT(name, '/', LEFT(name, 1))", 'a😀East/a text'],
    ["CONCAT(name, empty, 'x')", 'NULL text'],
    ['CONCAT(name, NULL)', 'NULL text'],
    ["CONTAINS(name, '😀E')", 'true bool'],
    ["CONTAINS(empty, 'a')", 'NULL bool'],
    ["NOT STARTS_WITH(name, 'a')", 'false bool'],
    ["ENDS_WITH(UPPER(name), 'EAST') AND TRUE", 'true bool'],
    ['UPPER(NULL)', 'NULL text'],
    ["TRIM(CONCAT(' ', name, ' '))", 'a😀East text'],
  ])('%s is %s', (text, expected) => {
    expect(answer(text, ROW)).toBe(expected);
  });
});

describe('functions of dates', () => {
  it.each([
    ['YEAR(today)', '2024 int64'],
    ['YEAR(month)', '2024 int64'],
    ['QUARTER(month)', '1 int64'],
    ['MONTH(today)', '2 int64'],
    ['WEEK(week)', '5 int64'],
    ['WEEK(last)', '52 int64'],
    ['DAY(today)', '29 int64'],
    ['WEEKDAY(last)', '7 int64'],
    ['YEAR(nodate)', 'NULL int64'],
    ["YEAR('2023-05-01')", '2023 int64'],
    ["DATE_TRUNC('month', today)", '2024-02 month'],
    ["DATE_TRUNC('WEEK', last)", '2023-W52 week'],
    ["DATE_TRUNC('year', month)", '2024 year'],
    ["DATE_TRUNC('month', month)", '2024-02 month'],
    ['DATE_ADD(today, 1)', '2024-03-01 day'],
    ['today + n', '2024-03-07 day'],
    ['n + today', '2024-03-07 day'],
    ['today - 60', '2023-12-31 day'],
    ['month - 2', '2023-12 month'],
    ['year + 1', '2025 year'],
    ['week + 48', '2025-W01 week'],
    ['today - none', 'NULL day'],
    ['today - last', '60 int64'],
    ["today - '2024-02-01'", '28 int64'],
    ["'2024-03-01' - today", '1 int64'],
    ["month - '2023-02'", '12 int64'],
    ['DATE_DIFF(last, today)', '-60 int64'],
    ["DATE_DIFF(month, '2024-01')", '1 int64'],
    ["DATE_TRUNC('month', today) - DATE_TRUNC('month', last)", '2 int64'],
    ["today = DATE '2024-02-29'", 'true bool'],
    ["DATE '2024-02' = month", 'true bool'],
    ['today + 1 > today', 'true bool'],
    ["DATE_TRUNC('month', today) = '2024-02'", 'true bool'],
  ])('%s is %s', (text, expected) => {
    expect(answer(text, ROW)).toBe(expected);
  });
});

describe('functions that choose', () => {
  it.each([
    ['COALESCE(none, n)', '7 int64'],
    ['COALESCE(none, price)', '-12.50 decimal(2)'],
    ['COALESCE(n, price)', '7.00 decimal(2)'],
    ['COALESCE(none, x)', '2.5 double'],
    ['COALESCE(n, x)', '7 double'],
    ['COALESCE(none, NULL, 0)', '0 int64'],
    ['COALESCE(none)', 'NULL int64'],
    ["COALESCE(empty, 'none')", 'none text'],
    ["COALESCE(nodate, '2024-01-01')", '2024-01-01 day'],
    ["COALESCE('2024-01-01', nodate)", '2024-01-01 day'],
    ['COALESCE(unknown, FALSE)', 'false bool'],
    ['COALESCE(big, 0.5)', '9223372036854775807.0 decimal(1)'],
    ['COALESCE(unknown, x > 1)', 'true bool'],
    ['NULLIF(n, 7.0)', 'NULL int64'],
    ['NULLIF(n, 8)', '7 int64'],
    ['NULLIF(n, none)', '7 int64'],
    ['NULLIF(none, 8)', 'NULL int64'],
    ['GREATEST(n, price, x)', '7 double'],
    ['LEAST(n, price, 2)', '-12.50 decimal(2)'],
    ['GREATEST(n, none)', 'NULL int64'],
    ['GREATEST(none, n)', 'NULL int64'],
    ['LEAST(n, none, 0)', 'NULL int64'],
    ['GREATEST(n)', '7 int64'],
    ["GREATEST(name, 'b')", 'b text'],
    ["GREATEST('～', '😀')", '😀 text'],
    ["LEAST(today, last, '2024-01-01')", '2023-12-31 day'],
    ['GREATEST(big, 9223372036854775806)', '9223372036854775807 int64'],
  ])('%s is %s', (text, expected) => {
    expect(answer(text, ROW)).toBe(expected);
  });
});

describe('CASE, IN, BETWEEN and IS NULL', () => {
  it.each([
    ["CASE WHEN n > 5 THEN 'much' WHEN n > 1 THEN 'some' ELSE 'little' END", 'much text'],
    ["CASE WHEN n > 9 THEN 'much' WHEN n > 1 THEN 'some' ELSE 'little' END", 'some text'],
    ["CASE WHEN n > 9 THEN 'much' END", 'NULL text'],
    ['CASE WHEN unknown THEN 1 ELSE 2 END', '2 int64'],
    ['CASE WHEN NULL THEN 1 ELSE 2 END', '2 int64'],
    ['CASE WHEN flag THEN n ELSE x END', '7 double'],
    ["CASE n WHEN 7 THEN 'seven' WHEN none THEN 'none' ELSE 'other' END", 'seven text'],
    ["CASE none WHEN NULL THEN 'null' ELSE 'other' END", 'other text'],
    ["CASE month WHEN '2024-02' THEN 1 ELSE 0 END", '1 int64'],
    ["CASE WHEN flag THEN '2024-03-01' ELSE today END", '2024-03-01 day'],
    ['CASE WHEN flag THEN NULL ELSE x END', 'NULL double'],
    ['CASE WHEN flag THEN n ELSE 0.25 END', '7.00 decimal(2)'],
    ['CASE WHEN n = 7 THEN n = 7 ELSE FALSE END', 'true bool'],
    ['n IN (1, 7)', 'true bool'],
    ['n IN (7)', 'true bool'],
    ['n IN (7.0, 1.5)', 'true bool'],
    ['n IN (7.5)', 'false bool'],
    ['n IN (1, NULL)', 'NULL bool'],
    ['n IN (7, NULL)', 'true bool'],
    ['n NOT IN (1, NULL)', 'NULL bool'],
    ['n NOT IN (7, NULL)', 'false bool'],
    ['n NOT IN (1, 2)', 'true bool'],
    ['n IN (NULL)', 'NULL bool'],
    ['none IN (1, 2)', 'NULL bool'],
    ['n IN (1, n)', 'true bool'],
    ['n IN (none, 1, n)', 'true bool'],
    ['n IN (none, 1)', 'NULL bool'],
    ['7 IN (n, 1)', 'true bool'],
    ['price IN (-12.5, 3)', 'true bool'],
    ['x IN (2.50, 1)', 'true bool'],
    ['n IN (7e0)', 'true bool'],
    ['n IN (-7, 7)', 'true bool'],
    ["month IN ('2024-02-01', '2023-01')", 'true bool'],
    ['year IN (2024, 2025)', 'true bool'],
    ["name IN ('a😀East', 'b')", 'true bool'],
    ['flag IN (TRUE, FALSE)', 'true bool'],
    ['big IN (9223372036854775806, 9223372036854775807)', 'true bool'],
    ['n BETWEEN 7 AND 7', 'true bool'],
    ['n BETWEEN 8 AND 6', 'false bool'],
    ['n NOT BETWEEN 1 AND 6', 'true bool'],
    ['n BETWEEN none AND 6', 'false bool'],
    ['n BETWEEN none AND 7', 'NULL bool'],
    ['none BETWEEN 1 AND 2', 'NULL bool'],
    ["today BETWEEN '2024-02-01' AND '2024-02-29'", 'true bool'],
    ['5 BETWEEN 1 AND n', 'true bool'],
    ['n IS NULL', 'false bool'],
    ['none IS NULL', 'true bool'],
    ['none IS NOT NULL', 'false bool'],
    ['none + n IS NULL', 'true bool'],
    ['NULL IS NULL', 'true bool'],
    ["NULL = 'a'", 'NULL bool'],
    ['NULL OR n = 7', 'true bool'],
    ['NULL AND n = 7', 'NULL bool'],
    ['NOT NULL', 'NULL bool'],
  ])('%s is %s', (text, expected) => {
    expect(answer(text, ROW)).toBe(expected);
  });
});

/** The causes of an expression that is refused: code and message. */
function refusal(text: string): string {
  const found = typed(text, ROW);
  if (!(found instanceof Causes)) return 'typed';
  return found.list.map(({ code, message }) => `${code}: ${message}`).join('\n');
}

describe('what does not fit is refused with what would', () => {
  it.each([
    ['ROUND()', 'SYNTAX: ROUND takes 1 or 2 arguments, not 0: ROUND(x[, n]).'],
    ['ROUND(x, 1, 2)', 'SYNTAX: ROUND takes 1 or 2 arguments, not 3: ROUND(x[, n]).'],
    ['ABS(x, 1)', 'SYNTAX: ABS takes 1 argument, not 2: ABS(x).'],
    ['COALESCE()', 'SYNTAX: COALESCE takes one argument or more, not 0: COALESCE(a, b, …).'],
    ['ABS(x => 1)', 'SYNTAX: ABS takes 1 argument, not `x =>`: ABS(x).'],
    [
      'ROUND(x, n)',
      'NOT_DEFINED_FOR_TYPE: ROUND is not defined for int64: `n` would have to be a number from 0 to 18, written out.',
    ],
    [
      'ROUND(x, 19)',
      'NOT_DEFINED_FOR_TYPE: ROUND is not defined for int64: `19` would have to be a number from 0 to 18, written out.',
    ],
    [
      'ROUND(x, -1)',
      'NOT_DEFINED_FOR_TYPE: ROUND is not defined for int64: `-1` would have to be a number from 0 to 18, written out.',
    ],
    [
      'ABS(name)',
      'NOT_DEFINED_FOR_TYPE: ABS is not defined for text: `name` would have to be int64, decimal or double.',
    ],
    ['MOD(x, 2)', 'NOT_DEFINED_FOR_TYPE: MOD is not defined for double: `x` would have to be int64 or decimal.'],
    ['UPPER(n)', 'NOT_DEFINED_FOR_TYPE: UPPER is not defined for int64: `n` would have to be text.'],
    ['LEFT(name, x)', 'NOT_DEFINED_FOR_TYPE: LEFT is not defined for double: `x` would have to be int64.'],
    [
      'YEAR(week)',
      'NOT_DEFINED_FOR_TYPE: YEAR is not defined for a week: `week` would have to be a day, a month, a quarter or a year.',
    ],
    ['DAY(month)', 'NOT_DEFINED_FOR_TYPE: DAY is not defined for a month: `month` would have to be a day.'],
    [
      "DATE_TRUNC('month', year)",
      "NOT_DEFINED_FOR_TYPE: DATE_TRUNC is not defined for text: `'month'` would have to be 'year'.",
    ],
    [
      "DATE_TRUNC('month', week)",
      "NOT_DEFINED_FOR_TYPE: DATE_TRUNC is not defined for text: `'month'` would have to be 'week'.",
    ],
    [
      "DATE_TRUNC('hour', today)",
      "NOT_DEFINED_FOR_TYPE: DATE_TRUNC is not defined for text: `'hour'` would have to be 'week', 'month', 'quarter' or 'year'.",
    ],
    [
      'DATE_DIFF(today, month)',
      "DIMENSION_TYPE_MISMATCH: `today` is a day like '2024-01-31'; month (a month like '2024-01') is not a value of that type. Write a value of its type.",
    ],
    [
      "today - '2024-02'",
      "DIMENSION_TYPE_MISMATCH: `today` is a day like '2024-01-31'; '2024-02' is not a value of that type. Write a value of its type.",
    ],
    [
      'today + 1.5',
      'NOT_DEFINED_FOR_TYPE: + is not defined for decimal(1): `1.5` would have to be a number of periods (int64).',
    ],
    [
      'today * 2',
      'NOT_DEFINED_FOR_TYPE: * is not defined for date: `today` would have to be int64, decimal or double.',
    ],
    [
      'today - name',
      'NOT_DEFINED_FOR_TYPE: - is not defined for text: `name` would have to be a date or a number of periods (int64).',
    ],
    [
      'CASE WHEN flag THEN NULL END',
      'NOT_DEFINED_FOR_TYPE: CASE is not defined for NULL alone: `CASE WHEN flag THEN NULL END` would have to be a number, a text, a date or a truth value.',
    ],
    [
      "CASE WHEN flag THEN n ELSE 'much' END",
      "DIMENSION_TYPE_MISMATCH: `n` is int64; 'much' (text) is not a value of that type. Write a value of its type.",
    ],
    [
      'COALESCE(NULL, NULL)',
      'NOT_DEFINED_FOR_TYPE: COALESCE is not defined for NULL alone: `COALESCE(NULL, NULL)` would have to be a number, a text, a date or a truth value.',
    ],
    [
      'CASE WHEN n THEN 1 END',
      'NOT_DEFINED_FOR_TYPE: A condition is not defined for int64: `n` would have to be a comparison.',
    ],
    [
      'n IN (1, name)',
      'DIMENSION_TYPE_MISMATCH: `n` is int64; name (text) is not a value of that type. Write a value of its type.',
    ],
    [
      "month IN ('2024-01-15')",
      "DIMENSION_TYPE_MISMATCH: `month` is a month like '2024-01'; '2024-01-15' is not a value of that type. Write a value of its type.",
    ],
  ])('%s', (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  test('faults of one operand that is compared several times are told once', () => {
    expect(refusal('nothing BETWEEN 1 AND 2').split('\n')).toHaveLength(1);
    expect(refusal('CASE nothing WHEN 1 THEN 2 WHEN 3 THEN 4 END').split('\n')).toHaveLength(1);
    expect(refusal('nothing IN (1, 2, n)').split('\n')).toHaveLength(1);
    expect(refusal("n BETWEEN 'a' AND 'b'").split('\n')).toHaveLength(2);
  });

  test('a call of anything else goes to the scope', () => {
    expect(refusal('ROUND(SUM(n))')).toMatch(/^UNKNOWN_NAME/);
    expect(refusal('COALESCE(n @ (day), 0)')).toMatch(/^NOT_DETERMINED/);
  });
});

describe('the core form', () => {
  test('one value is an equality, so that it pins a dimension', () => {
    expect(typed('n IN (7)', ROW)).toMatchObject({ kind: 'compare', operator: '=' });
    expect(typed('n IN (7, 7.0)', ROW)).toMatchObject({ kind: 'compare', operator: '=' });
  });

  test('values of a list are of the operand’s own type', () => {
    expect(typed('price IN (1, 2.5, 2.125, 1e0)', ROW)).toMatchObject({
      kind: 'or',
      operands: [{ kind: 'in', values: [100, 250] }, { kind: 'compare' }, { kind: 'compare' }],
    });
  });

  test('BETWEEN is two comparisons', () => {
    expect(typed('n BETWEEN 1 AND 2', ROW)).toMatchObject({
      kind: 'and',
      operands: [
        { kind: 'compare', operator: '>=' },
        { kind: 'compare', operator: '<=' },
      ],
    });
  });

  test('functions of doubles take doubles', () => {
    expect(typed('SQRT(price)', ROW)).toMatchObject({ kind: 'call', args: [{ type: DOUBLE }] });
    expect(typed('MOD(price, n)', ROW)).toMatchObject({ args: [{ type: decimal(2) }, { type: decimal(2) }] });
  });
});
