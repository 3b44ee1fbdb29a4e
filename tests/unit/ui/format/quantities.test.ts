import { describe, expect, it } from 'vitest';
import { formatAge } from '../../../../src/ui/format/age.ts';
import { formatBytes, formatBytesOf } from '../../../../src/ui/format/bytes.ts';
import { countOf } from '../../../../src/ui/format/count.ts';
import { formatDuration, formatElapsed, speakDuration } from '../../../../src/ui/format/duration.ts';
import { formatPercent } from '../../../../src/ui/format/percent.ts';

/** Quantities carry a no-break space before their unit. */
const spaced = (text: string) => text.replaceAll('\u00a0', ' ');

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [600, '600 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1049, '1.0 KB'],
    [9318, '9.1 KB'],
    [11_469, '11.2 KB'],
    [850_944, '831 KB'],
    [1_073_741_824, '1 GB'],
    [7_759_462, '7.4 MB'],
  ])('%s is %s', (bytes, text) => {
    expect(spaced(formatBytes(bytes))).toBe(text);
  });

  it.each([
    [2_202_009, 6_186_598, '2.1 of 5.9 MB'],
    [0, 600, '0 of 600 B'],
    [600, 600, '600 of 600 B'],
    [1024, null, '1 KB'],
    [0, 0, '0 of 0 B'],
  ])('%s of %s is %s', (done, total, text) => {
    expect(spaced(formatBytesOf(done, total))).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [0, '< 0.1 ms'],
    [0.09, '< 0.1 ms'],
    [0.4, '0.4 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [23.4, '23 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min 0 s'],
    [123_000, '2 min 3 s'],
  ])('%s ms is %s', (milliseconds, text) => {
    expect(spaced(formatDuration(milliseconds))).toBe(text);
  });

  it('runs by tenths of a second', () => {
    expect(spaced(formatElapsed(1234))).toBe('1.2 s');
    expect(spaced(formatElapsed(123_400))).toBe('2 min 3 s');
  });

  it('is spoken in words', () => {
    expect(speakDuration(0.4)).toBe('0.4 milliseconds');
    expect(speakDuration(0)).toBe('less than 0.1 milliseconds');
    expect(speakDuration(1240)).toBe('1.24 seconds');
    expect(speakDuration(123_000)).toBe('2 minutes 3 seconds');
  });
});

describe('percentages', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.86, '86 %'],
    [0.857142, '85.7 %'],
    [0.00001, '< 0.1 %'],
    [0.99999, '> 99.9 %'],
    [0.9996, '> 99.9 %'],
    [0.5, '50 %'],
  ])('%s is %s', (ratio, text) => {
    expect(spaced(formatPercent(ratio))).toBe(text);
  });
});

describe('ages and counts', () => {
  it.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [60_000, '1 min ago'],
    [190_000, '3 min ago'],
    [7_200_000, '2 h ago'],
    [86_400_000, '1 day ago'],
    [432_000_000, '5 days ago'],
  ])('%s ms is %s', (milliseconds, text) => {
    expect(spaced(formatAge(milliseconds))).toBe(text);
  });

  it.each([
    [0, '0 rows'],
    [1, '1 row'],
    [523_023, '523,023 rows'],
  ])('%s is %s', (count, text) => {
    expect(spaced(countOf(count, 'row', 'rows', 'en-US'))).toBe(text);
  });
});
