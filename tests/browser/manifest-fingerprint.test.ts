import { afterAll, beforeAll, expect, test } from 'vitest';
import golden from '../unit/collection/golden.json';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { askForRows, pageSession, type SessionHandle } from './support/session.ts';

let browser: TestBrowser;
let fresh: FreshPage;
let session: SessionHandle;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  fresh = await browser.freshPage();
  await fresh.openPage();
  session = await pageSession(fresh.page);
});

afterAll(async () => {
  await browser?.close();
});

test('the retail manifest has in Chromium the fingerprint that it has in Node', async () => {
  expect(await session.evaluate(({ collection }) => collection.manifestFingerprint)).toBe(golden.fingerprint);
});

test('every answer names the manifest that it was planned from', async () => {
  const { provenance } = await askForRows(session, 'SELECT region, revenue AT region');
  expect(provenance.manifestFingerprint).toBe(golden.fingerprint);
});

test('warm-up and questions change nothing in it', async () => {
  const again = await session.evaluate(async (each) => (await each.summary()).manifestFingerprint);
  expect(again).toBe(golden.fingerprint);
});
