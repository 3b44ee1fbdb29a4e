import { describe, expect, it } from 'vitest';
import { isForeign } from '../../../../src/ui/shell/foreign-requests.ts';

describe('requests elsewhere', () => {
  it.each([
    ['https://example.org/a.js', true],
    ['https://example.com/a.js', false],
    ['http://example.com/a.js', true],
    ['https://example.com:8443/a.js', true],
    ['wss://example.org/socket', true],
    ['blob:https://example.org/1', false],
    ['data:text/plain,a', false],
  ])('%s from https://example.com: %s', (url, foreign) => {
    expect(isForeign(url, 'https://example.com')).toBe(foreign);
  });
});
