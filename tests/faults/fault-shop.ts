import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { OpenOptions, Session } from '../../src/runtime/api.ts';
import { FragileHost } from '../browser/bad-input/fragile-host.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../support/shop.ts';
import { Site } from '../support/site.ts';
import { type FaultPlan, HALT_PATH, storageFaults } from './storage-operations.ts';

/** The questions of every visit, and the numbers that are right, by hand. */
export const QUESTIONS = [
  // Stored by warm-up.
  {
    query: 'SELECT store, amount AT store',
    rows: [
      ['S1', 15],
      ['S2', 20],
      ['S3', 30],
    ],
  },
  {
    query: 'SELECT store, target AT store',
    rows: [
      ['S1', 100],
      ['S2', 200],
      ['S3', 300],
    ],
  },
  // Follows from what warm-up stores, by the stored map of an edge.
  {
    query: 'SELECT region, amount AT region',
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  // Follows from nothing stored.
  {
    query: 'SELECT day, amount AT day',
    rows: [
      ['2024-01-01', 30],
      ['2024-01-02', 30],
      ['2024-01-03', 5],
    ],
  },
] as const;

/** A page of somebody's own: the package, and every worker that it starts, so that a test can end one. */
const PAGE = `<!doctype html><title>faults</title><link rel="icon" href="data:,"><script type="module">
globalThis.workers = [];
const Native = Worker;
globalThis.Worker = class extends Native {
  constructor(...given) {
    super(...given);
    workers.push(this);
  }
};
const { open } = await import('/coframe.js');
globalThis.openCoframe = open;
globalThis.isReady = true;
</script>`;

/** What a visit came to. */
export interface Visited {
  readonly answers: readonly { readonly rows: unknown; readonly servedFrom: string }[];
  readonly faults: readonly { readonly kind: string; readonly count: number; readonly message: string }[];
  readonly store: string;
  readonly words: string;
  /** How many entries are listed, and how many of them could be read. */
  readonly listed: number;
  readonly readable: number;
  /** States that were computed from the sources. */
  readonly misses: number;
  /** Storage operations so far, where they are counted. */
  readonly operations: readonly string[];
}

export interface VisitOptions {
  readonly plan?: FaultPlan;
  /** Script that the engine worker begins with. */
  readonly before?: string;
  /** Default: all. */
  readonly questions?: readonly { readonly query: string }[];
  /** The session stays open for the next visit of the page, which asks it; default: it is closed. */
  readonly staysOpen?: boolean;
  /** Default: the shop's one tab. */
  readonly page?: Page;
  /** Deletes what killed tabs left behind, in the end. */
  readonly sweeps?: boolean;
}

/** How long a visit may take, milliseconds: some waits of 2 s and of 5 s lie in it, and a slow machine. */
export const PATIENCE = 60_000;

const WORKER = /engine\.worker-[^/]*\.js$/;

/** A profile on disk with a shop in it, whose visits suffer faults. */
export class FaultShop {
  readonly host: FragileHost;
  private readonly profile: string;
  private context: BrowserContext | undefined;
  private tab: Page | undefined;

  private constructor(host: FragileHost, profile: string) {
    this.host = host;
    this.profile = profile;
  }

  static async open(): Promise<FaultShop> {
    const host = await FragileHost.start(inject('baseUrl'));
    const site = new Site(`${host.url}shop/`, SHOP_FILES);
    site.put('faults.html', { body: PAGE, headers: { 'Content-Type': 'text/html' } });
    host.site = site;
    return new FaultShop(host, await mkdtemp(join(tmpdir(), 'coframe-faults-')));
  }

  /** A page of the shop's origin, with no session. */
  async page(): Promise<Page> {
    this.tab ??= await this.newPage();
    return this.tab;
  }

  /** One more tab. */
  async newPage(): Promise<Page> {
    const page = await (await this.browser()).newPage();
    await page.goto(`${this.host.url}shop/faults.html`);
    await page.waitForFunction(() => Reflect.get(globalThis, 'isReady') === true);
    return page;
  }

  /**
   * Opens the installation of a name, asks every question, waits until all is written, reads every entry, and closes.
   * Rejects when that takes longer than it may.
   */
  async visit(name: string, options: VisitOptions = {}): Promise<Visited> {
    const { plan, page, before, questions = QUESTIONS, sweeps = false, staysOpen = false } = options;
    this.host.mend();
    if (plan !== undefined) this.host.precede(WORKER, storageFaults(plan));
    if (before !== undefined) this.host.precede(WORKER, before);
    const given = {
      installation: shopInstallation({ name, backend: 'sqlite' }),
      collection: SHOP_COLLECTION,
      queries: questions.map(({ query }) => query),
      counts: plan !== undefined,
      sweeps,
      staysOpen,
      patience: PATIENCE,
    };
    return (page ?? (await this.page())).evaluate(visitOf, given);
  }

  /** A visit whose worker halts at an operation: resolves when it has, or to what came of the visit where it has not. */
  async visitUntilHalt(name: string, at: FaultPlan['at'], page?: Page): Promise<'halted' | Visited> {
    const halted = this.host.hold(HALT_PATH).then(() => 'halted' as const);
    const visited = this.visit(name, { plan: { at, how: 'halt', error: '' }, ...(page && { page }) });
    // A visit that is killed ends with its page.
    visited.catch(() => {});
    return Promise.race([halted, visited]);
  }

  /** Ends every worker of the page. */
  async terminateWorkers(): Promise<void> {
    await (await this.page()).evaluate(() => {
      for (const worker of Reflect.get(globalThis, 'workers').splice(0)) worker.terminate();
    });
  }

  /** Crashes the tab, and opens another one. */
  async crashTab(): Promise<void> {
    const { tab } = this;
    if (tab === undefined) throw new Error('there is no tab');
    const session = await tab.context().newCDPSession(tab);
    const crashed = new Promise((resolve) => tab.once('crash', resolve));
    session.send('Page.crash').catch(() => {});
    await crashed;
    await tab.close();
    this.tab = undefined;
  }

  /** Kills the browser as a power cut would, but for what the system holds for its disk. */
  async killBrowser(): Promise<void> {
    const { context } = this;
    if (context === undefined) throw new Error('there is no browser');
    const closed = new Promise((resolve) => context.once('close', resolve));
    for (const pid of await this.processes()) kill(pid);
    await closed;
    this.context = undefined;
    this.tab = undefined;
  }

  async close(): Promise<void> {
    await this.context?.close();
    await this.host.close();
    await rm(this.profile, { recursive: true, force: true });
  }

  private async browser(): Promise<BrowserContext> {
    if (this.context === undefined) {
      const { executablePath, args, headless } = inject('browser');
      this.context = await chromium.launchPersistentContext(this.profile, {
        executablePath,
        args: [...args],
        headless,
      });
    }
    return this.context;
  }

  /** The processes of the browser that this shop has started: those that name its profile. */
  private async processes(): Promise<readonly number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const commands = await Promise.all(
      pids.map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
    );
    return commands.flatMap(({ pid, command }) =>
      command.split('\0').includes(`--user-data-dir=${this.profile}`) ? [Number(pid)] : [],
    );
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with the one before it.
  }
}

interface VisitGiven {
  readonly installation: string;
  readonly collection: string;
  readonly queries: readonly string[];
  readonly counts: boolean;
  readonly sweeps: boolean;
  readonly staysOpen: boolean;
  readonly patience: number;
}

/** Runs in the page. */
async function visitOf({
  installation,
  collection,
  queries,
  counts,
  sweeps,
  staysOpen,
  patience,
}: VisitGiven): Promise<Visited> {
  const start: (options: OpenOptions) => Promise<Session> = Reflect.get(globalThis, 'openCoframe');
  let doing = 'opening';
  const visited = (async () => {
    const kept: Session | undefined = Reflect.get(globalThis, 'kept');
    const session =
      kept ?? (await start({ installation: { text: installation }, collections: { 'shop/': { text: collection } } }));
    const answers = [];
    for (const query of queries) {
      doing = query;
      const reply = await session.query(query);
      if (!('rows' in reply)) throw new Error(`${query}: ${JSON.stringify(reply)}`);
      answers.push({ rows: reply.rows, servedFrom: reply.served_from });
    }
    doing = 'writing';
    const entries = await session.engine.entries();
    let readable = 0;
    doing = 'reading';
    for (const { key } of entries) {
      const { engine } = session;
      readable += await engine.file(key).then(
        () => 1,
        () => 0,
      );
    }
    const { faults, store, misses } = await session.engine.statistics();
    doing = 'sweeping';
    if (sweeps) await session.engine.refresh();
    doing = 'counting';
    const operations = await new Promise<readonly string[]>((resolve) => {
      if (!counts) return resolve([]);
      const channel = new BroadcastChannel('coframe faults');
      channel.onmessage = ({ data }) => {
        channel.close();
        resolve(data);
      };
      channel.postMessage('count');
    });
    doing = 'closing';
    if (!staysOpen) await session.close();
    Object.assign(globalThis, { kept: staysOpen ? session : undefined });
    const found = { answers, faults, misses, listed: entries.length, readable, operations };
    return { ...found, store: store.kind, words: store.words };
  })();
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`it hangs: ${doing}`)), patience);
  });
  return Promise.race([visited, late]);
}
