import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

/**
 * `npm run differential -- --queries 200000 --seed 1`: generated questions of generated collections, asked of every
 * backend, of the engine and of plain loops until so many have been asked. Ends with 1 where any two differ.
 */
const { values } = parseArgs({
  options: {
    queries: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '100' },
    shrink: { type: 'string', default: '3' },
  },
});

/** @param {'queries' | 'seed' | 'each' | 'shrink'} name */
function count(name) {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new RangeError(`--${name} takes a whole number, not ${values[name]}`);
}

/** @type {{ module: typeof import('../tests/differential/long-run.ts') }} */
const { module } = await runnerImport('/tests/differential/long-run.ts', { logLevel: 'error', configFile: false });
const wrong = await module.longRun({
  queries: count('queries'),
  seed: count('seed'),
  each: count('each'),
  shrunk: count('shrink'),
  print: (/** @type {string} */ line) => console.log(line),
});
process.exit(wrong === 0 ? 0 : 1);
