import { run, toolOf } from './command.mjs';
import { Lifetime } from './lifetime.mjs';
import { PREPARATION } from './preparation.mjs';
import { Steps } from './steps.mjs';

// Vite's own server needs the packages and the fixture, but no build.
const needed = PREPARATION.filter(({ name }) => name === 'install' || name === 'fixtures');
const steps = new Steps(needed.length);
const lifetime = new Lifetime();
for (const { name, work } of needed) await steps.run(name, () => work(steps.log));
await run(process.execPath, [toolOf('vite'), ...process.argv.slice(2)], { shown: 'vite' });
await lifetime.end();
