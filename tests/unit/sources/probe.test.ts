import { describe, expect, test } from 'vitest';
import type { SourceEvidence } from '../../../src/sources/evidence.ts';
import { compareEvidence, PROBE_TIMEOUT, type ProbeResult, probeSource } from '../../../src/sources/probe.ts';

const none: SourceEvidence = { etag: null, lastModified: null, length: null };
const DATE = 'Sat, 21 Nov 2026 00:00:00 GMT';
const LATER = 'Sat, 21 Nov 2026 00:00:01 GMT';

test.each<[string, Partial<SourceEvidence>, Partial<SourceEvidence>, ProbeResult]>([
  ['an unchanged strong tag', { etag: '"a"' }, { etag: '"a"' }, 'same'],
  [
    'a strong tag proves it whatever the dates say',
    { etag: '"a"', lastModified: DATE },
    { etag: '"a"', lastModified: LATER },
    'same',
  ],
  ['another strong tag', { etag: '"a"', length: 5 }, { etag: '"b"', length: 5 }, 'changed'],
  ['an unchanged weak tag', { etag: 'W/"a"' }, { etag: 'W/"a"' }, 'assumed'],
  ['a tag weakened on the way', { etag: '"a"' }, { etag: 'W/"a"' }, 'assumed'],
  ['another weak tag', { etag: 'W/"a"' }, { etag: 'W/"b"' }, 'changed'],
  ['the same date and length', { lastModified: DATE, length: 5 }, { lastModified: DATE, length: 5 }, 'assumed'],
  ['another date', { lastModified: DATE, length: 5 }, { lastModified: LATER, length: 5 }, 'changed'],
  ['another length', { lastModified: DATE, length: 5 }, { lastModified: DATE, length: 6 }, 'changed'],
  ['nothing on one side', { etag: '"a"', lastModified: DATE, length: 5 }, {}, 'assumed'],
  ['nothing on either side', {}, {}, 'assumed'],
])('%s', (_name, recorded, found, expected) => {
  expect(compareEvidence({ ...none, ...recorded }, { ...none, ...found })).toBe(expected);
});

describe('probeSource', () => {
  /** A clock that only the test moves. */
  function clock() {
    const due: { callback: () => void; at: number }[] = [];
    return {
      due,
      schedule: (callback: () => void, at: number) => {
        const timer = { callback, at };
        due.push(timer);
        return () => void due.splice(due.indexOf(timer), 1);
      },
    };
  }
  const recorded = { ...none, etag: '"a"' };

  test('asks once, with HEAD and past every cache, and leaves no timer', async () => {
    const { due, schedule } = clock();
    const asked: [string, RequestInit | undefined][] = [];
    const fetcher = async (url: RequestInfo | URL, init?: RequestInit) => {
      asked.push([String(url), init]);
      return new Response(null, { headers: { etag: '"a"' } });
    };
    expect(await probeSource('http://x.example/a', recorded, { fetch: fetcher, schedule })).toBe('same');
    expect(asked).toEqual([['http://x.example/a', expect.objectContaining({ method: 'HEAD', cache: 'no-store' })]]);
    expect(due).toEqual([]);
  });

  test.each<[string, () => Promise<Response>]>([
    ['offline', () => Promise.reject(new TypeError('offline'))],
    ['HEAD refused', async () => new Response(null, { status: 405, headers: { etag: '"b"' } })],
    ['nothing there', async () => new Response(null, { status: 404 })],
  ])('%s: assumed', async (_name, fetcher) => {
    expect(await probeSource('http://x.example/a', recorded, { fetch: fetcher, schedule: clock().schedule })).toBe(
      'assumed',
    );
  });

  test('no reply in time: assumed, also where fetch ignores its signal', async () => {
    const { due, schedule } = clock();
    let signal: AbortSignal | null | undefined;
    const fetcher = (_url: RequestInfo | URL, init?: RequestInit) => {
      signal = init?.signal;
      return new Promise<Response>(() => {});
    };
    const result = probeSource('http://x.example/a', recorded, { fetch: fetcher, schedule });
    expect(due.map((timer) => timer.at)).toEqual([PROBE_TIMEOUT]);
    due[0]?.callback();
    expect(await result).toBe('assumed');
    expect(signal?.aborted).toBe(true);
  });

  test('without a record there is nothing to ask', async () => {
    const fetcher = () => Promise.reject(new Error('asked'));
    expect(await probeSource('http://x.example/a', null, { fetch: fetcher, schedule: clock().schedule })).toBe(
      'assumed',
    );
  });
});
