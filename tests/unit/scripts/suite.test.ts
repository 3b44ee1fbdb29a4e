import { describe, expect, it } from 'vitest';
import { countOf } from '../../../scripts/test/suite.mjs';

const NONE = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const BROKEN_FILE = { status: 'failed', assertionResults: [] };
const FAILED_FILE = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };

describe('countOf', () => {
  it.each([
    ['all passed', { ...NONE, numPassedTests: 7 }, 0, { passed: 7, failed: 0 }],
    [
      'one failed',
      { ...NONE, numPassedTests: 6, numFailedTests: 1, testResults: [FAILED_FILE] },
      1,
      { passed: 6, failed: 1 },
    ],
    ['a file broke', { ...NONE, numPassedTests: 6, testResults: [BROKEN_FILE] }, 1, { passed: 6, failed: 1 }],
    [
      'skipped and to be done',
      { ...NONE, numPassedTests: 5, numPendingTests: 1, numTodoTests: 1 },
      0,
      { passed: 5, failed: 2 },
    ],
    ['no test at all', NONE, 0, { passed: 0, failed: 1 }],
    ['an error outside the tests', { ...NONE, numPassedTests: 7 }, 1, { passed: 7, failed: 1 }],
    ['no report', undefined, 139, { passed: 0, failed: 1 }],
  ])('%s', (_, report, code, expected) => {
    expect(countOf(report, code)).toEqual(expected);
  });
});
