import type { CoframeGlobal, Session } from '../runtime/api.ts';
import { open } from '../runtime/client.ts';
import { ProgressRecord } from './shell/progress-record.ts';

declare global {
  // `globalThis` takes its members from `var` alone.
  var coframe: CoframeGlobal;
}

const DEMO = 'fixtures/retail/installation.coframe/installation.yaml';

/** The installation that the page shows: the one its address names, else the demo beside it. */
function installationUrl(): string {
  const named = new URLSearchParams(location.search).get('installation');
  return new URL(named ?? DEMO, document.baseURI).href;
}

/** Says in the static page that it cannot go on by itself. */
function sayMissing(): void {
  const ground = document.getElementById('ground');
  const line = document.createElement('p');
  line.className = 'frame-ground';
  line.setAttribute('role', 'alert');
  line.dataset.testid = 'update-notice';
  const reload = document.createElement('button');
  reload.textContent = 'Reload';
  reload.addEventListener('click', () => location.reload());
  line.append('A part of this page could not be loaded, perhaps because it was updated. Your text stays. ', reload);
  ground?.append(line);
  document.documentElement.dataset.stuck = '';
}

/** Opens the session at once, and draws the page while that goes on. */
function start(): void {
  const root = document.getElementById('coframe');
  const box = document.querySelector<HTMLTextAreaElement>('#question');
  if (root === null || box === null) throw new Error('page: index.html has no #coframe with a #question in it');
  const record = new ProgressRecord();
  const opening: Promise<Session> = open({
    installation: installationUrl(),
    warmUp: 'background',
    onProgress: record.add,
  });
  const global: CoframeGlobal = {
    open,
    query: async (text) => (global.session ?? (await opening)).query(text),
  };
  globalThis.coframe = global;
  opening
    .then(async (session) => {
      await session.warm;
      global.session = session;
    })
    // The page itself tells why there is no session.
    .catch(() => undefined);
  import('./shell/app.tsx').then(({ startPage }) => startPage({ root, box, opening, record })).catch(sayMissing);
}

start();
