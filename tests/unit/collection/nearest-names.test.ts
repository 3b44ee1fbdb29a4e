import { expect, test } from 'vitest';
import { nearestNames } from '../../../src/collection/nearest-names.ts';

const NAMES = ['region', 'revenue', 'store', 'store_name', 'state', 'origin_state', 'day'];

test.each([
  ['regoin', ['region']],
  ['Region', ['region']],
  ['revenues', ['revenue']],
  ['stor', ['store', 'store_name']],
  ['state', ['state', 'origin_state']],
  ['dya', ['day']],
  ['quantity', []],
  ['', []],
])('%j', (name, expected) => {
  expect(nearestNames(name, NAMES)).toEqual(expected);
});

test('at most as many as asked for, and each once', () => {
  expect(nearestNames('a', ['b', 'b', 'c', 'd'], 2)).toEqual(['b', 'c']);
});
