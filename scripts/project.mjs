import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever the command was started from. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The static build. */
export const DIST = join(PROJECT, 'dist');

/** What can be made again but takes time: compressed files by content hash. Not under version control. */
export const CACHE = join(PROJECT, '.cache');
