import { createHash } from 'node:crypto';

/**
 * A file of a site, and the headers that its server sends with it. `status` other than 200: the server's refusal, 0 where
 * it cannot be reached. `until`: its bytes are kept back till then; its headers are not.
 */
export interface SiteFile {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly until?: Promise<void>;
}

/** Files by address, served to whoever is given its `fetch`; they may change at any time. */
export class Site {
  readonly files = new Map<string, SiteFile>();
  /** Every request so far: `GET http://…`. */
  readonly requests: string[] = [];
  private readonly base: string;
  /** Files without headers of their own are served with strong tags, as an ordinary host does. */
  isTagged = false;
  /** No request gets through: `fetch` rejects as browsers do offline. */
  offline = false;

  constructor(base: string, files: Readonly<Record<string, SiteFile['body']>>) {
    this.base = base;
    for (const [path, body] of Object.entries(files)) this.put(path, { body });
  }

  put(path: string, file: SiteFile): void {
    this.files.set(new URL(path, this.base).href, file);
  }

  remove(path: string): void {
    this.files.delete(new URL(path, this.base).href);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    this.requests.push(`${request.method} ${request.url}`);
    if (this.offline) throw new TypeError('Failed to fetch');
    const file = this.files.get(request.url);
    if (file === undefined) return new Response('there is no such file here', { status: 404 });
    const { body, headers = this.isTagged ? { ETag: strongTag(body) } : {}, status = 200, until } = file;
    if (status === 0) throw new TypeError('Failed to fetch');
    if (request.method !== 'HEAD') await until;
    const length = String(new Blob([body]).size);
    return new Response(request.method === 'HEAD' ? null : body, {
      status,
      headers: { 'Content-Length': length, ...headers },
    });
  };
}

function strongTag(body: SiteFile['body']): string {
  return `"${createHash('sha256').update(body).digest('hex')}"`;
}
