import { expect, it } from 'vitest';
import { readThreshold } from '../../../../src/ui/engine/threshold-field.ts';

it.each([
  ['0', 0],
  [' 7 ', 7],
  ['1.5', 1.5],
  ['0,5', 0.5],
])('%o is %d', (typed, value) => {
  expect(readThreshold('Hits', typed)).toEqual({ ok: true, value });
});

it.each([
  ['', 'Hits is empty: give a number of 0 or more.'],
  ['-1', 'Hits cannot be negative: give 0 or more.'],
  ['many', 'Hits “many” is no number.'],
  ['Infinity', 'Hits “Infinity” is no number.'],
  ['1e999', 'Hits “1e999” is no number.'],
])('%o is refused by name', (typed, message) => {
  expect(readThreshold('Hits', typed)).toEqual({ ok: false, message });
});
