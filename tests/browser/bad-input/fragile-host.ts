import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listen } from '../../../scripts/port.mjs';
import type { Site } from '../../support/site.ts';

/** How a file fails to come. */
export type Breakage =
  /** The server has it no more. */
  | 'gone'
  /** The server answers every address that it does not know with its front page. */
  | 'a page'
  /** The connection breaks before anything has come. */
  | 'aborted'
  /** The connection breaks half-way. */
  | 'cut short'
  /** It comes, as a download of no kind. */
  | 'of no type';

/** Something done to files of the build on their way. */
interface Fault {
  readonly pattern: RegExp;
  readonly how: Breakage | { readonly before: string };
}

/**
 * A host of the build, and of a site below `/shop/`, whose files can be broken on their way to any part of a browser,
 * workers within workers included. Nothing is kept in the browser's cache, where a broken file would come from whole.
 */
export class FragileHost {
  /** Address of the build, ending in a slash. */
  readonly url: string;
  /** What lies below `/shop/`: undefined until it is put there. */
  site: Site | undefined;
  readonly close: () => Promise<void>;
  private readonly build: string;
  private readonly cors: boolean;
  private faults: readonly Fault[] = [];
  private readonly held = new Map<string, () => void>();

  private constructor(build: string, cors: boolean, port: number, close: () => Promise<void>) {
    this.build = build;
    this.cors = cors;
    this.url = `http://127.0.0.1:${port}/`;
    this.close = close;
  }

  /**
   * Starts a host.
   * @param build address that the build is really served at
   * @param cors lets pages of every origin read, those without an origin of their own too
   */
  static async start(build: string, { cors = false }: { readonly cors?: boolean } = {}): Promise<FragileHost> {
    let host: FragileHost | undefined;
    const server = createServer((asked, reply) => void host?.answer(asked, reply));
    const port = await listen(server, { host: '127.0.0.1', port: 0 });
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    host = new FragileHost(build, cors, port, close);
    return host;
  }

  /** Breaks the files whose paths match. */
  break(pattern: RegExp, how: Breakage): void {
    this.faults = [...this.faults, { pattern, how }];
  }

  /** Has the scripts whose paths match begin with a statement of the tests. */
  precede(pattern: RegExp, before: string): void {
    this.faults = [...this.faults, { pattern, how: { before } }];
  }

  /** Resolves when a path is asked for, which is then never answered. */
  hold(path: string): Promise<void> {
    return new Promise((resolve) => this.held.set(path, resolve));
  }

  /** Everything comes again as it is. */
  mend(): void {
    this.faults = [];
  }

  private async answer(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { pathname, href } = new URL(asked.url ?? '/', this.url);
    const tell = this.held.get(pathname);
    if (tell !== undefined) return tell();
    if (this.cors) reply.setHeader('Access-Control-Allow-Origin', '*');
    const how = this.faults.find(({ pattern }) => pattern.test(pathname))?.how;
    if (how === 'aborted') asked.socket.destroy();
    else if (how === 'gone') reply.writeHead(404, { 'Content-Type': 'text/plain' }).end('there is no such file here\n');
    else if (how === 'a page') {
      reply.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Home</title>\n');
    } else if (pathname.startsWith('/shop/')) await this.answerFromSite(href, asked, reply);
    else this.pass(pathname, asked, reply, how);
  }

  private async answerFromSite(href: string, asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    if (this.site === undefined) throw new Error(`nothing lies at ${href} yet`);
    try {
      const found = await this.site.fetch(href, { method: asked.method ?? 'GET' });
      reply.writeHead(found.status, Object.fromEntries(found.headers));
      const body = new Uint8Array(await found.arrayBuffer());
      // Where the length promises more than there is, the connection breaks after what there is.
      const isCut = asked.method !== 'HEAD' && Number(found.headers.get('content-length')) > body.length;
      if (isCut) reply.write(body, () => asked.socket.destroy());
      else reply.end(body);
    } catch {
      asked.socket.destroy();
    }
  }

  /** Passes on what the build has. */
  private pass(path: string, asked: IncomingMessage, reply: ServerResponse, how: Fault['how'] | undefined): void {
    const { host: _, ...headers } = asked.headers;
    const isEdited = typeof how === 'object';
    if (isEdited) delete headers['accept-encoding'];
    const passed = request(new URL(path, this.build), { method: asked.method, headers }, (found) => {
      const kept = { ...found.headers, 'cache-control': 'no-store' };
      if (how === 'of no type') kept['content-type'] = 'application/octet-stream';
      if (isEdited) delete kept['content-length'];
      reply.writeHead(found.statusCode ?? 500, kept);
      if (isEdited) reply.write(`${how.before}\n`);
      if (how === 'cut short') {
        let left = Number(found.headers['content-length']) / 2;
        found.on('data', (bytes: Buffer) => {
          left -= bytes.length;
          if (left > 0) reply.write(bytes);
          else asked.socket.destroy();
        });
      } else found.pipe(reply);
    });
    passed.on('error', () => asked.socket.destroy());
    asked.pipe(passed);
  }
}
