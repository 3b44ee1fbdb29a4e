import type { BrowserContext, Page } from 'playwright-core';
import { openSession, type PlainOpenOptions, type SessionHandle } from '../support/session.ts';

/** A tab with nothing in it but a session. */
export interface SessionTab {
  readonly page: Page;
  readonly session: SessionHandle;
}

/** Opens a tab of the build's origin and a session in it, by the package entry. */
export async function openTab(context: BrowserContext, url: string, options: PlainOpenOptions): Promise<SessionTab> {
  const page = await context.newPage();
  const entry = new URL('coframe.js', url).href;
  // Any document of the origin does; this one starts nothing by itself.
  await page.goto(entry);
  await page.addScriptTag({
    type: 'module',
    content: `import { open } from ${JSON.stringify(entry)}; globalThis.coframe = { open };`,
  });
  await page.waitForFunction(() => globalThis.coframe !== undefined);
  return { page, session: await openSession(page, options) };
}

/** What became of one atom of an answer. */
export interface AskedAtom {
  readonly key: string;
  readonly path: 'exact' | 'rollup' | 'backend';
}

/** Asks a tab many questions, several at a time; answers with their rows and how each atom came. */
export function askMany(session: SessionHandle, texts: readonly string[], atOnce: number) {
  return session.evaluate(
    async (each, [texts, atOnce]) => {
      const answers: { rows: readonly (readonly unknown[])[]; atoms: AskedAtom[]; refusal: string | null }[] = [];
      let next = 0;
      const lane = async () => {
        for (;;) {
          const i = next++;
          const text = texts[i];
          if (text === undefined) return;
          const answer = await each.query(text);
          answers[i] =
            'rows' in answer
              ? {
                  rows: answer.rows,
                  atoms: answer.provenance.series.flatMap(({ atoms }) => atoms.map(({ key, path }) => ({ key, path }))),
                  refusal: null,
                }
              : { rows: [], atoms: [], refusal: JSON.stringify(answer) };
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      return answers;
    },
    [texts, atOnce] as const,
  );
}

/** Path → length and SHA-256 of every file that an installation has stored, by paths below its data folder. */
export function storedFiles(page: Page, installation: string, collection: string) {
  return page.evaluate(
    async ([installation, collection]) => {
      const found: { path: string; bytes: number; checksum: string }[] = [];
      const visit = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
        for await (const [name, handle] of folder.entries()) {
          const below = `${path}/${name}`;
          if (handle instanceof FileSystemDirectoryHandle) await visit(handle, below);
          else if (handle instanceof FileSystemFileHandle) {
            const bytes = await (await handle.getFile()).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
            const checksum = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
            found.push({ path: below.slice(1), bytes: bytes.byteLength, checksum });
          }
        }
      };
      let folder = await navigator.storage.getDirectory();
      for (const name of [installation, '.coframe', 'metric_engine', collection])
        folder = await folder.getDirectoryHandle(name);
      await visit(folder, '');
      return found;
    },
    [installation, collection] as const,
  );
}
