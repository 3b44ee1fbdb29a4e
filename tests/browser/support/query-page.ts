import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** How long the page may take for what it shows, milliseconds. */
const PATIENCE = 30_000;

/** An open page as the person in front of it sees it. */
export class QueryPage {
  readonly page: Page;
  /** The box of the question, whichever of its two forms is there. */
  readonly editor: Locator;
  readonly run: Locator;
  readonly grid: Locator;
  /** Errors that the page did not catch, and what it printed as errors. */
  readonly errors: string[] = [];
  /** Every address requested, workers included. */
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.editor = page.getByRole('textbox', { name: 'Question in Frame-QL' });
    this.run = page.getByRole('button', { name: /^Run/ }).first();
    this.grid = page.getByRole('grid', { name: 'Answer' });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.context().on('request', (request) => this.requests.push(request.url()));
  }

  /** Opens a page of the context at an address; with `question`, a link to that question is followed. */
  static async open(
    context: BrowserContext,
    url: string,
    { question, width = 1440, height = 900 }: { question?: string; width?: number; height?: number } = {},
  ): Promise<QueryPage> {
    const opened = new QueryPage(await context.newPage());
    await opened.page.setViewportSize({ width, height });
    await opened.page.goto(question === undefined ? url : linkTo(url, question));
    return opened;
  }

  /** The texts of the cells on screen, row by row. */
  async rows(): Promise<readonly (readonly string[])[]> {
    return this.grid
      .locator('[role=rowgroup] [role=row]')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent ?? '')),
      );
  }

  /** Waits until the page shows these rows, as the answer to what stands in the editor. */
  async showsRows(rows: readonly (readonly string[])[]): Promise<void> {
    await eventually(() => this.rows()).toEqual(rows);
    await this.page.getByText('Result of the previous question').waitFor({ state: 'hidden' });
  }

  /** The question as it stands in the editor. */
  async question(): Promise<string> {
    return this.editor.evaluate((box) => {
      if (box instanceof HTMLTextAreaElement) return box.value;
      return [...box.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n');
    });
  }

  /** Replaces the question by keys alone; the editor has the focus afterwards. */
  async type(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** Waits until the code editor has taken the place of the text box. */
  async upgraded(): Promise<void> {
    await this.page.locator('.cm-content').waitFor();
  }
}

/** An assertion on what the page will show in a while. */
export function eventually<Value>(read: () => Promise<Value>) {
  return expect.poll(read, { timeout: PATIENCE });
}

/** The address of a question, as the page writes it. */
export function linkTo(url: string, question: string): string {
  return `${url}#/query?${new URLSearchParams({ q: question })}`;
}

/** Keeps matching requests waiting until `release`, those of workers too. `asked` resolves when one has come. */
export async function hold(
  context: BrowserContext,
  pattern: RegExp,
): Promise<{ readonly asked: Promise<void>; readonly release: () => void }> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let tell = (): void => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  await context.route(pattern, async (route) => {
    tell();
    await released;
    // The page may have gone meanwhile, and its request with it.
    await route.continue().catch(() => {});
  });
  return { asked, release };
}
