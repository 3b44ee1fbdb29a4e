import { describe, expect, test } from 'vitest';
import { valueAt } from '../../../src/columns/column.ts';
import { readJson } from '../../../src/sources/json.ts';
import { SourceError } from '../../../src/sources/source-error.ts';

const read = (text: string) => readJson('events', 'events.json', new TextEncoder().encode(text));

async function tableOf(text: string) {
  const table = read(text);
  const columns = await table.read(table.columns.map((column) => column.name));
  return {
    types: Object.fromEntries(table.columns.map((column) => [column.name, column.type])),
    rows: Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => valueAt(column, row))),
  };
}

describe('types are JSON’s own', () => {
  test.each<[string, string, Record<string, string>, unknown[][]]>([
    [
      'an array',
      '[{"a":"x","b":1,"c":true},{"b":-2,"a":null}]',
      { a: 'text', b: 'int64', c: 'bool' },
      [
        ['x', 1, true],
        [null, -2, null],
      ],
    ],
    [
      'one object a line',
      '{"a":1}\n\n{"a":2,"b":"y"}\r\n',
      { a: 'int64', b: 'text' },
      [
        [1, null],
        [2, 'y'],
      ],
    ],
    ['a fraction makes double', '[{"a":1},{"a":0.5}]', { a: 'double' }, [[1], [0.5]]],
    ['an integer beyond 2^53 makes double', '[{"a":9007199254740993}]', { a: 'double' }, [[9007199254740992]]],
    ['only NULL is text', '[{"a":null}]', { a: 'text' }, [[null]]],
    ['half a surrogate pair', '[{"a":"x\\ud800"}]', { a: 'text' }, [['x\ufffd']]],
    ['no rows', '[]', {}, []],
    [
      'keys with a meaning elsewhere',
      '[{"__proto__":1,"constructor":"c"}]',
      { ['__proto__']: 'int64', constructor: 'text' },
      [[1, 'c']],
    ],
    ['a byte order mark', '\ufeff[{"a":1}]', { a: 'int64' }, [[1]]],
  ])('%s', async (_name, text, types, rows) => {
    const table = await tableOf(text);
    expect(Object.entries(table.types)).toEqual(Object.entries(types));
    expect(table.rows).toEqual(rows);
  });

  test('what is no column is named', () => {
    const table = read('[{"a":1,"b":[1],"c":{"d":1}},{"a":"x"}]');
    expect(table.columns.map((column) => column.type)).toEqual(['a mix of number and string', 'array', 'object']);
  });

  test('lines of rows, where there are lines', () => {
    expect([0, 1].map(read('{"a":1}\n\n{"a":2}').lineOf)).toEqual([1, 3]);
    expect(read('[{"a":1}]').lineOf(0)).toBeNull();
  });
});

test.each([
  ['cut short', '[{"a":1},', 'MALFORMED', 'is not readable as JSON'],
  ['a broken line', '{"a":1}\n{"a":\n', 'MALFORMED', 'line 2 is not readable as JSON'],
  ['a row that is no object', '[{"a":1},[2]]', 'MALFORMED', 'element 2 is an array, expected an object'],
  [
    'a line that is no object',
    '{"a":1}\n7\n',
    'MALFORMED',
    'line 2 is not readable as JSON: expected an object, found a number',
  ],
  ['a null row', '[null]', 'MALFORMED', 'element 1 is null'],
])('refuses %s', (_name, text, code, message) => {
  expect(() => read(text)).toThrow(message);
  try {
    read(text);
  } catch (error) {
    expect(error instanceof SourceError ? error.fault.code : null).toBe(code);
  }
});
