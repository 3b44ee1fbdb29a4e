import { evidenceOf, plainLength, type SourceEvidence } from './evidence.ts';
import { SourceError, sourceError } from './source-error.ts';

/** Where a source's bytes are: a string is a URL. */
export type SourceInput = string | Blob | ArrayBuffer | Uint8Array | { readonly text: string };

/** What fetching needs of its surroundings; `onBytes` hears bytes read so far and their total where it is known. */
export interface FetchTools {
  readonly fetch: typeof fetch;
  readonly onBytes?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /**
   * How the browser's cache is used. Default `no-cache`: the server is asked whether a cached copy is still good, which
   * only proves as much as its validators do. `reload`: the bytes come from the server.
   */
  readonly cache?: 'no-cache' | 'reload';
}

/** A source's bytes, and for a URL what its server said of them. */
export interface FetchedSource {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly evidence: SourceEvidence | null;
}

/**
 * Reads a source's bytes whole. `source` and `location` name it in messages. Throws `SourceError` NOT_FOUND,
 * HTTP_STATUS, NETWORK, TRUNCATED or UNREADABLE, and the signal's reason when aborted.
 */
export async function fetchSource(
  source: string,
  location: string,
  input: SourceInput,
  tools: FetchTools,
): Promise<FetchedSource> {
  tools.signal?.throwIfAborted();
  if (typeof input === 'string') return fetchUrl(source, location, input, tools);
  const bytes = await readInput(source, location, input, tools);
  tools.onBytes?.(bytes.length, bytes.length);
  return { bytes, evidence: null };
}

async function readInput(
  source: string,
  location: string,
  input: Exclude<SourceInput, string>,
  tools: FetchTools,
): Promise<Uint8Array<ArrayBuffer>> {
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (input instanceof Uint8Array) return ownBytes(input);
  if ('text' in input && typeof input.text === 'string') return new TextEncoder().encode(input.text);
  if (!(input instanceof Blob)) throw new TypeError(`source ${source}: expected a URL, a Blob, bytes or {text}`);
  try {
    return await readStream(input.stream(), input.size, tools);
  } catch (error) {
    tools.signal?.throwIfAborted();
    throw sourceError('UNREADABLE', { source, location, reason: reasonOf(error) });
  }
}

async function fetchUrl(source: string, location: string, url: string, tools: FetchTools): Promise<FetchedSource> {
  const { signal, cache = 'no-cache' } = tools;
  const place = { source, location };
  let bytes: Uint8Array<ArrayBuffer>;
  let response: Response;
  try {
    response = await tools.fetch(url, { cache, ...(signal === undefined ? {} : { signal }) });
    const { status } = response;
    if (status === 404 || status === 410) throw sourceError('NOT_FOUND', { ...place, status });
    if (!response.ok) throw sourceError('HTTP_STATUS', { ...place, status });
    const total = plainLength(response.headers);
    bytes = response.body === null ? new Uint8Array(0) : await readStream(response.body, total, tools);
    // Another origin may hide that a body travelled encoded: there the length proves nothing.
    if (total !== null && bytes.length < total && response.type !== 'cors') {
      throw sourceError('TRUNCATED', { ...place, expected: `${total} bytes`, found: `${bytes.length}` });
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceError) throw error;
    throw sourceError('NETWORK', { ...place, reason: reasonOf(error) });
  }
  return { bytes, evidence: evidenceOf(response) };
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  expected: number | null,
  tools: FetchTools,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let done = 0;
  try {
    for (;;) {
      tools.signal?.throwIfAborted();
      const next = await reader.read();
      if (next.done) break;
      chunks.push(next.value);
      done += next.value.length;
      // More bytes than the total: it counted an encoded body, so the true total is not known.
      tools.onBytes?.(done, expected !== null && done <= expected ? expected : null);
    }
  } catch (error) {
    // The stream's end is not waited for: cancelling one that has already failed only repeats its error.
    reader.cancel(error).catch(() => {});
    throw error;
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The bytes over a plain ArrayBuffer, as hashing and Blobs want them; copied where they are in shared memory. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
