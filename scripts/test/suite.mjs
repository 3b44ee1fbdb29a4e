import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, toolOf } from '../command.mjs';

/**
 * The fields of vitest's JSON report that are counted.
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests skipped
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one for each file
 */

/**
 * Runs one suite with vitest, which prints for people meanwhile.
 * @param {string} name of a project in vitest.config.ts
 * @param {NodeJS.ProcessEnv} env added to the environment
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSuite(name, env) {
  const folder = await mkdtemp(join(tmpdir(), 'coframe-test-'));
  try {
    const file = join(folder, 'report.json');
    const { code } = await attempt(
      process.execPath,
      [
        toolOf('vitest'),
        'run',
        `--project=${name}`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      { env },
    );
    return countOf(await readFile(file, 'utf8').then(JSON.parse, () => undefined), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Counts a report so that nothing is lost: a skipped test has not passed, a file that broke before its first test is one
 * failure, and so is a suite that crashed, ran no test, or ended badly for a reason outside its tests.
 * @param {Report | undefined} report undefined when there is none
 * @param {number} code exit code of the run
 * @returns {{ passed: number, failed: number }}
 */
export function countOf(report, code) {
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + broken;
  return failed === 0 && (passed === 0 || code !== 0) ? { passed, failed: 1 } : { passed, failed };
}
