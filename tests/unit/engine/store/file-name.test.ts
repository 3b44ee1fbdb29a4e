import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileName, filePath } from '../../../../src/engine/store/file-name.ts';

describe('fileName', () => {
  test.each(['retail', 'metric', 'store_monthly-inventory', 'day,region', '()', 'a.parquet', 'x'.repeat(120)])(
    'keeps %s',
    (name) => expect(fileName(name)).toBe(name),
  );

  test.each([
    { name: 'Retail', readable: 'Retail' },
    { name: 'a/b', readable: 'a%2fb' },
    { name: '..', readable: '..' },
    { name: '.coframe', readable: '.coframe' },
    { name: '', readable: '' },
    { name: 'Größe', readable: 'Gr%c3%b6%c3%9fe' },
    { name: '100%~', readable: '100%25%7e' },
    { name: 'x'.repeat(121), readable: 'x'.repeat(60) },
  ])('encodes $name and adds a hash', ({ name, readable }) => {
    const encoded = fileName(name);
    expect(encoded.slice(0, -17)).toBe(readable);
    expect(encoded.slice(-17)).toMatch(/^~[0-9a-f]{16}$/);
  });

  test('gives every name a name that file systems take, and no two the same, whatever the case', () => {
    const anyName = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        expect(fileName(a)).toMatch(/^[A-Za-z0-9_.,()%~-]{1,120}$/);
        expect(['.', '..']).not.toContain(fileName(a));
        expect(fileName(a).toLowerCase() === fileName(b).toLowerCase()).toBe(a === b);
      }),
    );
  });

  test.each([
    ['retail', 'Retail'],
    ['\u00e9', 'e\u0301'],
    ['\ud800', '\ufffd'],
    [`${'x'.repeat(200)}a`, `${'x'.repeat(200)}b`],
  ])('keeps %j and %j apart', (a, b) => {
    expect(fileName(a).toLowerCase()).not.toBe(fileName(b).toLowerCase());
  });
});

test('filePath encodes each part, and none climbs', () => {
  expect(filePath('data/metric/sales/day,region/0a-1b.parquet')).toBe('data/metric/sales/day,region/0a-1b.parquet');
  expect(filePath('data/../../x')).toMatch(/^data\/\.\.~[0-9a-f]{16}\/\.\.~[0-9a-f]{16}\/x$/);
});
