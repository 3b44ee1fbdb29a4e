import { expose } from 'comlink';
import { serveEngine } from '../src/runtime/serve-engine.ts';

// The engine without its memory tier: every entry is read from its file.
expose(serveEngine({ memoryBytes: 0 }));
