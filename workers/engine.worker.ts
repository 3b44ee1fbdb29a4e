import * as Comlink from 'comlink';
import { serveEngine } from '../src/runtime/serve-engine.ts';

Comlink.expose(serveEngine());
