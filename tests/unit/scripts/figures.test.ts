import { describe, expect, it } from 'vitest';
import { bytesText, countText, secondsText } from '../../../scripts/figures.mjs';

describe('figures', () => {
  it.each([
    [0, '0'],
    [1_329, '1,329'],
    [523_023, '523,023'],
  ])('count %i', (value, text) => expect(countText(value)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 KB'],
    [1_536, '1.5 KB'],
    [20_480, '20 KB'],
    [7_759_462, '7.4 MB'],
    [34_242_586, '33 MB'],
    [1_073_741_824, '1.0 GB'],
  ])('%i bytes', (value, text) => expect(bytesText(value)).toBe(text));

  it.each([
    [0, '0.0 s'],
    [449, '0.4 s'],
    [999, '1 s'],
    [6_400, '6 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('%i milliseconds', (value, text) => expect(secondsText(value)).toBe(text));
});
