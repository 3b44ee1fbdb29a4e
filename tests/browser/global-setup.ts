import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../scripts/browser.mjs';
import { PREPARATION } from '../../scripts/preparation.mjs';
import { DIST } from '../../scripts/project.mjs';
import { serve } from '../../scripts/server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the production build, ending in a slash. */
    readonly baseUrl: string;
    /** Launch options of the browser that was found. */
    readonly browser: {
      readonly executablePath: string;
      readonly args: readonly string[];
      readonly headless: true;
    };
  }
}

/** Makes what is missing, as `npm start` does, and serves the production build while the suite runs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = (line: string) => console.log(line);
  for (const { name, work } of PREPARATION) if (name !== 'install') await work(log);
  const { executablePath, args, headless } = await findBrowser({ log });
  const server = await serve({ root: DIST });
  project.provide('baseUrl', server.url);
  project.provide('browser', { executablePath, args, headless });
  return server.close;
}
