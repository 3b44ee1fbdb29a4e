import { PREPARATION } from './preparation.mjs';
import { Steps } from './steps.mjs';

// Everything that `npm start` does before it serves; what is there already is kept.
const steps = new Steps(PREPARATION.length);
for (const { name, work } of PREPARATION) await steps.run(name, () => work(steps.log));
