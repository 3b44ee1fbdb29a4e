import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchSource } from '../../../src/sources/fetch-source.ts';

const BODY = 'a,b\n1,x\n'.repeat(20_000);
const GZIPPED = gzipSync(BODY);

const server = createServer((request, response) => {
  switch (request.url) {
    case '/plain.csv':
      response.writeHead(200, {
        'content-length': BODY.length,
        etag: '"v1"',
        'last-modified': 'Sat, 21 Nov 2026 00:00:00 GMT',
      });
      response.end(BODY);
      break;
    case '/gzipped.csv':
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': GZIPPED.length });
      response.end(GZIPPED);
      break;
    case '/chunked.csv':
      response.writeHead(200);
      response.write(BODY);
      response.end();
      break;
    case '/short.csv':
      response.writeHead(200, { 'content-length': BODY.length });
      response.write(BODY.slice(0, 100));
      setImmediate(() => response.destroy());
      break;
    case '/empty.csv':
      response.writeHead(200).end();
      break;
    case '/error.csv':
      response.writeHead(503).end('later');
      break;
    default:
      response.writeHead(404).end();
  }
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => server.close());

const read = (input: Parameters<typeof fetchSource>[2], tools: Partial<Parameters<typeof fetchSource>[3]> = {}) =>
  fetchSource('stores', 'stores.csv', input, { fetch: (url, init) => fetch(url, init), ...tools });
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('from a URL', () => {
  test('bytes, evidence and progress in bytes', async () => {
    const heard: [number, number | null][] = [];
    const { bytes, evidence } = await read(`${base}/plain.csv`, {
      onBytes: (done, total) => heard.push([done, total]),
    });
    expect(textOf(bytes)).toBe(BODY);
    expect(evidence).toEqual({ etag: '"v1"', lastModified: 'Sat, 21 Nov 2026 00:00:00 GMT', length: BODY.length });
    expect(heard.at(-1)).toEqual([BODY.length, BODY.length]);
    expect(heard.every(([, total]) => total === BODY.length)).toBe(true);
  });

  test('an encoded body has no total: its length counts other bytes', async () => {
    const totals = new Set<number | null>();
    const { bytes, evidence } = await read(`${base}/gzipped.csv`, { onBytes: (_, total) => totals.add(total) });
    expect(textOf(bytes)).toBe(BODY);
    expect(evidence?.length).toBeNull();
    expect([...totals]).toEqual([null]);
  });

  test('without a length', async () => {
    const totals = new Set<number | null>();
    expect(textOf((await read(`${base}/chunked.csv`, { onBytes: (_, total) => totals.add(total) })).bytes)).toBe(BODY);
    expect([...totals]).toEqual([null]);
  });

  test('an empty body', async () => {
    expect((await read(`${base}/empty.csv`)).bytes.length).toBe(0);
  });

  test.each([
    ['/none.csv', 'NOT_FOUND', 'nothing is at stores.csv (status 404)'],
    ['/error.csv', 'HTTP_STATUS', 'the server answered 503'],
    ['/short.csv', 'NETWORK', 'stores.csv could not be fetched'],
  ])('%s', async (path, code, message) => {
    const error: unknown = await read(base + path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'SourceError', fault: { code, message: expect.stringContaining(message) } });
  });

  test('a server that cannot be reached', async () => {
    await expect(read('http://127.0.0.1:1/x.csv')).rejects.toMatchObject({ fault: { code: 'NETWORK' } });
  });

  test('fewer bytes than said, where the platform does not notice', async () => {
    const short = async () => new Response('abc', { headers: { 'content-length': '5' } });
    await expect(read('http://x.example/x.csv', { fetch: short })).rejects.toMatchObject({
      fault: { code: 'TRUNCATED', message: expect.stringContaining('expected 5 bytes, found 3') },
    });
  });

  test('more bytes than said: the total is not told', async () => {
    const totals: (number | null)[] = [];
    const long = async () => new Response('abcdef', { headers: { 'content-length': '5' } });
    await read('http://x.example/x.csv', { fetch: long, onBytes: (_, total) => totals.push(total) });
    expect(totals).toEqual([null]);
  });

  test('aborting rejects with the reason given', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = read(`${base}/plain.csv`, { signal: controller.signal, onBytes: () => controller.abort(reason) });
    await expect(running).rejects.toBe(reason);
    await expect(read(`${base}/plain.csv`, { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('from what is here', () => {
  const bytes = new TextEncoder().encode('xay').subarray(1, 2);
  test.each<[string, Parameters<typeof fetchSource>[2], string]>([
    ['text', { text: 'ü' }, 'ü'],
    ['a view of bytes', bytes, 'a'],
    ['a buffer', new TextEncoder().encode('b').buffer, 'b'],
    ['a blob', new Blob(['c', 'd']), 'cd'],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(2)), '\0\0'],
  ])('%s', async (_name, input, expected) => {
    const heard: number[] = [];
    const result = await read(input, { onBytes: (done) => heard.push(done) });
    expect(textOf(result.bytes)).toBe(expected);
    expect(result.evidence).toBeNull();
    expect(heard.at(-1)).toBe(result.bytes.length);
  });

  test('a file that is gone', async () => {
    class GoneFile extends Blob {
      override stream(): ReturnType<Blob['stream']> {
        return new ReadableStream({
          start: (controller) => controller.error(new DOMException('gone', 'NotReadableError')),
        });
      }
    }
    await expect(read(new GoneFile(['x']))).rejects.toMatchObject({
      fault: { code: 'UNREADABLE', message: expect.stringContaining('(gone); choose the file again') },
    });
  });
});
