import type { BrowserContext, Page } from 'playwright-core';
import { ready } from '../../../scripts/walkthrough/visit.mjs';

/** A page with a profile of its own, and everything that it and its workers requested. */
export class FreshPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Address of the build, ending in a slash. */
  readonly url: string;
  /** Every address requested, in order, workers within workers included; `data:` and `blob:` are not requests. */
  readonly requests: string[] = [];
  /** Those of them that went to an origin that is neither the page's own nor allowed. */
  readonly foreign: string[] = [];
  /** Errors that the page did not catch, and what it printed as errors. */
  readonly errors: string[] = [];

  constructor(context: BrowserContext, page: Page, url: string, allowed: readonly string[]) {
    this.context = context;
    this.page = page;
    this.url = url;
    const origins = new Set([url, ...allowed].map((address) => new URL(address).origin));
    const record = (address: string): void => {
      if (/^(?:data|blob):/.test(address)) return;
      this.requests.push(address);
      if (!origins.has(new URL(address).origin)) this.foreign.push(address);
    };
    context.on('request', (request) => record(request.url()));
    page.on('websocket', (socket) => record(socket.url()));
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /**
   * Opens a path below the build and waits until warm-up has ended, which is when the page's session is there.
   * @param path for example `#/engine`; default: the page itself
   */
  async openPage(path = ''): Promise<void> {
    await this.page.goto(new URL(path, this.url).href);
    await this.ready();
  }

  /** Waits until warm-up has ended; for use after a reload. */
  async ready(): Promise<void> {
    await ready(this.page);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
