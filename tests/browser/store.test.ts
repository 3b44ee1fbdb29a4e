import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicyOf } from '../../scripts/content-security-policy.mjs';
import { PROJECT } from '../../scripts/project.mjs';
import { serve } from '../../scripts/server.mjs';
import { contractOf } from '../support/store-contract.ts';
import type { StoreTab } from './store/store-tab.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';

/** A name of this machine that browsers do not take for a secure origin. */
const INSECURE_HOST = 'insecure.test';

const HTML =
  '<!doctype html><title>store</title><link rel="icon" href="data:,"><script type="module" src="./page.js"></script>';

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let browser: TestBrowser;
let fresh: FreshPage;
let collections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coframe-store-'));
  const entry = (name: string): string => join(PROJECT, `tests/browser/store/${name}.ts`);
  await build({
    configFile: false,
    root: PROJECT,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      lib: { entry: { page: entry('page'), worker: entry('worker') }, formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  });
  await writeFile(join(folder, 'index.html'), HTML);
  await writeFile(
    join(folder, 'sandbox.html'),
    `<!doctype html><title>sandbox</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="./index.html"></iframe>`,
  );
  server = await serve({
    root: folder,
    cors: true,
    headers: { 'Content-Security-Policy': contentSecurityPolicyOf(HTML) },
  });
  browser = await TestBrowser.launch({
    args: [`--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
  });
  fresh = await browser.freshPage({ url: server.url });
  await fresh.page.goto(server.url);
});

afterAll(async () => {
  await fresh?.close();
  await browser?.close();
  await server?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** Calls the tab that a page is. */
function call<Name extends keyof StoreTab>(
  page: Page | Frame,
  name: Name,
  ...args: Parameters<StoreTab[Name]>
): Promise<Awaited<ReturnType<StoreTab[Name]>>> {
  return page.evaluate(({ name, args }) => Reflect.get(globalThis, 'tab')[name](...args), {
    name,
    args: args as unknown[],
  });
}

function nextCollection(): string {
  collections += 1;
  return `case-${collections}`;
}

describe.each(['opfs', 'indexeddb', 'memory'] as const)('%s store', (kind) => {
  test.each(contractOf(kind).map(({ name }) => name))('%s', async (name) => {
    await call(fresh.page, 'runCase', kind, name, nextCollection());
    expect(fresh.errors).toEqual([]);
  });
});
