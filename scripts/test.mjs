// Only this file and the next one are read by a Node that is too old: everything else is imported after the check.
import { nodeComplaint } from './node-version.mjs';

const complaint = nodeComplaint(process.version);
if (complaint === undefined) {
  import('./test/run.mjs')
    .then(({ runTests }) => runTests())
    .catch((error) => {
      console.error(`\n${error instanceof Error ? error.message : error}\n\n0 passed, 1 failed`);
      process.exit(1);
    });
} else {
  console.error(complaint);
  process.exit(1);
}
