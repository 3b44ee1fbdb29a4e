import { Table, tableToIPC, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { encodeBatch } from '../../../src/columns/arrow.ts';
import { columnOf, valueAt } from '../../../src/columns/column.ts';
import { DAY, DOUBLE, decimal, INT64, type LogicalType, period, TEXT } from '../../../src/columns/logical-type.ts';
import { openSource } from '../../../src/sources/source.ts';
import { SourceError } from '../../../src/sources/source-error.ts';
import { nodeParquet } from '../../support/parquet-node.ts';

const text = (value: string) => new TextEncoder().encode(value);

function open(location: string, bytes: Uint8Array<ArrayBuffer>) {
  return openSource({ name: 'facts', location, bytes, contentHash: 'f'.repeat(64) }, { parquet: nodeParquet });
}

const COLUMNS: { name: string; type: LogicalType }[] = [
  { name: 'revenue', type: decimal(2) },
  { name: 'month', type: period('month') },
  { name: 'store', type: TEXT },
];

/** The same three rows in every kind of file. */
const CSV = text('store,month,revenue,note\nS1,2024-01,12.30,x\nS2,2024-02-01,,\n,,-0.05,y\n');
const JSON_TEXT = text(
  '[{"store":"S1","month":"2024-01","revenue":12.3},{"store":"S2","month":"2024-02-01","revenue":null},{"store":null,"revenue":-0.05}]',
);
const ARROW = encodeBatch({
  rowCount: 3,
  fields: [
    { name: 'store', column: { form: 'dictionary', type: TEXT, codes: Int32Array.of(0, 1, -1), values: ['S1', 'S2'] } },
    {
      name: 'month',
      column: { form: 'number', type: DAY, values: Float64Array.of(19723, 19754, 0), valid: Uint8Array.of(1, 1, 0) },
    },
    {
      name: 'revenue',
      column: { form: 'number', type: DOUBLE, values: Float64Array.of(12.3, 0, -0.05), valid: Uint8Array.of(1, 0, 1) },
    },
  ],
});
const PARQUET = parquet(
  [
    { name: 'store', data: ['S1', 'S2', null] },
    { name: 'month', data: [new Date('2024-01-01'), new Date('2024-02-01'), null] },
    { name: 'revenue', data: [1230n, null, -5n] },
  ],
  [
    { name: 'store', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    { name: 'month', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
    { name: 'revenue', type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18, repetition_type: 'OPTIONAL' },
  ],
);

function parquet(columnData: ColumnSource[], elements: Parameters<typeof parquetWriteBuffer>[0]['schema'] = []) {
  const schema = [{ name: 'root', num_children: elements.length }, ...elements];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize: 2 }));
}

describe('one table, four kinds of file', () => {
  test.each<[string, string, Uint8Array<ArrayBuffer>]>([
    ['csv', 'facts.csv', CSV],
    ['json', 'facts.json', JSON_TEXT],
    ['arrow', 'facts.arrow', ARROW],
    ['parquet', 'facts.parquet', PARQUET],
  ])('%s', async (kind, location, bytes) => {
    const source = await open(location, bytes);
    expect(source).toMatchObject({
      name: 'facts',
      kind,
      location,
      rowCount: 3,
      bytes: bytes.length,
      contentHash: 'f'.repeat(64),
    });
    const { batch, counts } = await source.read(COLUMNS);
    expect(batch.fields.map((field) => [field.name, field.column.type])).toEqual(
      COLUMNS.map((each) => [each.name, each.type]),
    );
    const rows = [0, 1, 2].map((row) => batch.fields.map((field) => valueAt(field.column, row)));
    expect(rows).toEqual([
      [1230, 19723, 'S1'],
      [null, 19754, 'S2'],
      [-5, null, null],
    ]);
    expect(counts).toEqual(COLUMNS.map(({ name }) => ({ column: name, rows: 3, nulls: 1, notFinite: 0, rounded: 0 })));
  });
});

describe('reading', () => {
  test('no columns: the rows are counted all the same, without the Parquet module', async () => {
    const source = await openSource(
      { name: 'facts', location: 'facts.parquet', bytes: PARQUET, contentHash: '' },
      { parquet: () => Promise.reject(new Error('the module was loaded')) },
    );
    expect(await source.read([])).toEqual({ batch: { rowCount: 3, fields: [] }, counts: [] });
    expect(source.columns).toEqual([
      { name: 'store', type: 'text', nullable: true },
      { name: 'month', type: 'date', nullable: true },
      { name: 'revenue', type: 'decimal(2)', nullable: true },
    ]);
  });

  test('a column that is not there', async () => {
    const source = await open('facts.csv', CSV);
    await expect(source.read([{ name: 'cost', type: INT64 }])).rejects.toMatchObject({
      fault: {
        code: 'UNKNOWN_COLUMN',
        message: expect.stringContaining('has no column cost; it has store, month, revenue, note'),
      },
    });
  });

  test('a column of JSON objects', async () => {
    const source = await open('facts.json', text('[{"a":{}}]'));
    await expect(source.read([{ name: 'a', type: TEXT }])).rejects.toMatchObject({
      fault: { code: 'UNSUPPORTED_TYPE', parameters: { column: 'a', found: 'object' } },
    });
  });

  test('NaN, infinities and rounding are counted', async () => {
    const source = await open(
      'x.arrow',
      new Uint8Array(tableToIPC(new Table({ x: vectorFromArray([0.125, Number.NaN, null, 1 / 0]) }))),
    );
    const { counts } = await source.read([{ name: 'x', type: decimal(2) }]);
    expect(counts).toEqual([{ column: 'x', rows: 4, nulls: 1, notFinite: 2, rounded: 1 }]);
  });

  test('a wrong cell is placed by its line', async () => {
    const source = await open('facts.csv', text('a,b\n"1\n1",x\n2,y\n'));
    await expect(source.read([{ name: 'b', type: INT64 }])).rejects.toThrow(
      'column b, row 1 (line 2): expected a whole number, found "x"',
    );
    const second = await open('facts.csv', text('a,b\n"1\n1",1\n2,y\n'));
    await expect(second.read([{ name: 'b', type: INT64 }])).rejects.toThrow('column b, row 2 (line 4)');
  });
});

describe('snapshots', () => {
  test('of CSV: statistics of the columns as declared, none where they cannot be read so', async () => {
    const source = await open('facts.csv', CSV);
    const declared = new Map<string, LogicalType>([
      ['revenue', decimal(2)],
      ['month', period('month')],
      ['note', INT64],
    ]);
    expect(await source.snapshot(declared)).toEqual({
      name: 'facts',
      kind: 'csv',
      location: 'facts.csv',
      contentHash: 'f'.repeat(64),
      bytes: CSV.length,
      rowCount: 3,
      columns: ['store', 'month', 'revenue', 'note'].map((name) => ({ name, type: 'text', nullable: true })),
      statistics: [
        { column: 'store', min: 'S1', max: 'S2', nullCount: 1, distinctCount: 2 },
        { column: 'month', min: '2024-01-01', max: '2024-02-01', nullCount: 1, distinctCount: null },
        { column: 'revenue', min: '-0.05', max: '12.30', nullCount: 1, distinctCount: null },
      ],
    });
  });

  test('of Parquet: what the footer keeps exactly', async () => {
    const bytes = parquet(
      [
        { name: 'id', data: [3n, -(2n ** 60n), 7n] },
        { name: 'at', data: [new Date('2024-01-31T23:00:00Z'), null, new Date('2023-12-31T01:00:00Z')] },
        { name: 'price', data: [0.5, 1, 2] },
      ],
      [
        { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
        { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
        { name: 'price', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      ],
    );
    const source = await open('facts.parquet', bytes);
    const { columns, statistics } = await source.snapshot();
    expect(columns.map((column) => [column.type, column.nullable])).toEqual([
      ['int64', false],
      ['date', true],
      ['double', false],
    ]);
    expect(statistics).toEqual([
      { column: 'id', min: '-1152921504606846976', max: 7, nullCount: 0, distinctCount: null },
      { column: 'at', min: '2023-12-31', max: '2024-01-31', nullCount: 1, distinctCount: null },
    ]);
    const { batch } = await source.read([
      { name: 'at', type: DAY },
      { name: 'id', type: INT64 },
    ]);
    expect([0, 1, 2].map((row) => valueAt(columnOf(batch, 'at'), row))).toEqual([19753, null, 19722]);
    expect([0, 1, 2].map((row) => valueAt(columnOf(batch, 'id'), row))).toEqual([3, -(2n ** 60n), 7]);
  });
});

describe('broken Parquet', () => {
  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['cut short', PARQUET.slice(0, -3), 'TRUNCATED'],
    ['only its magic', text('PAR1'), 'TRUNCATED'],
    [
      'a footer of other bytes',
      new Uint8Array([...PARQUET.slice(0, -60), ...new Array(52).fill(0xee), ...PARQUET.slice(-8)]),
      'MALFORMED',
    ],
    [
      'a footer longer than the file',
      new Uint8Array([...text('PAR1'), 255, 255, 255, 127, ...text('PAR1')]),
      'MALFORMED',
    ],
  ])('%s', async (_name, bytes, code) => {
    await expect(open('facts.parquet', bytes)).rejects.toMatchObject({ name: 'SourceError', fault: { code } });
  });

  test('pages of other bytes', async () => {
    const broken = PARQUET.slice();
    broken.fill(0xee, 4, 120);
    const source = await open('facts.parquet', broken);
    await expect(source.read([{ name: 'store', type: TEXT }])).rejects.toMatchObject({ fault: { code: 'MALFORMED' } });
    const whole = await open('facts.parquet', PARQUET);
    expect((await whole.read(COLUMNS)).batch.rowCount).toBe(3);
  });

  test('any damage ends in rows or in a SourceError, never in silence', async () => {
    const damage = fc.array(fc.tuple(fc.nat({ max: PARQUET.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const broken = PARQUET.slice();
        for (const [at, byte] of changes) broken[at] = byte;
        try {
          const source = await open('facts.parquet', broken);
          await source.read(COLUMNS);
        } catch (error) {
          if (!(error instanceof SourceError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a module that does not start', async () => {
    const tools = { parquet: () => Promise.reject(new Error('no WASM here')) };
    const source = await openSource({ name: 'facts', location: 'f.parquet', bytes: PARQUET, contentHash: '' }, tools);
    await expect(source.read(COLUMNS)).rejects.toThrow('no WASM here');
  });
});

test('nested and binary columns of Parquet are named and refused', async () => {
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: [1] },
        { name: 'blob', data: [Uint8Array.of(1)], type: 'BYTE_ARRAY' },
        { name: 'uuid', data: ['00000000-0000-0000-0000-000000000000'], type: 'UUID' },
      ],
    }),
  );
  const source = await open('facts.parquet', bytes);
  expect(source.columns.map((column) => column.type)).toEqual(['int64', 'binary', 'uuid']);
  await expect(source.read([{ name: 'uuid', type: TEXT }])).rejects.toMatchObject({
    fault: { code: 'UNSUPPORTED_TYPE' },
  });
});
