import { contentHash } from '../../sources/content-hash.ts';
import type { EngineFault, EntryRow } from '../entry.ts';

const REMEDY = 'The entry is dropped and computed again when it is next asked for.';

/** What is wrong with the bytes found for a row; undefined when length and SHA-256 are the row's. */
export async function damageOf(
  row: EntryRow,
  bytes: Uint8Array<ArrayBuffer>,
  subtle: SubtleCrypto | null,
): Promise<EngineFault | undefined> {
  const { key, path } = row;
  if (bytes.byteLength !== row.bytes) {
    const kind = bytes.byteLength < row.bytes ? 'file_truncated' : 'file_corrupt';
    const detail = `${path}: ${row.bytes} bytes were written, ${bytes.byteLength} are there. ${REMEDY}`;
    return { kind, key, detail };
  }
  const checksum = await contentHash(bytes, subtle ?? undefined);
  if (checksum === row.checksum) return undefined;
  const detail = `${path}: SHA-256 ${row.checksum.slice(0, 8)}… was written, ${checksum.slice(0, 8)}… is there. ${REMEDY}`;
  return { kind: 'file_corrupt', key, detail };
}

/** The fault of a row that has no file. */
export function missingFile({ key, path }: EntryRow): EngineFault {
  return { kind: 'file_missing', key, detail: `${path}: the file is not there. ${REMEDY}` };
}

/** The fault of a file that is there and cannot be read. */
export function unreadableFile({ key, path }: EntryRow, words: string): EngineFault {
  return { kind: 'file_unreadable', key, detail: `${path}: the file cannot be read (${words}). ${REMEDY}` };
}

/** Whether a fault is of the file, and not of the storage that it lies in: only then its row goes. */
export function isDamage({ kind }: EngineFault): boolean {
  return kind !== 'storage_silent';
}

/** Throws `RangeError` where bytes are not as long as their row says: a defect of the caller. */
export function requireLength(row: EntryRow, bytes: Uint8Array): void {
  if (row.bytes === bytes.byteLength) return;
  throw new RangeError(`entry ${row.key}: its row says ${row.bytes} bytes, ${bytes.byteLength} were given`);
}
