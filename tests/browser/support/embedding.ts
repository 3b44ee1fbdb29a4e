import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../scripts/server.mjs';

/** How a page of one origin takes in the package from another one. */
export type Embedding = 'import' | 'blob' | 'data' | 'sandbox' | 'no assets' | 'wrong assets';

/** A site that has nothing of the build: its pages embed it from where it is served. */
export interface EmbeddingSite {
  /** Address of the page; its `globalThis.embed()` opens the retail installation. */
  pageOf(embedding: Embedding): string;
  close(): Promise<void>;
}

/**
 * Serves pages that embed the build.
 * @param build address of the build, ending in a slash
 * @param headers added to every response, for example a content security policy
 */
export async function serveEmbedding(build: string, headers: Record<string, string> = {}): Promise<EmbeddingSite> {
  const root = await mkdtemp(join(tmpdir(), 'coframe-embedding-'));
  for (const [embedding, script] of Object.entries(scriptsOf(build))) {
    await writeFile(join(root, `${embedding}.js`), script);
    await writeFile(
      join(root, `${embedding}.html`),
      documentOf(`<script type="module" src="./${embedding}.js"></script>`),
    );
  }
  // A sandboxed frame has no origin, so that even its own site has to allow it to read.
  await writeFile(
    join(root, 'sandbox.html'),
    documentOf('<iframe sandbox="allow-scripts" src="./import.html"></iframe>'),
  );
  const server = await serve({ root, cors: true, headers });
  return {
    pageOf: (embedding) => new URL(`${encodeURIComponent(embedding)}.html`, server.url).href,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function documentOf(body: string): string {
  return `<!doctype html><title>embedding</title><link rel="icon" href="data:,">${body}`;
}

/** What each page runs; the addresses in it are absolute, as they are on somebody else's site. */
function scriptsOf(build: string): Record<Exclude<Embedding, 'sandbox'>, string> {
  const entry = JSON.stringify(`${build}coframe.js`);
  const installation = JSON.stringify(`${build}fixtures/retail/installation.coframe/installation.yaml`);
  const assets = JSON.stringify(build);
  const text = `const text = await (await fetch(${entry})).text();`;
  const blob = `const { open } = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));`;
  return {
    import: `import { open } from ${entry};
globalThis.embed = () => open({ installation: ${installation}, warmUp: 'off' });`,
    'wrong assets': `import { open } from ${entry};
globalThis.embed = () => open({ installation: ${installation}, assets: ${JSON.stringify(`${build}gone/`)}, warmUp: 'off' });`,
    blob: `${text}
${blob}
globalThis.embed = () => open({ installation: ${installation}, assets: ${assets}, warmUp: 'off' });`,
    data: `${text}
const { open } = await import('data:text/javascript,' + encodeURIComponent(text));
globalThis.embed = () => open({ installation: ${installation}, assets: ${assets}, warmUp: 'off' });`,
    'no assets': `${text}
${blob}
globalThis.embed = () => open({ installation: ${installation}, warmUp: 'off' });`,
  };
}
