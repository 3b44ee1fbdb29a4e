import { CHECKS } from './checks.mjs';
import { Steps } from './steps.mjs';

const steps = new Steps(CHECKS.length);
for (const { name, run } of CHECKS) {
  const { ok, text } = await steps.run(name, run, (result) => (result.ok ? result.text : 'failed'));
  if (ok) continue;
  console.error(`\n${text}\n`);
  process.exitCode = 1;
}
