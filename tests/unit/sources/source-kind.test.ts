import { describe, expect, test } from 'vitest';
import { SourceError } from '../../../src/sources/source-error.ts';
import { kindOfName, sourceKind } from '../../../src/sources/source-kind.ts';

test.each([
  ['a.csv', 'csv'],
  ['A.CSV', 'csv'],
  ['data/a.parquet', 'parquet'],
  ['https://x.example/a.parquet?token=1.csv#f.json', 'parquet'],
  ['a.pq', 'parquet'],
  ['a.arrow', 'arrow'],
  ['a.feather', 'arrow'],
  ['a.json', 'json'],
  ['a.ndjson', 'json'],
  ['a.jsonl', 'json'],
  ['a.xlsx', undefined],
  ['parquet', undefined],
  ['dir.csv/file', undefined],
])('%s promises %s', (name, kind) => {
  expect(kindOfName(name)).toBe(kind);
});

const text = (value: string) => new TextEncoder().encode(value);
const PARQUET = text('PAR1....PAR1');
const ARROW = text('ARROW1\0\0');
const STREAM = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0);
const LFS = text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n');
const PAGE = text('\n<!DOCTYPE html><title>Sign in</title>');

describe('the kind', () => {
  test.each<[string, Uint8Array, string]>([
    ['a.csv', text('a,b\n'), 'csv'],
    ['a.csv', text('{"a":1}'), 'csv'],
    ['a.json', text('[]'), 'json'],
    ['a.parquet', PARQUET, 'parquet'],
    ['a.arrow', ARROW, 'arrow'],
    ['a.arrow', STREAM, 'arrow'],
    ['blob', PARQUET, 'parquet'],
    ['blob', STREAM, 'arrow'],
    ['blob', text('[{"a":1}]'), 'json'],
    ['blob', text('\ufeff {"a":1}'), 'json'],
    ['blob', text('a,b'), 'csv'],
  ])('%s', (location, bytes, kind) => {
    expect(sourceKind('x', location, bytes)).toBe(kind);
  });
});

describe('refusals', () => {
  test.each<[string, Uint8Array, string, string]>([
    ['a.csv', new Uint8Array(0), 'EMPTY', 'a.csv is empty'],
    ['a.csv', text('\ufeff \n\n'), 'EMPTY', 'is empty'],
    ['a.parquet', new Uint8Array(0), 'EMPTY', 'is empty'],
    [
      'a.parquet',
      LFS,
      'NOT_WHAT_ITS_NAME_SAYS',
      'expected Parquet, found a Git LFS pointer; point the source at the file itself',
    ],
    ['a.csv', LFS, 'NOT_WHAT_ITS_NAME_SAYS', 'expected CSV, found a Git LFS pointer'],
    ['a.csv', PAGE, 'NOT_WHAT_ITS_NAME_SAYS', 'found an HTML page'],
    ['a.json', PAGE, 'NOT_WHAT_ITS_NAME_SAYS', 'expected JSON, found an HTML page'],
    ['a.parquet', text('a,b\n'), 'NOT_WHAT_ITS_NAME_SAYS', 'expected Parquet, found text'],
    ['a.csv', PARQUET, 'NOT_WHAT_ITS_NAME_SAYS', 'expected CSV, found a Parquet file'],
    ['a.parquet', ARROW, 'NOT_WHAT_ITS_NAME_SAYS', 'expected Parquet, found an Arrow IPC file'],
    ['a.csv', Uint8Array.of(0x1f, 0x8b, 8, 0), 'NOT_WHAT_ITS_NAME_SAYS', 'found a gzip archive'],
    ['a.csv', Uint8Array.of(1, 2, 0, 3), 'NOT_WHAT_ITS_NAME_SAYS', 'found binary data'],
    ['book.xlsx', Uint8Array.of(0x50, 0x4b, 3, 4), 'UNKNOWN_KIND', 'found a zip archive or a spreadsheet; convert it'],
    ['a.csv', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'NOT_UTF8', 'save the file as UTF-8'],
  ])('%s', (location, bytes, code, message) => {
    expect(() => sourceKind('x', location, bytes)).toThrow(message);
    try {
      sourceKind('x', location, bytes);
    } catch (error) {
      expect(error instanceof SourceError ? error.fault.code : error).toBe(code);
    }
  });
});
