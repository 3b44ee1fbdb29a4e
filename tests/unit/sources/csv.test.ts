import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { columnLength, valueAt } from '../../../src/columns/column.ts';
import { readCsv } from '../../../src/sources/csv.ts';
import { pieceEnd } from '../../../src/sources/csv-split.ts';
import { SourceError } from '../../../src/sources/source-error.ts';

const encode = (text: string) => new TextEncoder().encode(text);

async function tableOf(text: string) {
  const table = await readCsv('stores', 'stores.csv', encode(text));
  const names = table.columns.map((column) => column.name);
  const columns = await table.read(names);
  const rows = Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => valueAt(column, row)));
  return { names, rows, lines: rows.map((_, row) => table.lineOf(row)) };
}

async function faultOf(bytes: Uint8Array) {
  const error: unknown = await readCsv('stores', 'stores.csv', bytes).catch((reason: unknown) => reason);
  if (!(error instanceof SourceError)) throw new Error(`expected a SourceError, found ${String(error)}`);
  return error.fault;
}

describe('cells', () => {
  test.each<[string, string, (string | null)[][]]>([
    [
      'plain',
      'a,b\n1,x\n2,y\n',
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    ['no last line end', 'a,b\n1,x', [['1', 'x']]],
    [
      'CRLF',
      'a,b\r\n1,x\r\n2,\r\n',
      [
        ['1', 'x'],
        ['2', null],
      ],
    ],
    ['CR', 'a,b\r1,x\r', [['1', 'x']]],
    ['a byte order mark', '\ufeffa,b\n1,x\n', [['1', 'x']]],
    [
      'unquoted empty is NULL, quoted empty is text',
      'a,b\n,""\n"",\n',
      [
        [null, ''],
        ['', null],
      ],
    ],
    [
      'nothing else is NULL',
      'a,b\nNA,NULL\nnull,\\N\n',
      [
        ['NA', 'NULL'],
        ['null', '\\N'],
      ],
    ],
    ['nothing is trimmed', 'a,b\n x ,\t\n', [[' x ', '\t']]],
    [
      'quotes, commas and lines in cells',
      'a,b\n"x,""y""","1\n2"\n"",z\n',
      [
        ['x,"y"', '1\n2'],
        ['', 'z'],
      ],
    ],
    ['a quoted cell that looks like an empty one inside', 'a,b\n"x,"",y",""\n', [['x,",y', '']]],
    [
      'only quotes',
      'a,b\n"""",""""""\n"",1\n',
      [
        ['"', '""'],
        ['', '1'],
      ],
    ],
    ['the character that marks quoted empties', 'a,b\n\ue000,""\n', [['\ue000', '']]],
    [
      'blank lines between rows',
      'a,b\n\n1,x\n\n\n2,y\n\n',
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    ['blank lines before the header', '\n\na,b\n1,x\n', [['1', 'x']]],
    ['one column: a blank line is a NULL', 'a\n1\n\n""\n2\n', [['1'], [null], [''], ['2']]],
    ['no rows', 'a,b\n', []],
    ['beyond ASCII', 'a,b\nü😀,日本\n', [['ü😀', '日本']]],
    ['a NUL', 'a,b\n\0,x\n', [['\0', 'x']]],
  ])('%s', async (_name, text, expected) => {
    expect((await tableOf(text)).rows).toEqual(expected);
  });

  test('any rows, quoted as RFC 4180 says, come back', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.constantFrom('', '"', ',', '\n', '""', ',"",', '\r\n', 'a"b', '\ue000'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const rows = fc.array(fc.tuple(cell, cell, fc.string({ minLength: 1, unit: fc.constantFrom('a', '"', ',') })), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (list, end) => {
        const quote = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
        const text = [['a', 'b', 'c'], ...list.map((row) => row.map(quote))].map((row) => row.join(',')).join(end);
        expect((await tableOf(text)).rows).toEqual(list);
      }),
    );
  });
});

describe('long files', () => {
  /** More than three pieces, with a quoted empty and a cell of two lines once in a thousand rows. */
  const rows = Array.from({ length: 60_000 }, (_, row) => ({
    id: `id ${row}`,
    note: row % 1000 === 500 ? 'two\nlines' : row % 1000 === 7 ? '' : null,
    end: `some text that makes the row longer ${row % 13}`,
  }));
  const text = [
    'id,note,end',
    ...rows.map((row) => `${row.id},${row.note === null ? '' : `"${row.note}"`},${row.end}`),
  ].join('\n');

  test('every row, and the line it begins on', async () => {
    const heard: number[] = [];
    let pauses = 0;
    const tools = { onRows: (count: number) => heard.push(count), pause: async () => void pauses++ };
    const table = await readCsv('stores', 'stores.csv', encode(text), tools);
    const [id, note] = await table.read(['id', 'note']);
    if (id === undefined || note === undefined) throw new Error('columns are missing');
    expect(columnLength(id)).toBe(rows.length);
    rows.forEach((row, at) => {
      if (valueAt(id, at) !== row.id || valueAt(note, at) !== row.note) throw new Error(`row ${at} differs`);
    });
    expect(pauses).toBeGreaterThan(3);
    expect(heard.at(-1)).toBe(rows.length);
    expect([...heard].sort((a, b) => a - b)).toEqual(heard);
    for (const row of [0, 499, 500, 501, 30_499, 59_999]) {
      expect(table.lineOf(row)).toBe(2 + row + Math.floor((row + 499) / 1000));
    }
  });

  test('a fault far down has the right line', async () => {
    const broken = text.replace('id 45000,', 'id 45000,,');
    expect(await faultOf(encode(broken))).toMatchObject({
      code: 'RAGGED_ROW',
      parameters: { line: 45_047, expected: 3, found: 4 },
    });
  });

  test('can be aborted between pieces', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const tools = { signal: controller.signal, onRows: () => controller.abort(reason) };
    await expect(readCsv('stores', 'stores.csv', encode(text), tools)).rejects.toBe(reason);
  });

  test('pieces end between records', () => {
    const quoted = 'a,"x\ny"\nb,"z"\n';
    expect(pieceEnd(quoted, 0, 1)).toBe(8);
    expect(pieceEnd(quoted, 8, 1)).toBe(14);
    expect(pieceEnd(quoted, 8, 100)).toBe(14);
    expect(pieceEnd('a,"x\ny', 0, 1)).toBe(6);
  });
});

describe('lines of rows', () => {
  test.each<[string, string, number[]]>([
    ['regular', 'a,b\n1,x\n2,y\n', [2, 3]],
    ['after a cell of three lines', 'a,b\n"1\n1\n1",x\n2,y\n', [2, 5]],
    ['with blank lines', 'a,b\n\n1,x\n\n2,y', [3, 5]],
    ['after leading blank lines', '\r\n\r\na,b\r\n1,x\r\n', [4]],
  ])('%s', async (_name, text, expected) => {
    expect((await tableOf(text)).lines).toEqual(expected);
  });
});

describe('refusals', () => {
  test.each<[string, string | Uint8Array, string, object, string]>([
    [
      'too few cells',
      'a,b\n1,x\n2\n',
      'RAGGED_ROW',
      { line: 3, expected: 2, found: 1 },
      'line 3 has 1 cell, the header has 2',
    ],
    [
      'too many cells',
      'a,b\n1,x,y\n',
      'RAGGED_ROW',
      { line: 2, expected: 2, found: 3 },
      'quote cells that hold commas',
    ],
    [
      'an open quote, at the line that opens it',
      'a,b\n1,x\n2,"y\n3,z\n4,w\n',
      'UNTERMINATED_QUOTE',
      { line: 3 },
      'line 3 opens a quote that never closes',
    ],
    ['an open quote in the header', '"a,b\n1,x\n', 'UNTERMINATED_QUOTE', { line: 1 }, 'line 1 opens'],
    [
      'a quote inside a cell',
      'a,b\n1,x\n2,y"y"\n',
      'STRAY_QUOTE',
      { line: 3, column: 'b' },
      'line 3, column b: a quote stands inside a cell',
    ],
    ['text after a closing quote', 'a,b\n"1"2,x\n', 'STRAY_QUOTE', { line: 2, column: 'a' }, 'quote the whole cell'],
    ['a column without name', 'a,,c\n1,2,3\n', 'EMPTY_HEADER', { position: 2 }, 'column 2 has no name'],
    ['a column named by an empty text', '"",b\n1,2\n', 'EMPTY_HEADER', { position: 1 }, 'name it or remove'],
    ['two columns of one name', 'a,b,a\n1,2,3\n', 'DUPLICATE_COLUMN', { column: 'a' }, 'more than one column named a'],
    ['blank lines only', '\n\r\n', 'EMPTY', {}, 'is empty'],
    ['bytes that are not UTF-8', Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a), 'NOT_UTF8', {}, 'save the file as UTF-8'],
  ])('%s', async (_name, given, code, parameters, message) => {
    const fault = await faultOf(typeof given === 'string' ? encode(given) : given);
    expect(fault).toMatchObject({ code, parameters: { source: 'stores', location: 'stores.csv', ...parameters } });
    expect(fault.message).toContain(message);
  });
});

test('needs nothing of Node', async () => {
  vi.resetModules();
  vi.stubGlobal('Buffer', undefined);
  vi.stubGlobal('process', undefined);
  try {
    const { readCsv: readAfresh } = await import('../../../src/sources/csv.ts');
    const table = await readAfresh('stores', 'stores.csv', encode('a,b\n1,""\n'));
    const [column] = await table.read(['b']);
    expect(column === undefined ? null : valueAt(column, 0)).toBe('');
  } finally {
    vi.unstubAllGlobals();
  }
});
