import { findBrowser } from '../browser.mjs';
import { CHECKS } from '../checks.mjs';
import { Lifetime } from '../lifetime.mjs';
import { PREPARATION } from '../preparation.mjs';
import { Steps } from '../steps.mjs';
import { runSuite } from './suite.mjs';

/** Suites of vitest.config.ts, in the order in which they run. */
const SUITES = ['unit', 'differential', 'browser'];

/**
 * `npm test`: prepares everything, runs every check and every suite, and ends in `N passed, N failed`. A step of the
 * preparation that fails counts as one failure and leaves the rest to run, except for a failed installation.
 * @throws when the installation fails
 */
export async function runTests() {
  const lifetime = new Lifetime();
  const steps = new Steps(PREPARATION.length + 1 + CHECKS.length + SUITES.length);
  const total = { passed: 0, failed: 0 };

  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  const preparation = [
    ...PREPARATION,
    {
      name: 'browser',
      work: async (/** @type {(line: string) => void} */ log) => {
        const { executablePath, version } = await findBrowser({ log });
        env.CHROMIUM_PATH = executablePath;
        return version;
      },
    },
  ];
  for (const { name, work } of preparation) {
    try {
      await steps.run(name, () => work(steps.log));
    } catch (error) {
      if (name === 'install') throw error;
      console.error(`\n${error instanceof Error ? error.message : error}\n`);
      total.failed += 1;
    }
  }

  for (const { name, run } of CHECKS) {
    const { ok, text } = await steps.run(name, run, (result) => (result.ok ? result.text : 'failed'));
    total[ok ? 'passed' : 'failed'] += 1;
    if (!ok) console.error(`\n${text}\n`);
  }

  for (const suite of SUITES) {
    const { passed, failed } = await steps.run(
      `${suite} tests`,
      () => {
        steps.break();
        return runSuite(suite, env);
      },
      (result) => `${result.passed} passed, ${result.failed} failed`,
    );
    total.passed += passed;
    total.failed += failed;
  }

  await lifetime.end();
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}
