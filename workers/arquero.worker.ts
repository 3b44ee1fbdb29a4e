import { expose } from 'comlink';
import { ArqueroBackend } from '../src/backends/arquero/backend.ts';
import { backendFactory } from '../src/backends/remote-backend.ts';

/** What this worker hands out: Arquero in this very worker. */
expose(backendFactory(() => ArqueroBackend.start({ now: () => performance.now() })));
