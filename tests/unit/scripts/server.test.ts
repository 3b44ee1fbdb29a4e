import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../scripts/server.mjs';

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A request as it is on the wire: nothing decoded, no path normalised. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const SCRIPT = `export const words = ${JSON.stringify('cold noodles '.repeat(100))};`;
const DIGITS = '0123456789';

let folder: string;
let root: string;
let port: number;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coframe-server-'));
  root = join(folder, 'root');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, 'retail.coframe'));
  const files: [string, string | Buffer][] = [
    ['index.html', '<!doctype html><title>page</title>'],
    ['digits.bin', DIGITS],
    ['empty.txt', ''],
    ['.secret', 'hidden'],
    ['Ünicode name.txt', 'found'],
    ['retail.coframe/ac.yaml', 'coframe: 1\n'],
    ['assets/app-DxpnUJgC.js', SCRIPT],
    ['assets/app-DxpnUJgC.js.br', brotliCompressSync(SCRIPT)],
    ['assets/app-DxpnUJgC.js.gz', gzipSync(SCRIPT)],
    ['assets/engine-DxpnUJgC.wasm', 'wasm'],
    ['assets/plain.mjs', 'export {}'],
    ['data.parquet', 'PAR1'],
    ['data.csv', 'a,b\n'],
    ['font.woff2', 'font'],
  ];
  for (const [name, content] of files) await writeFile(join(root, name), content);
  await writeFile(join(folder, 'outside.txt'), 'outside');
  await symlink(join(folder, 'outside.txt'), join(root, 'link.txt'));
  ({ port, close } = await serve({ root }));
});

afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

describe('media types', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/assets/app-DxpnUJgC.js', 'text/javascript; charset=utf-8'],
    ['/assets/plain.mjs', 'text/javascript; charset=utf-8'],
    ['/assets/engine-DxpnUJgC.wasm', 'application/wasm'],
    ['/retail.coframe/ac.yaml', 'application/yaml; charset=utf-8'],
    ['/data.csv', 'text/csv; charset=utf-8'],
    ['/data.parquet', 'application/vnd.apache.parquet'],
    ['/font.woff2', 'font/woff2'],
    ['/digits.bin', 'application/octet-stream'],
  ])('%s is %s', async (path, type) => {
    const { status, headers } = await ask(port, path);
    expect([status, headers['content-type']]).toEqual([200, type]);
  });
});

describe('paths', () => {
  it.each([
    ['/../outside.txt', 404],
    ['/assets/../../outside.txt', 404],
    ['/%2e%2e/outside.txt', 404],
    ['/..%2foutside.txt', 404],
    ['/..%5coutside.txt', 404],
    ['/link.txt', 404],
    ['/.secret', 404],
    ['/absent.js', 404],
    ['/%zz', 400],
    ['/%00', 404],
    ['/%C3%9Cnicode%20name.txt', 200],
    ['/index.html?x=1#y', 200],
    ['/assets', 301],
    ['/assets/', 404],
  ])('%s answers %i', async (path, status) => {
    expect((await ask(port, path)).status).toBe(status);
  });

  it('sends folders to their slash', async () => {
    expect((await ask(port, '/assets')).headers.location).toBe('/assets/');
  });

  it('refuses other methods', async () => {
    const { status, headers } = await ask(port, '/', {}, 'POST');
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe('entity tags', () => {
  it('are strong, differ between codings and give 304', async () => {
    const plain = await ask(port, '/assets/app-DxpnUJgC.js');
    const small = await ask(port, '/assets/app-DxpnUJgC.js', { 'Accept-Encoding': 'br' });
    expect(plain.headers.etag).toMatch(/^"[\w-]+"$/);
    expect(small.headers.etag).toMatch(/^"[\w-]+"$/);
    expect(small.headers.etag).not.toBe(plain.headers.etag);
    for (const condition of [`${plain.headers.etag}`, `"other", W/${plain.headers.etag}`, '*']) {
      const again = await ask(port, '/assets/app-DxpnUJgC.js', { 'If-None-Match': condition });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, plain.headers.etag]);
    }
    expect((await ask(port, '/assets/app-DxpnUJgC.js', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('follow the content', async () => {
    const file = join(root, 'changing.txt');
    await writeFile(file, 'one');
    const first = await ask(port, '/changing.txt');
    await writeFile(file, 'three');
    const second = await ask(port, '/changing.txt');
    await writeFile(file, 'one');
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect((await ask(port, '/changing.txt')).headers.etag).toBe(first.headers.etag);
  });
});

describe('caching', () => {
  it.each([
    ['/assets/app-DxpnUJgC.js', 'public, max-age=31536000, immutable'],
    ['/assets/plain.mjs', 'no-cache'],
    ['/', 'no-cache'],
    ['/retail.coframe/ac.yaml', 'no-cache'],
  ])('%s is %s', async (path, value) => {
    expect((await ask(port, path)).headers['cache-control']).toBe(value);
  });
});

describe('content codings', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['deflate', undefined],
    ['br;q=0, gzip;q=0', undefined],
  ])('Accept-Encoding: %s gets %s', async (accepted, coding) => {
    const { headers, body } = await ask(port, '/assets/app-DxpnUJgC.js', { 'Accept-Encoding': accepted });
    expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'Accept-Encoding']);
    expect(Number(headers['content-length'])).toBe(body.length);
    const text = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
    expect(text.toString()).toBe(SCRIPT);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('says nothing of codings where there is no choice', async () => {
    const { headers } = await ask(port, '/data.csv', { 'Accept-Encoding': 'br' });
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
  });
});

describe('ranges', () => {
  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=-99', 206, DIGITS, 'bytes 0-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, DIGITS, undefined],
    ['bytes=0-1,4-5', 200, DIGITS, undefined],
    ['lines=0-1', 200, DIGITS, undefined],
  ])('%s answers %i', async (range, status, text, contentRange) => {
    const reply = await ask(port, '/digits.bin', { Range: range });
    expect([reply.status, reply.body.toString(), reply.headers['content-range']]).toEqual([status, text, contentRange]);
  });

  it('are of the file itself, not of a coding', async () => {
    const headers = { Range: 'bytes=0-5', 'Accept-Encoding': 'br' };
    const reply = await ask(port, '/assets/app-DxpnUJgC.js', headers);
    expect([reply.status, reply.body.toString()]).toEqual([206, SCRIPT.slice(0, 6)]);
    expect(reply.headers['content-encoding']).toBeUndefined();
  });

  it('are dropped when If-Range names another version', async () => {
    const { headers } = await ask(port, '/digits.bin');
    const same = await ask(port, '/digits.bin', { Range: 'bytes=0-0', 'If-Range': `${headers.etag}` });
    const other = await ask(port, '/digits.bin', { Range: 'bytes=0-0', 'If-Range': '"other"' });
    expect([same.status, other.status]).toEqual([206, 200]);
  });
});

describe('HEAD', () => {
  it('has the headers of GET and no body', async () => {
    const get = await ask(port, '/digits.bin');
    const head = await ask(port, '/digits.bin', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body.length).toBe(0);
    for (const name of ['etag', 'content-length', 'content-type']) expect(head.headers[name]).toBe(get.headers[name]);
  });

  it('works for an empty file', async () => {
    expect((await ask(port, '/empty.txt')).headers['content-length']).toBe('0');
  });
});

describe('options', () => {
  it('serves under a base path only', async () => {
    const site = await serve({ root, base: '/sub/path/' });
    try {
      expect(site.url).toBe(`http://127.0.0.1:${site.port}/sub/path/`);
      expect((await ask(site.port, '/sub/path/digits.bin')).body.toString()).toBe(DIGITS);
      expect((await ask(site.port, '/sub/path')).headers.location).toBe('/sub/path/');
      expect((await ask(site.port, '/digits.bin')).status).toBe(404);
    } finally {
      await site.close();
    }
  });

  it('allows other origins and adds headers when told to, and by default does neither', async () => {
    const site = await serve({ root, cors: true, headers: { 'Content-Security-Policy': "script-src 'self'" } });
    try {
      for (const path of ['/digits.bin', '/absent']) {
        const { headers } = await ask(site.port, path);
        expect(headers['access-control-allow-origin']).toBe('*');
        expect(headers['content-security-policy']).toBe("script-src 'self'");
      }
      expect((await ask(site.port, '/digits.bin', {}, 'OPTIONS')).status).toBe(204);
    } finally {
      await site.close();
    }
    const { headers } = await ask(port, '/digits.bin');
    const added = ['access-control-allow-origin', 'cross-origin-opener-policy', 'cross-origin-embedder-policy'];
    expect(added.filter((name) => name in headers)).toEqual([]);
  });

  it('takes the next free port and says so', async () => {
    const lines: string[] = [];
    const second = await serve({ root, port, log: (line) => lines.push(line) });
    try {
      expect(second.port).toBeGreaterThan(port);
      expect(lines).toEqual([`port ${port} is busy; took ${second.port}`]);
      expect((await ask(second.port, '/digits.bin')).status).toBe(200);
    } finally {
      await second.close();
    }
  });
});
