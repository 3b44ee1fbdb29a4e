import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../browser.mjs';
import { secondsText } from '../figures.mjs';
import { Lifetime } from '../lifetime.mjs';
import { PREPARATION } from '../preparation.mjs';
import { DIST, PROJECT } from '../project.mjs';
import { serve } from '../server.mjs';
import { Steps } from '../steps.mjs';

/**
 * `npm start -- --once`: prepares the build, opens it in a headless browser with a fresh profile, walks through it, and
 * exits with 0 only when every answer is right.
 */
export async function once() {
  const lifetime = new Lifetime();
  try {
    const steps = new Steps(PREPARATION.length + 2);
    for (const { name, work } of PREPARATION) await steps.run(name, () => work(steps.log));
    const { version, ...launch } = await steps.run(
      'browser',
      () => findBrowser({ log: steps.log }),
      (browser) => browser.version,
    );
    const [{ chromium }, { readReference }, { walkthrough }] = await Promise.all([
      import('playwright-core'),
      import('../walkthrough/reference.mjs'),
      import('../walkthrough.mjs'),
    ]);

    const server = lifetime.add(await serve({ root: DIST }), ({ close }) => close());
    const profile = lifetime.add(await mkdtemp(join(tmpdir(), 'coframe-')), (folder) =>
      rm(folder, { recursive: true, force: true, maxRetries: 5 }),
    );
    const context = lifetime.add(
      // Signals are ours to handle: the server has to stop as well.
      await chromium.launchPersistentContext(profile, {
        ...launch,
        handleSIGHUP: false,
        handleSIGINT: false,
        handleSIGTERM: false,
      }),
      (opened) => opened.close(),
    );
    const page = context.pages()[0] ?? (await context.newPage());

    const started = performance.now();
    const { passed, failed } = await steps.run(
      'walkthrough',
      async () => {
        const reference = await readReference(join(PROJECT, 'public', 'fixtures', 'retail'));
        return walkthrough(page, { url: server.url, reference, log: steps.log });
      },
      (result) => `${result.passed} checks passed, ${result.failed} failed`,
    );
    process.exitCode = failed === 0 ? 0 : 1;
    console.log(
      failed === 0
        ? `\nThe walkthrough is right: ${passed} checks in ${secondsText(performance.now() - started)}, ${version}.`
        : `\nThe walkthrough is wrong: ${failed} of ${passed + failed} checks failed.`,
    );
  } finally {
    await lifetime.end();
  }
}
