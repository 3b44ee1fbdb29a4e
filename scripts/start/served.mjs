import { parseArgs } from 'node:util';
import { Lifetime } from '../lifetime.mjs';
import { PREPARATION } from '../preparation.mjs';
import { DIST } from '../project.mjs';
import { serve } from '../server.mjs';
import { Steps } from '../steps.mjs';
import { bootLog } from './boot-log.mjs';

/** First port that is tried. */
const PORT = 4173;

/**
 * `npm start`: prepares the build, serves it until a signal comes, and ends in its URL.
 * @param {string[]} args `--port 8080`, `--host 0.0.0.0`, `--requests` (prints a line for each)
 */
export async function serveBuild(args) {
  const { values } = parseArgs({
    args,
    options: { port: { type: 'string' }, host: { type: 'string' }, requests: { type: 'boolean' } },
  });
  const port = Number(values.port ?? process.env.PORT ?? PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(
      `port: a number from 0 to 65535 was expected, found ${values.port ?? process.env.PORT}. Pass one: npm start -- --port ${PORT}`,
    );
  }
  const lifetime = new Lifetime({ exit: () => process.exit(0) });
  const steps = new Steps(PREPARATION.length + 1);
  for (const { name, work } of PREPARATION) await steps.run(name, () => work(steps.log));
  const server = await steps.run(
    'serve',
    () =>
      serve({ root: DIST, port, ...(values.host && { host: values.host }), log: requestLog(steps, values.requests) }),
    () => 'dist/',
  );
  lifetime.add(server, ({ close }) => close());
  console.log(`\n${(await bootLog(DIST)).join('\n')}\n\nStop with Ctrl-C. Open:\n${server.url}`);
}

/**
 * The server tells of requests and of a busy port; the latter is always worth a line.
 * @param {Steps} steps
 * @param {boolean | undefined} requests
 */
function requestLog(steps, requests) {
  return (/** @type {string} */ line) => {
    if (requests || line.startsWith('port ')) steps.log(line);
  };
}
