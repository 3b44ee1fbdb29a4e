import { expect, test } from 'vitest';
import { refusalsPage } from '../../../scripts/docs/refusals.mjs';
import { CLARIFYING, REFUSAL_MESSAGES } from '../../../src/resolution/refusal.ts';

const rows = refusalsPage(REFUSAL_MESSAGES, CLARIFYING)
  .split('\n')
  .filter((line) => line.startsWith('| `'));

test('each code has a row, in the order of the table of messages', () => {
  expect(rows.map((row) => row.split('`')[1])).toEqual(Object.keys(REFUSAL_MESSAGES));
});

test('what asks back is told apart', () => {
  const asking = rows.filter((row) => row.includes('| asks back |')).map((row) => row.split('`')[1]);
  expect(new Set(asking)).toEqual(CLARIFYING);
});

test('no message has a hole', () => {
  expect(rows.filter((row) => /undefined|NaN|\[object|, \.|\(\)\.$/.test(row))).toEqual([]);
});
