import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {(line: string) => void} [log] receives the command line before it runs
 * @property {string} [shown] the command line as a person would type it; default: the true one
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {boolean} [quiet] keeps back what the command prints
 */

/**
 * Runs a command to its end in the project's folder, without a shell and without standard input. It ends with this
 * process, should this process end first.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is empty unless `quiet`; a signal counts as code 1
 * @throws when the command cannot be started
 */
export function attempt(file, args, { log, shown, env, quiet = false } = {}) {
  log?.(`$ ${shown ?? [file, ...args].join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: PROJECT,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const stop = () => void child.kill();
    process.once('exit', stop);
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', stop);
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() });
    });
  });
}

/**
 * Like `attempt`, for a command that has to succeed.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} what it printed, when `quiet`
 * @throws when it exits with anything but 0, with what it printed
 */
export async function run(file, args, options = {}) {
  const { code, output } = await attempt(file, args, options);
  if (code === 0) return output;
  const line = options.shown ?? [file, ...args].join(' ');
  throw new Error(`${line} ended with code ${code}${output === '' ? '' : `:\n${output.trimEnd()}`}`);
}

/**
 * The command line tool of an installed package, as arguments for this Node: works on every system, without a shell.
 * @param {string} name the package
 * @param {string} [tool] the tool, where it is not called like the package
 * @returns {string} path of its script
 * @throws when the package is not installed
 */
export function toolOf(name, tool = name) {
  const folder = join(PROJECT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin?.[tool];
  if (typeof script !== 'string') throw new Error(`package ${name} has no command ${tool}; reinstall with npm ci`);
  return join(folder, script);
}
