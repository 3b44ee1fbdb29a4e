import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutlineValue } from '../../../../src/runtime/api.ts';
import {
  COMPARISONS,
  comparisonOf,
  comparisonsFor,
  emptyValue,
  hintOf,
  renamedTerm,
  termOf,
  textOf,
  typedValue,
  valuesOf,
} from '../../../../src/ui/builder/term-choice.ts';

const text = (value: string): OutlineValue => ({ kind: 'text', text: value });
const number = (value: string): OutlineValue => ({ kind: 'number', text: value });

describe('a condition as choices', () => {
  it('every comparison is one of the list, whatever the values', () => {
    const values = fc.array(fc.string().map(text), { maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...COMPARISONS), values, ({ key }, given) => {
        return comparisonOf(termOf('a', key, given, 'text')) === key;
      }),
    );
  });

  it('keeps the values that another comparison takes, and asks for those that it lacks', () => {
    const is = termOf('a', '=', [number('1')], 'int64');
    expect(termOf('a', 'between', valuesOf(is), 'int64')).toEqual({
      kind: 'between',
      name: 'a',
      low: number('1'),
      high: number(''),
      negated: false,
    });
    const list = termOf('a', 'in', [number('1'), number('2')], 'int64');
    expect(valuesOf(termOf('a', '>', valuesOf(list), 'int64'))).toEqual([number('1')]);
    expect(valuesOf(termOf('a', 'not null', valuesOf(list), 'int64'))).toEqual([]);
    expect(valuesOf(termOf('a', 'in', [], 'int64'))).toEqual([number('')]);
  });

  it('on another name drops values of another type, and a comparison that it does not take', () => {
    const starts = termOf('region', 'STARTS_WITH', [text('E')], 'text');
    expect(renamedTerm(starts, 'store', 'text')).toEqual({ ...starts, name: 'store' });
    expect(renamedTerm(starts, 'quantity', 'int64')).toEqual({
      kind: 'compare',
      name: 'quantity',
      operator: '=',
      value: number(''),
    });
    const date = termOf('day', '>=', [{ kind: 'date', text: '2024-01-31' }], 'date');
    expect(valuesOf(renamedTerm(date, 'month', 'date'))).toEqual([{ kind: 'date', text: '2024-01-31' }]);
  });
});

describe('values', () => {
  it('begin as their type, and stay what they are', () => {
    expect([emptyValue('text'), emptyValue('decimal(2)'), emptyValue('date'), emptyValue(null)]).toEqual([
      text(''),
      number(''),
      text(''),
      text(''),
    ]);
    expect(emptyValue('bool')).toEqual({ kind: 'bool', value: true });
    expect(typedValue({ kind: 'date', text: '' }, '2024')).toEqual({ kind: 'date', text: '2024' });
    expect(typedValue({ kind: 'bool', value: true }, 'false')).toEqual({ kind: 'bool', value: false });
    expect([textOf(number('1.50')), textOf({ kind: 'bool', value: false })]).toEqual(['1.50', 'false']);
  });

  it.each([
    ['date', 'day', '2024-01-31'],
    ['date', 'week', '2024-W05'],
    ['date', 'month', '2024-01'],
    ['date', 'quarter', '2024-Q1'],
    ['date', 'year', '2024'],
    ['int64', null, 'a number'],
    ['text', null, 'a value'],
  ])('%s at %s looks like %s', (type, level, hint) => {
    expect(hintOf(type, level)).toBe(hint);
  });

  it('parts of texts are asked of texts only', () => {
    const keys = (type: string | null) => comparisonsFor(type).map(({ key }) => key);
    expect(keys('int64')).not.toContain('CONTAINS');
    expect(keys('text')).toContain('CONTAINS');
    expect(keys(null)).toContain('CONTAINS');
  });
});
