import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions } from 'playwright-core';
import { inject } from 'vitest';
import { FreshPage } from './fresh-page.ts';

/**
 * What a page may be given: where it lives, which other origins it may talk to, and Playwright's context options.
 */
export interface FreshPageOptions extends BrowserContextOptions {
  /** Address of the build; default: the one that the suite serves. */
  readonly url?: string;
  /** Origins that are not foreign to the page, besides its own. */
  readonly allowed?: readonly string[];
}

/**
 * No host but this machine can be found, from the first byte and by whatever part of the browser asks: the page, workers
 * within workers, or the browser itself.
 */
const ISOLATION = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/** One browser for the tests of a file; each test takes a page with a profile of its own from it. */
export class TestBrowser {
  private readonly browser: Browser;

  private constructor(browser: Browser) {
    this.browser = browser;
  }

  /** Starts the browser that the suite found. Close it in `afterAll`. */
  static async launch(options: LaunchOptions = {}): Promise<TestBrowser> {
    const { executablePath, args, headless } = inject('browser');
    const all = [...args, ISOLATION, ...(options.args ?? [])];
    return new TestBrowser(await chromium.launch({ executablePath, headless, ...options, args: all }));
  }

  /** A page in a fresh profile: empty storage, no history, requests recorded from the first one on. */
  async freshPage({ url = inject('baseUrl'), allowed = [], ...options }: FreshPageOptions = {}): Promise<FreshPage> {
    const context = await this.browser.newContext(options);
    return new FreshPage(context, await context.newPage(), url, allowed);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
