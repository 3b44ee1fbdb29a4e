import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';
import type { TestBrowser } from '../support/browser.ts';
import { FreshPage } from '../support/fresh-page.ts';

/** Chromium's setting by which no site may store anything. */
const BLOCKED = { profile: { default_content_setting_values: { cookies: 2 } } };

/** A browser whose owner has blocked all site data. */
export async function blockedSiteData(): Promise<Pick<TestBrowser, 'freshPage' | 'close'>> {
  const { executablePath, args, headless } = inject('browser');
  const profile = await mkdtemp(join(tmpdir(), 'coframe-blocked-'));
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(BLOCKED));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: [...args], headless });
  return {
    freshPage: async ({ url = inject('baseUrl'), allowed = [] } = {}) =>
      new FreshPage(context, await context.newPage(), url, allowed),
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
