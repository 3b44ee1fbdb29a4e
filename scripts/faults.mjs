import { attempt, toolOf } from './command.mjs';

/**
 * `npm run faults -- -t browser`: on the production build, every storage operation of a visit fails, never answers, or is
 * the last thing that a worker, a tab or a browser does. What follows `--` goes to vitest: `-t` chooses tests by their
 * titles. Ends with 1 where a number is wrong, an answer does not come, or anything broken is left.
 */
const { code } = await attempt(process.execPath, [
  toolOf('vitest'),
  'run',
  '--project=faults',
  // What each loop has gone through is printed as it goes.
  '--reporter=verbose',
  '--disable-console-intercept',
  ...process.argv.slice(2),
]);
process.exit(code);
