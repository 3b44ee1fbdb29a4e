import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run freshness -- --replacements 5000 --seed 7`: sources replaced under their names so many times, shared out among
 * servers of four kinds; every answer is held against plain loops. Ends with 1 where one is wrong and does not say so.
 */
const { values } = parseArgs({
  options: {
    replacements: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '7' },
  },
});

const test = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'tests/unit/runtime/freshness.test.ts'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      COFRAME_REPLACEMENTS: String(Math.ceil(Number(values.replacements) / 4)),
      COFRAME_SEED: values.seed,
    },
  },
);
test.on('exit', (code) => process.exit(code ?? 1));
