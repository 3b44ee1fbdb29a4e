import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findBrowser, LAUNCH_ARGUMENTS } from '../../../scripts/browser.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before anything else, once it has started and told its version', async () => {
    // Any program that prints a version will do for this, and Node is one on every system.
    vi.stubEnv('CHROMIUM_PATH', process.execPath);
    const lines: string[] = [];
    const { executablePath, args, headless, version } = await findBrowser({ log: (line) => lines.push(line) });
    expect({ executablePath, args, headless, lines }).toEqual({
      executablePath: process.execPath,
      args: LAUNCH_ARGUMENTS,
      headless: true,
      lines: [],
    });
    expect(version).toMatch(/\d+\.\d+/);
  });

  it('refuses a CHROMIUM_PATH that does not start instead of looking elsewhere', async () => {
    const absent = join(tmpdir(), 'no-such-browser');
    vi.stubEnv('CHROMIUM_PATH', absent);
    await expect(findBrowser({ log: () => {} })).rejects.toThrow(`CHROMIUM_PATH is ${absent}, which does not start`);
  });
});
