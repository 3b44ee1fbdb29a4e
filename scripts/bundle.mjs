import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, toolOf } from './command.mjs';
import { contentSecurityPolicyOf } from './content-security-policy.mjs';
import { digestOf } from './digest.mjs';
import { DIST, PROJECT } from './project.mjs';

/** Everything that the build reads. */
const INPUTS = [
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'scripts/bundle.mjs',
  'src',
  'tsconfig.json',
  'vite.config.ts',
  'workers',
];

/** Inside the build, so that it goes when the build goes. */
const STAMP = join(DIST, '.build.json');

/**
 * Builds the page and then the package entry into `dist`, unless they were built from exactly these inputs.
 * @param {{ log: (line: string) => void, force?: boolean }} options
 * @returns {Promise<string>} what was done
 * @throws when the build fails, with what it printed
 */
export async function bundle({ log, force = false }) {
  const inputs = await digestOf(PROJECT, INPUTS);
  if (!force && (await stamped()) === inputs) return 'unchanged';
  const vite = toolOf('vite');
  const quiet = ['--logLevel', 'warn'];
  // The page comes first: its build empties the folder.
  await run(process.execPath, [vite, 'build', ...quiet], { shown: 'vite build', quiet: true });
  await run(process.execPath, [vite, 'build', '--mode', 'package', ...quiet], {
    shown: 'vite build --mode package',
    quiet: true,
  });
  log(`Content-Security-Policy: ${contentSecurityPolicyOf(await readFile(join(DIST, 'index.html'), 'utf8'))}`);
  await writeFile(STAMP, `${JSON.stringify({ inputs })}\n`);
  return `dist/, inputs ${inputs.slice(0, 12)}`;
}

/** @returns {Promise<string | undefined>} the digest of the inputs that `dist` was built from */
async function stamped() {
  try {
    return JSON.parse(await readFile(STAMP, 'utf8')).inputs;
  } catch {
    return undefined;
  }
}
