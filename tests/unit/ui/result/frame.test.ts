import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../../../src/columns/arrow.ts';
import type { Batch, Column } from '../../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, period, printType, TEXT } from '../../../../src/columns/logical-type.ts';
import { copyFrame, copyRange } from '../../../../src/ui/result/copy.ts';
import { type FrameView, openFrame } from '../../../../src/ui/result/frame.ts';

const batch: Batch = {
  rowCount: 3,
  fields: [
    {
      name: 'region',
      column: { form: 'dictionary', type: TEXT, codes: Int32Array.of(1, 0, -1), values: ['a,"b"', ''] },
    },
    { name: 'day', column: numbers(DAY, [19_723, -1, 0], [1, 1, 0]) },
    { name: 'month', column: numbers(period('month'), [19_723, 19_723, 19_723]) },
    {
      name: 'wide',
      column: {
        form: 'bigint',
        type: decimal(2),
        values: [2n ** 70n, -(2n ** 70n), 0n],
        valid: Uint8Array.of(1, 1, 0),
      },
    },
    { name: 'cents', column: numbers(decimal(2), [386_863_636, -5, 0]) },
    { name: 'count', column: numbers(INT64, [9, -9, 0]) },
    { name: 'mean', column: numbers(DOUBLE, [0.1, -1.5, 0], [1, 1, 0]) },
    { name: 'open', column: numbers(BOOL, [1, 0, 0], [1, 1, 0]) },
  ],
};

function numbers(type: Column['type'], values: readonly number[], valid?: readonly number[]): Column {
  return {
    form: 'number',
    type,
    values: Float64Array.from(values),
    valid: valid === undefined ? null : Uint8Array.from(valid),
  };
}

function frame(): FrameView {
  const types = new Map(batch.fields.map(({ name, column }) => [name, column.type]));
  const ipc = encodeBatch(
    batch,
    (name) => {
      const type = types.get(name) ?? TEXT;
      const metadata = new Map([
        ['coframe.type', printType(type)],
        ['coframe.role', name === 'region' ? 'anchor' : 'series'],
      ]);
      if (type.kind === 'date') metadata.set('coframe.level', type.level);
      return metadata;
    },
    { exact: 'decimal128' },
  );
  return openFrame(new Uint8Array(ipc).buffer);
}

describe('an answer read from Arrow', () => {
  const view = frame();
  const column = (name: string) => {
    const found = view.columns.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return [0, 1, 2].map(found.read);
  };

  it('has its columns with type and role', () => {
    expect(view.rowCount).toBe(3);
    expect(view.columns.map(({ name, typeText, role }) => `${name} ${typeText} ${role}`)).toEqual([
      'region text anchor',
      'day date series',
      'month  series',
      'wide decimal(2) series',
      'cents decimal(2) series',
      'count int64 series',
      'mean double series',
      'open bool series',
    ]);
  });

  it.each([
    ['region', ['', 'a,"b"', null]],
    ['day', [19_723, -1, null]],
    ['wide', [2n ** 70n, -(2n ** 70n), null]],
    ['cents', [386_863_636, -5, 0]],
    ['count', [9, -9, 0]],
    ['mean', [0.1, -1.5, null]],
    ['open', [true, false, null]],
  ])('reads %s exactly', (name, values) => {
    expect(column(name)).toEqual(values);
  });

  it('refuses a field without a type of Coframe', () => {
    const ipc = encodeBatch({ rowCount: 0, fields: [{ name: 'x', column: numbers(INT64, []) }] });
    expect(() => openFrame(new Uint8Array(ipc).buffer)).toThrow(/column x has the type \(none\)/);
  });
});

describe('copies', () => {
  const reversed = { frame: frame(), row: (shown: number) => 2 - shown };
  const straight = { frame: frame(), row: (shown: number) => shown };

  it('are tab-separated, in the order shown, with NULL and the empty text apart', () => {
    expect(copyFrame(reversed, 'tsv').split('\n')).toEqual([
      'region\tday\tmonth\twide\tcents\tcount\tmean\topen',
      '\t\t2024-01\t\t0.00\t0\t\t',
      '"a,""b"""\t1969-12-31\t2024-01\t-11805916207174113034.24\t-0.05\t-9\t-1.5\tfalse',
      '""\t2024-01-01\t2024-01\t11805916207174113034.24\t3868636.36\t9\t0.1\ttrue',
    ]);
  });

  it('take a rectangle', () => {
    expect(copyRange(straight, { top: 0, bottom: 1, left: 4, right: 5 }, false)).toBe('3868636.36\t9\n-0.05\t-9');
  });

  it('are CSV by RFC 4180', () => {
    expect(copyFrame(straight, 'csv').split('\r\n')[2]).toBe(
      '"a,""b""",1969-12-31,2024-01,-11805916207174113034.24,-0.05,-9,-1.5,false',
    );
  });

  it('are JSON of the wire shape; what a double cannot hold is text', () => {
    const parsed: unknown = JSON.parse(copyFrame(straight, 'json'));
    expect(parsed).toEqual({
      columns: ['region', 'day', 'month', 'wide', 'cents', 'count', 'mean', 'open'],
      rows: [
        ['', '2024-01-01', '2024-01', '11805916207174113034.24', 3868636.36, 9, 0.1, true],
        ['a,"b"', '1969-12-31', '2024-01', '-11805916207174113034.24', -0.05, -9, -1.5, false],
        [null, null, '2024-01', null, 0, 0, null, null],
      ],
    });
  });
});
