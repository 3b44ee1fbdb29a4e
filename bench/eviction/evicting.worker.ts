import { expose } from 'comlink';
import { toEvict } from '../../src/engine/budget.ts';
import { serveEngine } from '../../src/runtime/serve-engine.ts';
import { leastRecentlyUsed } from './least-recently-used.ts';

// Whoever starts the worker names its policy.
expose(serveEngine({ policy: self.name === 'least recently used' ? leastRecentlyUsed : toEvict }));
