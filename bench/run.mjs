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

/** What may be measured. */
const PARTS = [
  'visits',
  'planning',
  'profile',
  'hits',
  'stored',
  'roll-ups',
  'misses',
  'returns',
  'backends',
  'flights',
  'cross-checks',
  'eviction',
];

/**
 * `npm run bench`: what Coframe takes beside raw DuckDB-WASM, and each backend beside its library used by itself, in one
 * run in headless Chromium. Fails when an answer differs or a part of the first paint has grown, never for a time.
 *
 * Parts to measure may be named: planning, profile, hits, stored, roll-ups, returns, misses, visits, backends, flights,
 * cross-checks, eviction.
 * `--quick` times a tenth as often; `--baseline` stores the sizes of the first paint.
 */
async function bench() {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean' }, baseline: { type: 'boolean' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0)
    throw new RangeError(`bench: no part ${unknown.join(', ')}; the parts are ${PARTS.join(', ')}`);
  const wanted = new Set(positionals.length === 0 ? PARTS : positionals);
  const lifetime = new Lifetime();
  try {
    const steps = new Steps(PREPARATION.length + 10);
    for (const { name, work } of PREPARATION) await steps.run(name, () => work(steps.log));
    const { version, ...launch } = await steps.run(
      'browser',
      () => findBrowser({ log: steps.log }),
      (browser) => browser.version,
    );
    // Not at the top: what they need may have had to be installed first.
    const [
      { makeSite },
      { firstPaint, grown, storeBaseline },
      { measure, measureVisits, PATHS },
      { measureBackends, measureCrossChecks },
      { measureFlights },
      { measureEviction, evictionLines },
      report,
      { Transfers },
    ] = await Promise.all([
      import('./site.mjs'),
      import('./first-paint.mjs'),
      import('./measurements.mjs'),
      import('./backends.mjs'),
      import('./flights.mjs'),
      import('./eviction.mjs'),
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
    const options = { launch, url: server.url, transfers, lifetime, quick: values.quick ?? false, wanted };
    /** @type {<T>(name: string, parts: readonly string[], work: () => Promise<T>) => Promise<T | undefined>} */
    const part = (name, parts, work) =>
      steps.run(
        name,
        () => (parts.some((each) => wanted.has(each)) ? work() : undefined),
        (result) => (result === undefined ? 'not wanted' : ''),
      );
    const visits = (await part('first visits', ['visits'], () => measureVisits(options))) ?? [];
    const measured = await part('paths', PATHS, () => measure({ ...options, log: steps.log }));
    const { rows: paths, plans } = measured ?? { rows: [], plans: [] };
    const backends = await part('backends', ['backends'], () => measureBackends({ ...options, log: steps.log }));
    const flights = (await part('flights', ['flights'], () => measureFlights({ ...options, log: steps.log }))) ?? [];
    const checks = await part('cross-checks', ['cross-checks'], () => measureCrossChecks(options));
    const eviction = await part('eviction', ['eviction'], () => measureEviction({ ...options, log: steps.log }));
    if (values.baseline) await storeBaseline(parts);

    const [processor] = cpus();
    const [load = 0] = loadavg();
    console.log(
      `\n${version.replace(/ built on.*/, '')}, headless; ${cpus().length} × ${processor?.model.trim()}, load ${load.toFixed(1)}`,
    );
    console.log(
      `Retail: ${countText(523_023)} transactions. Milliseconds: median [quartiles] ≥ fastest, and the slowest hundredth.\n`,
    );
    const tables = [
      report.pathLines(paths, 'raw DuckDB-WASM'),
      report.planLines(plans),
      report.visitLines(visits),
      report.pathLines(backends?.rows ?? [], 'the library by itself'),
      report.heldLines(backends?.held ?? []),
      report.flightLines(flights),
      report.checkLines(checks),
      evictionLines(eviction?.rows ?? []),
      report.firstPaintLines(parts),
    ];
    for (const lines of tables) if (lines.length > 0) console.log([...lines, ''].join('\n'));

    const rows = [...paths, ...(backends?.rows ?? [])];
    const unequal = rows.filter((row) => report.hashesOf(row).length > 1);
    const larger = values.baseline ? [] : grown(parts);
    const flightsUnequal = report.unequalFlights(flights);
    const evictionUnequal = eviction?.unequal ?? [];
    for (const path of [
      ...unequal.map((row) => row.path),
      ...flightsUnequal.map((anchor) => `flights at ${anchor}`),
      ...evictionUnequal.map((workload) => `the workload of ${workload}`),
    ])
      console.log(`\n✗ ${path}: the answers differ`);
    for (const { name } of larger) {
      console.log(
        `\n✗ ${name}: grown by more than a tenth. Make it smaller, or store what it is now with npm run bench -- --baseline`,
      );
    }
    process.exitCode = unequal.length + flightsUnequal.length + evictionUnequal.length + larger.length === 0 ? 0 : 1;
    if (process.exitCode === 0)
      console.log(`\nEvery answer agrees: ${rows.length + flights.length + (eviction?.rows.length ?? 0)} paths.`);
  } finally {
    await lifetime.end();
  }
}

await bench();
