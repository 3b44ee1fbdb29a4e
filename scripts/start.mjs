// Only this file and the next one are read by a Node that is too old: everything else is imported after the check.
import { nodeComplaint } from './node-version.mjs';

const complaint = nodeComplaint(process.version);
if (complaint === undefined) {
  const once = process.argv.includes('--once');
  (once
    ? import('./start/once.mjs').then(({ once }) => once())
    : import('./start/served.mjs').then(({ serveBuild }) => serveBuild(process.argv.slice(2)))
  ).catch((error) => {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
} else {
  console.error(complaint);
  process.exit(1);
}
