import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

/**
 * `npm run fuzz -- --inputs 1000000 --seed 1`: texts from the grammar, texts that people write with changes, and
 * anything else, on parser, printer, canonical form and layout. Ends with 1 where a law breaks.
 */
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});

/** @param {'inputs' | 'seed'} name */
function count(name) {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new RangeError(`--${name} takes a whole number, not ${values[name]}`);
}

/** @type {{ module: typeof import('../tests/unit/frameql/fuzz-run.ts') }} */
const { module } = await runnerImport('/tests/unit/frameql/fuzz-run.ts', { logLevel: 'error', configFile: false });
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
const run = module.fuzzRun(count('seed'), count('inputs'), (done) => console.log(`${done} inputs in ${seconds()}`));
for (const { index, text, wrong } of run.failures)
  console.log(`input ${index}: ${wrong.join('; ')}\n  ${JSON.stringify(text)}`);
console.log(
  `${run.inputs} inputs of seed ${values.seed} in ${seconds()}: ${run.failed} failed, ${run.accepted} accepted ` +
    `(${run.grammatical} from the grammar), at most ${run.steps.toFixed(1)} steps a character`,
);
process.exit(run.failed === 0 ? 0 : 1);
