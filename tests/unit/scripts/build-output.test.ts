import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compress } from '../../../scripts/compress.mjs';
import { contentSecurityPolicyOf } from '../../../scripts/content-security-policy.mjs';
import { digestOf } from '../../../scripts/digest.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coframe-build-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('digestOf', () => {
  it('changes with every content, name, addition and removal, and with nothing else', async () => {
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    const digest = () => digestOf(folder, ['src', 'index.html']);
    await mkdir(join(folder, 'src', 'deep'), { recursive: true });
    await write('src/deep/a.ts', 'one');
    await write('index.html', 'page');
    const first = await digest();

    await write('src/deep/a.ts', 'two');
    const changed = await digest();
    await write('src/deep/a.ts', 'one');
    expect(await digest()).toBe(first);
    await write('src/b.ts', '');
    const added = await digest();
    await rm(join(folder, 'src/b.ts'));
    await rename(join(folder, 'src/deep/a.ts'), join(folder, 'src/deep/c.ts'));
    const renamed = await digest();
    await rm(join(folder, 'index.html'));
    const removed = await digest();
    await write('elsewhere.ts', 'outside');
    expect(await digest()).toBe(removed);
    expect(new Set([first, changed, added, renamed, removed]).size).toBe(5);
  });
});

describe('compress', () => {
  const text = 'revenue,cost\n'.repeat(500);

  it('puts siblings beside what shrinks, and keeps them by content', async () => {
    const root = join(folder, 'dist');
    const cache = join(folder, 'cache');
    await mkdir(join(root, 'data'), { recursive: true });
    await writeFile(join(root, 'data', 'rows.csv'), text);
    await writeFile(join(root, 'rows.parquet'), text);
    await writeFile(join(root, 'tiny.js'), 'export {}');

    expect(await compress({ root, cache })).toMatch(/^1 files, 6\.3 KB → \d+ B$/);
    expect(brotliDecompressSync(await readFile(join(root, 'data', 'rows.csv.br'))).toString()).toBe(text);
    expect(gunzipSync(await readFile(join(root, 'data', 'rows.csv.gz'))).toString()).toBe(text);
    expect((await readdir(root)).sort()).toEqual(['data', 'rows.parquet', 'tiny.js']);

    // What is taken from the cache is recognised by a mark that no encoder would leave.
    const hash = createHash('sha256').update(text).digest('hex');
    await writeFile(join(cache, `${hash}.br`), 'from the cache');
    await rm(join(root, 'data', 'rows.csv.br'));
    await compress({ root, cache });
    expect(await readFile(join(root, 'data', 'rows.csv.br'), 'utf8')).toBe('from the cache');
  });
});

describe('contentSecurityPolicyOf', () => {
  it('names inline scripts by their hash, and only those', () => {
    const html =
      '<script>one()</script><script type="module" src="./a.js"></script><script type="module">two()</script>';
    // Computed with: printf 'one()' | openssl dgst -sha256 -binary | base64
    expect(contentSecurityPolicyOf(html)).toBe(
      "script-src 'self' 'wasm-unsafe-eval' 'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4=' 'sha256-iMrPAWirDC2X0OhZzLsM2MRIWSmepJGI4r7D8ZlwBOw='; worker-src 'self' blob:",
    );
  });
});
