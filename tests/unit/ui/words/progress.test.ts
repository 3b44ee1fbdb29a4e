import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../../src/runtime/api.ts';
import { progressLine } from '../../../../src/ui/words/progress.ts';

const step: Progress = {
  id: 'transactions',
  phase: 'source',
  label: 'transactions',
  state: 'done',
  done: null,
  total: null,
  unit: null,
  milliseconds: null,
  detail: null,
};

const lines: readonly [Partial<Progress>, line: string][] = [
  [{}, 'transactions'],
  [{ state: 'waiting', done: 0, total: 7_759_462, unit: 'bytes' }, 'transactions · 7.4 MB · waiting'],
  [{ state: 'running', done: 3_145_728, total: 7_759_462, unit: 'bytes' }, 'transactions · 3.0 of 7.4 MB · running'],
  [{ done: 7_759_462, total: 7_759_462, unit: 'bytes', milliseconds: 57 }, 'transactions · 7.4 MB · 57 ms'],
  [{ done: 523_023, unit: 'rows', detail: '3 of 8 columns' }, 'transactions · 523,023 rows · 3 of 8 columns'],
  [{ state: 'running', done: 10, total: 523_023, unit: 'rows' }, 'transactions · 10 of 523,023 rows · running'],
  [{ state: 'running', done: 1, total: 3, unit: 'steps' }, 'transactions · 1 of 3 · running'],
  [{ state: 'failed', detail: 'status 404' }, 'transactions · status 404 · failed'],
];

describe('a line of the boot log', () => {
  it.each(lines)('%j', (change, line) => {
    expect(progressLine({ ...step, ...change }, 'en-US').replaceAll('\u00a0', ' ')).toBe(line);
  });
});
