import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { compress } from './compress.mjs';
import { bytesText, countText } from './figures.mjs';
import { install } from './install.mjs';
import { CACHE, DIST } from './project.mjs';

/**
 * What has to be there before the build can be served, in order: each is done only when it is missing or its inputs
 * changed, and answers with a text that says what was done.
 * @type {readonly { name: string, work: (log: (line: string) => void) => Promise<string> }[]}
 */
export const PREPARATION = [
  { name: 'install', work: (log) => install({ log }) },
  { name: 'fixtures', work: fixtures },
  { name: 'build', work: (log) => bundle({ log }) },
  { name: 'compress', work: () => compress({ root: DIST, cache: join(CACHE, 'compressed') }) },
];

/**
 * Makes the fixtures that are missing.
 * @param {(line: string) => void} log
 */
export async function fixtures(log) {
  // Not at the top: the generator needs packages that `install` may have to bring first.
  const { makeFixtures } = await import('./fixtures.mjs');
  const results = await makeFixtures({ log });
  return results
    .map(({ name, rows, bytes, made }) => {
      return `${name} ${countText(rows)} rows, ${bytesText(bytes)}${made ? '' : ', unchanged'}`;
    })
    .join('; ');
}
