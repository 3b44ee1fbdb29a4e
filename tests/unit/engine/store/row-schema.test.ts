import { describe, expect, test } from 'vitest';
import { BOOL, DAY, DOUBLE, INT64, type LogicalType, TEXT } from '../../../../src/columns/logical-type.ts';
import type { MetricRow, QmRow } from '../../../../src/engine/entry.ts';
import { parseRow, parseUse } from '../../../../src/engine/store/row-schema.ts';
import type { Expression } from '../../../../src/operators/expression.ts';
import { branch } from '../../../../src/operators/functions/build.ts';
import { STATES } from '../../../../src/operators/state.ts';
import type { Step } from '../../../../src/resolution/access.ts';
import { metricRow, qmRow, someBytes } from '../../../support/store-contract.ts';

const bytes = someBytes(10);
const metric = metricRow('m', bytes);
const qm = qmRow('q', bytes);

const column = { kind: 'column', name: 'amount', type: INT64 } as const;
const flag: Expression = { kind: 'column', name: 'flag', type: BOOL };

/** One expression of each kind: the table does not compile when a kind is missing. */
const EXPRESSIONS: { readonly [Kind in Expression['kind']]: Expression & { readonly kind: Kind } } = {
  column: { kind: 'column', name: 'amount', type: INT64 },
  literal: { kind: 'literal', value: null, type: TEXT },
  negate: { kind: 'negate', operand: column, type: INT64 },
  arithmetic: { kind: 'arithmetic', operator: '/', left: column, right: column, type: DOUBLE },
  compare: { kind: 'compare', operator: '<>', left: column, right: column, type: BOOL },
  and: { kind: 'and', operands: [], type: BOOL },
  or: { kind: 'or', operands: [column, column], type: BOOL },
  not: { kind: 'not', operand: column, type: BOOL },
  isNull: { kind: 'isNull', operand: column, type: BOOL },
  in: { kind: 'in', operand: column, values: [1, 2n ** 70n, 'x', true], type: BOOL },
  case: { kind: 'case', branches: [branch(flag, column)], otherwise: null, type: INT64 },
  call: { kind: 'call', function: 'UPPER', args: [{ kind: 'column', name: 'store', type: TEXT }], type: TEXT },
  map: { kind: 'map', operand: column, entries: [{ from: null, to: 'x' }], type: TEXT },
};

const TYPES: { readonly [Kind in LogicalType['kind']]: LogicalType & { readonly kind: Kind } } = {
  text: { kind: 'text' },
  int64: { kind: 'int64' },
  decimal: { kind: 'decimal', digits: 18 },
  double: { kind: 'double' },
  bool: { kind: 'bool' },
  date: { kind: 'date', level: 'quarter' },
};

const STEPS: { readonly [Kind in Step['kind']]: Step & { readonly kind: Kind } } = {
  lookup: {
    kind: 'lookup',
    edge: 'e',
    schema: 's',
    source: 's',
    childColumn: 'c',
    parentColumn: 'p',
    childType: TEXT,
    type: DAY,
  },
  calendar: { kind: 'calendar', edge: 'e', from: 'month', to: 'year' },
};

const SUBJECTS: { readonly [Kind in QmRow['kind']]: QmRow } = {
  edge: { ...qm, kind: 'edge' },
  attestation: { ...qm, kind: 'attestation' },
  source: { ...qm, kind: 'source' },
  profile: { ...qm, kind: 'profile' },
};

const LEVELS: { readonly [Level in MetricRow['verificationLevel']]: MetricRow } = {
  A: { ...metric, verificationLevel: 'A' },
  AA: { ...metric, verificationLevel: 'AA' },
  AAA: { ...metric, verificationLevel: 'AAA' },
};

function filteredBy(expression: Expression): MetricRow {
  return { ...metric, filter: [{ key: 'term', expression, names: ['amount'] }] };
}

describe('a row is read as it was written', () => {
  test.each([metric, qm, { ...metric, family: null, inputType: null, anchor: [], boundary: -1, rows: 0 }])(
    'row %#',
    (row) => expect(parseRow(row)).toEqual({ ok: true, value: row }),
  );

  test.each(Object.values(SUBJECTS))('quasi-metadata of kind $kind', (row) => {
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test.each(Object.values(LEVELS))('level $verificationLevel', (row) => {
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test.each(Object.values(EXPRESSIONS))('a filter that is $kind', (expression) => {
    const row = filteredBy({ kind: 'not', operand: expression, type: BOOL });
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test.each(Object.values(TYPES))('type $kind', (type) => {
    const row = { ...metric, inputType: type };
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test.each(Object.values(STEPS))('a $kind step', (step) => {
    const row = {
      ...metric,
      anchor: [{ name: 'd', type: TEXT, access: { column: 'c', columnType: DAY, steps: [step] } }],
    };
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test.each(Object.keys(STATES))('state %s', (state) => {
    const row = { ...metric, state };
    expect(parseRow(row)).toEqual({ ok: true, value: row });
  });

  test('what a later version adds is left out', () => {
    expect(parseRow({ ...metric, colour: 'blue' })).toEqual({ ok: true, value: metric });
  });
});

describe('a row that is not well formed is refused with the place', () => {
  test.each([
    [undefined, /./],
    [null, /./],
    ['row', /./],
    [{}, /domain/],
    [{ ...metric, domain: 'other' }, /domain/],
    [{ ...metric, key: '' }, /^key/],
    [{ ...metric, key: 7 }, /^key/],
    [{ ...metric, rows: -1 }, /^rows/],
    [{ ...metric, rows: 1.5 }, /^rows/],
    [{ ...metric, bytes: Number.NaN }, /^bytes/],
    [{ ...metric, bytes: '10' }, /^bytes/],
    [{ ...metric, checksum: metric.checksum.toUpperCase() }, /^checksum: not 64 hex digits/],
    [{ ...metric, checksum: metric.checksum.slice(1) }, /^checksum/],
    [{ ...metric, path: '' }, /^path/],
    [{ ...metric, createdAt: Number.POSITIVE_INFINITY }, /^createdAt/],
    [{ ...metric, computeMilliseconds: -1 }, /^computeMilliseconds/],
    [{ ...metric, sourceHashes: { stores: 1 } }, /^sourceHashes\.stores/],
    [{ ...metric, state: 'toString' }, /^state: not one of sum, /],
    [{ ...metric, state: 'average' }, /^state/],
    [{ ...metric, verificationLevel: 'AAAA' }, /^verificationLevel/],
    [{ ...metric, inputType: { kind: 'decimal' } }, /^inputType/],
    [{ ...metric, inputType: { kind: 'date', level: 'decade' } }, /^inputType\.level/],
    [{ ...metric, anchor: [{ name: 'd' }] }, /^anchor\.0/],
    [{ ...metric, anchor: undefined }, /^anchor/],
    [
      { ...metric, filter: [{ key: 'k', names: [], expression: { kind: 'or', operands: [{}], type: BOOL } }] },
      /^filter\.0\.expression\.operands\.0/,
    ],
    [{ ...metric, boundary: 0.5 }, /^boundary/],
    [{ ...metric, notFurtherRollable: 'no' }, /^notFurtherRollable/],
    [{ ...qm, kind: 'sample' }, /^kind/],
    [{ ...qm, subject: null }, /^subject/],
  ])('%#', (value, reason) => {
    const parsed = parseRow(value);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.reason).toMatch(reason);
  });
});

test('uses are read, or refused', () => {
  const use = { key: 'k', lastAccess: 1, accessCount: 2, millisecondsSaved: 0.5, pinned: false };
  expect(parseUse(use)).toEqual({ ok: true, value: use });
  for (const wrong of [{ accessCount: -1 }, { lastAccess: '1' }, { millisecondsSaved: Number.NaN }, { pinned: 1 }]) {
    expect(parseUse({ ...use, ...wrong }).ok).toBe(false);
  }
});
