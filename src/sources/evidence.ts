/**
 * What a server says of a file's identity, from the headers of the response that carried it or of a HEAD. `length` is
 * null where the body travels encoded: then it counts the encoded bytes. Serialisable.
 */
export interface SourceEvidence {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly length: number | null;
}

/** Reads the evidence of a response. */
export function evidenceOf(response: Response): SourceEvidence {
  return {
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified'),
    length: plainLength(response.headers),
  };
}

/** Content-Length where it counts the bytes of the file itself; null where it is absent, encoded or not a number. */
export function plainLength(headers: Headers): number | null {
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return null;
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

/** Whether an ETag is strong: equal strong tags mean equal bytes (RFC 9110, section 8.8.1). */
export function isStrong(etag: string | null): boolean {
  return etag?.startsWith('"') === true;
}
