import { sourceError } from './source-error.ts';

/** Decodes a whole text file, without its byte order mark. Throws `SourceError` NOT_UTF8. */
export function decodeUtf8(source: string, location: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw sourceError('NOT_UTF8', { source, location });
  }
}
