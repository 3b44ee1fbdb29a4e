import type { SourceKind } from './snapshot.ts';
import { sourceError } from './source-error.ts';

const EXTENSIONS: ReadonlyMap<string, SourceKind> = new Map([
  ['csv', 'csv'],
  ['parquet', 'parquet'],
  ['pq', 'parquet'],
  ['arrow', 'arrow'],
  ['arrows', 'arrow'],
  ['ipc', 'arrow'],
  ['feather', 'arrow'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json'],
]);

/** The kind that a file name, path or URL promises; undefined for other extensions. */
export function kindOfName(location: string): SourceKind | undefined {
  const path = /^[^?#]*/.exec(location)?.[0] ?? '';
  const extension = /\.([^./\\]+)$/.exec(path)?.[1];
  return extension === undefined ? undefined : EXTENSIONS.get(extension.toLowerCase());
}

/** What bytes are by their first bytes. Text is told apart only where it cannot be data: a pointer file, a page. */
type Content =
  | { readonly is: 'parquet' | 'arrow' }
  | { readonly is: 'text'; readonly start: string }
  | { readonly is: 'utf16' }
  | { readonly is: 'other'; readonly words: string };

const OTHER_FORMATS: readonly (readonly [magic: readonly number[], words: string])[] = [
  [[0x50, 0x41, 0x52, 0x45], 'an encrypted Parquet file'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or a spreadsheet'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'an SQLite database'],
];

function contentOf(bytes: Uint8Array): Content {
  if (startsWith(bytes, [0x50, 0x41, 0x52, 0x31])) return { is: 'parquet' };
  if (startsWith(bytes, [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]) || startsWith(bytes, [0xff, 0xff, 0xff, 0xff])) {
    return { is: 'arrow' };
  }
  for (const [magic, words] of OTHER_FORMATS) if (startsWith(bytes, magic)) return { is: 'other', words };
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return { is: 'utf16' };
  const head = bytes.subarray(0, 512);
  if (head.includes(0)) return { is: 'other', words: 'binary data' };
  const start = new TextDecoder().decode(head).trimStart();
  if (start.startsWith('version https://git-lfs.')) return { is: 'other', words: 'a Git LFS pointer' };
  if (/^<(!doctype html|html|head|body)\b/i.test(start)) return { is: 'other', words: 'an HTML page' };
  if (start.startsWith('<?xml')) return { is: 'other', words: 'XML' };
  return { is: 'text', start };
}

/**
 * The kind of a source: what its name promises, checked against its first bytes; without a known extension, what the
 * bytes are (text that begins with `[` or `{` is JSON, other text CSV). Throws `SourceError` EMPTY,
 * NOT_UTF8, NOT_WHAT_ITS_NAME_SAYS or UNKNOWN_KIND.
 */
export function sourceKind(source: string, location: string, bytes: Uint8Array): SourceKind {
  const place = { source, location };
  const promised = kindOfName(location);
  const content = contentOf(bytes);
  if (bytes.length === 0 || (content.is === 'text' && content.start === '' && isBlank(bytes))) {
    throw sourceError('EMPTY', place);
  }
  switch (content.is) {
    case 'parquet':
    case 'arrow': {
      const found = content.is === 'parquet' ? 'a Parquet file' : 'an Arrow IPC file';
      if (promised !== undefined && promised !== content.is) {
        throw sourceError('NOT_WHAT_ITS_NAME_SAYS', { ...place, expected: promised, found });
      }
      return content.is;
    }
    case 'other':
      if (promised === undefined) throw sourceError('UNKNOWN_KIND', { ...place, found: content.words });
      throw sourceError('NOT_WHAT_ITS_NAME_SAYS', { ...place, expected: promised, found: content.words });
    case 'utf16':
      throw sourceError('NOT_UTF8', place);
    case 'text':
      if (promised === 'parquet' || promised === 'arrow') {
        throw sourceError('NOT_WHAT_ITS_NAME_SAYS', { ...place, expected: promised, found: 'text' });
      }
      return promised ?? (/^[[{]/.test(content.start) ? 'json' : 'csv');
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).trim() === '';
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
