import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../scripts/browser.mjs';
import { bytesText, countText } from '../scripts/figures.mjs';
import { Lifetime } from '../scripts/lifetime.mjs';
import { PREPARATION } from '../scripts/preparation.mjs';
import { DIST } from '../scripts/project.mjs';
import { serve } from '../scripts/server.mjs';
import { Steps } from '../scripts/steps.mjs';

/**
 * `npm run bench`: what Coframe takes beside raw DuckDB-WASM, in one run in headless Chromium. Fails when an answer
 * differs or a part of the first paint has grown, never for a time.
 *
 * `--quick` times a tenth as often; `--only hits,stored,roll-ups,returns,misses,visits` measures those parts;
 * `--baseline` stores the sizes of the first paint.
 */
async function bench() {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, only: { type: 'string' }, baseline: { type: 'boolean' } },
  });
  const lifetime = new Lifetime();
  try {
    const steps = new Steps(PREPARATION.length + 6);
    for (const { name, work } of PREPARATION) await steps.run(name, () => work(steps.log));
    const { version, ...launch } = await steps.run(
      'browser',
      () => findBrowser({ log: steps.log }),
      (browser) => browser.version,
    );
    // Not at the top: what they need may have had to be installed first.
    const [{ makeSite }, { firstPaint, grown, storeBaseline }, { measure, measureVisits }, report, { Transfers }] =
      await Promise.all([
        import('./site.mjs'),
        import('./first-paint.mjs'),
        import('./measurements.mjs'),
        import('./report.mjs'),
        import('./transfer.mjs'),
      ]);
    const site = lifetime.add(await mkdtemp(join(tmpdir(), 'coframe-site-')), (folder) =>
      rm(folder, { recursive: true, force: true }),
    );
    await steps.run('site', () => makeSite(site));
    const parts = await steps.run(
      'first paint',
      () => firstPaint(DIST),
      (found) => bytesText(found.reduce((sum, { bytes }) => sum + bytes, 0)),
    );
    const transfers = new Transfers();
    const server = lifetime.add(await serve({ root: site, log: transfers.record }), ({ close }) => close());
    const options = { launch, url: server.url, transfers, lifetime, quick: values.quick ?? false, only: values.only };
    const visits = await steps.run('first visits', () => measureVisits(options));
    const rows = await steps.run('paths', () => measure({ ...options, log: steps.log }));
    if (values.baseline) await storeBaseline(parts);

    const [processor] = cpus();
    const [load = 0] = loadavg();
    console.log(
      `\n${version.replace(/ built on.*/, '')}, headless; ${cpus().length} × ${processor?.model.trim()}, load ${load.toFixed(1)}`,
    );
    console.log(
      `Retail: ${countText(523_023)} transactions. Milliseconds: median [quartiles] ≥ fastest, and the slowest hundredth.\n`,
    );
    for (const line of report.pathLines(rows)) console.log(line);
    console.log('');
    for (const line of report.visitLines(visits)) console.log(line);
    console.log('');
    for (const line of report.firstPaintLines(parts)) console.log(line);

    const unequal = rows.filter((row) => report.hashesOf(row).length > 1);
    const larger = values.baseline ? [] : grown(parts);
    for (const { path } of unequal) console.log(`\n✗ ${path}: the answers differ`);
    for (const { name } of larger) {
      console.log(
        `\n✗ ${name}: grown by more than a tenth. Make it smaller, or store what it is now with npm run bench -- --baseline`,
      );
    }
    process.exitCode = unequal.length + larger.length === 0 ? 0 : 1;
    if (process.exitCode === 0) console.log(`\nEvery answer agrees: ${rows.length} paths.`);
  } finally {
    await lifetime.end();
  }
}

await bench();
