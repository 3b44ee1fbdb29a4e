import type { Frame, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { BackendName } from '../../../src/protocol/backend.ts';
import type { Answer, Refusal } from '../../../src/runtime/api.ts';
import { SHOP_COLLECTION, SHOP_FILES, type ShopSource, shopInstallation } from '../../support/shop.ts';
import { Site } from '../../support/site.ts';
import type { FreshPageOptions, TestBrowser } from '../support/browser.ts';
import type { FreshPage } from '../support/fresh-page.ts';
import { ask, pageSession } from '../support/session.ts';
import { FragileHost } from './fragile-host.ts';

/** A question whose entry warm-up does not make, but can be had from one that it makes. */
export const TOTAL = { query: 'SELECT amount AT ()', rows: [[65]] } as const;

/** A question that warm-up stores. */
export const BY_STORE = {
  query: 'SELECT store, amount AT store',
  rows: [
    ['S1', 15],
    ['S2', 20],
    ['S3', 30],
  ],
} as const;

/** A question that no entry of warm-up answers. */
export const BY_DAY = {
  query: 'SELECT day, amount AT day',
  rows: [
    ['2024-01-01', 30],
    ['2024-01-02', 30],
    ['2024-01-03', 5],
  ],
} as const;

/** A question that reads Parquet, and that no entry of warm-up answers. */
export const MOST = { query: 'SELECT MAX(target) AS most AT ()', rows: [[300]] } as const;

export interface ShopOptions extends Omit<FreshPageOptions, 'url'> {
  /** SHA-256s that the shop's installation states. */
  readonly hashes?: Partial<Record<ShopSource, string>>;
  /** Whether the host's words prove what the shop's files are; default true. */
  readonly proves?: boolean;
  /** Default: SQLite, which starts soonest. */
  readonly backend?: BackendName;
  /** Lets pages of every origin read the build and the shop. */
  readonly cors?: boolean;
  /** Name under which the browser knows the host; default: its address. */
  readonly hostname?: string;
}

/** A page in a fresh profile that shows the shop, from a host of its own that may break at any time. */
export class ShopVisit {
  readonly fresh: FreshPage;
  readonly host: FragileHost;
  /** The shop's files, which may change at any time. */
  readonly site: Site;

  private constructor(fresh: FreshPage, host: FragileHost, site: Site) {
    this.fresh = fresh;
    this.host = host;
    this.site = site;
  }

  /** Makes the shop; nothing is opened yet. */
  static async prepare(browser: Pick<TestBrowser, 'freshPage'>, given: ShopOptions = {}): Promise<ShopVisit> {
    const { hashes = {}, proves = true, backend = 'sqlite', cors = false, hostname, ...options } = given;
    const host = await FragileHost.start(inject('baseUrl'), { cors });
    const site = new Site(`${host.url}shop/`, {
      'installation.yaml': shopInstallation({ backend, hashes }),
      'shop/ac.yaml': SHOP_COLLECTION,
      ...SHOP_FILES,
    });
    site.isTagged = proves;
    host.site = site;
    const url = new URL(host.url);
    if (hostname !== undefined) url.hostname = hostname;
    return new ShopVisit(await browser.freshPage({ ...options, url: url.href }), host, site);
  }

  /** Makes the shop and opens its page; waits until warm-up has ended. */
  static async open(browser: TestBrowser, options: ShopOptions = {}): Promise<ShopVisit> {
    const visit = await ShopVisit.prepare(browser, options);
    await visit.comeBack();
    return visit;
  }

  get page(): Page {
    return this.fresh.page;
  }

  /** The part of an address that names a question. */
  linkTo(question: string): string {
    return `#/query?${new URLSearchParams({ q: question })}`;
  }

  /** Opens the page with a question, or one of its other pages; does not wait for the session. */
  async goto(hash = this.linkTo(TOTAL.query)): Promise<void> {
    // A change of the hash alone would not load the page anew.
    await this.page.goto('about:blank');
    await this.page.goto(`${this.fresh.url}?installation=shop/installation.yaml${hash}`);
  }

  /** Comes back as on another day: the page is loaded anew, and warm-up has ended. */
  async comeBack(): Promise<void> {
    await this.goto();
    await this.fresh.ready();
  }

  /** Asks the page's session. */
  async ask(text: string): Promise<Answer | Refusal> {
    const session = await pageSession(this.page);
    try {
      const reply = await ask(session, text);
      if (reply.mood === 'explain') throw new Error(`${text}: it was explained, not answered`);
      return reply;
    } finally {
      await session.dispose();
    }
  }

  /** Asks the page's session what it does not answer: name, message and remedy of the error. */
  async askInVain(text: string): Promise<Readonly<Record<'name' | 'message' | 'remedy', string>>> {
    return this.page.evaluate(async (text) => {
      try {
        const answer = await globalThis.coframe?.query(text);
        throw new TypeError(`it was answered: ${JSON.stringify(answer)}`);
      } catch (error) {
        const { name = '', message = '', remedy = '' } = Object(error);
        return { name, message, remedy };
      }
    }, text);
  }

  /** Tries to open the shop once more in a session of its own: name, message and remedy of the error. */
  async openInVain(): Promise<Readonly<Record<'name' | 'message' | 'remedy', string>>> {
    return this.page.evaluate(async () => {
      try {
        await globalThis.coframe?.open({ installation: 'shop/installation.yaml' });
        throw new TypeError('it was opened');
      } catch (error) {
        const { name = '', message = '', remedy = '' } = Object(error);
        return { name, message, remedy };
      }
    });
  }

  /** Opens the page with a question in a sandboxed frame, which has no origin; the frame. */
  async gotoSandbox(question: string): Promise<Frame> {
    const source = `${this.fresh.url}?installation=shop/installation.yaml${this.linkTo(question)}`;
    const body = `<!doctype html><title>frame</title><iframe sandbox="allow-scripts" src="${source}"></iframe>`;
    this.site.put('frame.html', { body, headers: { 'Content-Type': 'text/html' } });
    await this.page.goto(`${this.fresh.url}shop/frame.html`);
    const [, frame] = this.page.frames();
    if (frame === undefined) throw new Error('the page has no frame');
    return frame;
  }

  /** Waits until what answers left to be written is written, or could not be. */
  async settled(): Promise<void> {
    await this.entries();
  }

  /** What is stored. */
  entries() {
    return this.page.evaluate(() => {
      const session = globalThis.coframe?.session;
      if (session === undefined) throw new Error('the page has no session');
      return session.engine.entries();
    });
  }

  /** Waits until a cell of the answer on screen reads so. */
  async shows(cell: string): Promise<void> {
    await this.page.getByRole('gridcell', { name: cell, exact: true }).first().waitFor();
  }

  /** What the session says of itself. */
  statistics() {
    return this.page.evaluate(() => {
      const session = globalThis.coframe?.session;
      if (session === undefined) throw new Error('the page has no session');
      return session.engine.statistics();
    });
  }

  async close(): Promise<void> {
    await this.fresh.close();
    await this.host.close();
  }
}
