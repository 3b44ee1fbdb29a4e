import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { listen } from './port.mjs';
import { mediaTypeOf } from './server/media-type.mjs';
import { parseRange } from './server/range.mjs';
import { Representations } from './server/representation.mjs';

/**
 * @typedef {object} ServeOptions
 * @property {string} root folder to serve
 * @property {number} [port] first port to try; 0 (the default) lets the system choose
 * @property {string} [host] default `127.0.0.1`, which browsers treat as a secure origin
 * @property {string} [base] path under which the folder appears, for example `/sub/path/`
 * @property {boolean} [cors] lets pages of every origin read the files
 * @property {Record<string, string>} [headers] added to every response, for example a content security policy
 * @property {(line: string) => void} [log] receives one line for each request, and one when the port was busy
 */

/** Names that carry a hash of their content never change: `assets/index-DxpnUJgC.js`. */
const HASHED = /(?:^|\/)(?:assets|workers)\/[^/]+-[\w-]{8}\.\w+$/;

/**
 * Serves a folder of static files as an ordinary host of static files does, compressed siblings, ranges and strong ETags
 * included, and sends no header that such a host would not send.
 * @param {ServeOptions} options
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `url` ends in the base path
 */
export async function serve({ root, port = 0, host = '127.0.0.1', base = '/', cors = false, headers = {}, log }) {
  const files = new Representations(root);
  const common = cors
    ? {
        ...headers,
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
      }
    : headers;

  const server = createServer((request, response) => {
    const started = performance.now();
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
    response.once('close', () => {
      const coding = response.getHeader('Content-Encoding') ?? 'identity';
      log?.(
        `${request.method} ${request.url} ${response.statusCode} ${coding} ${response.getHeader('Content-Length') ?? 0} B ${Math.round(performance.now() - started)} ms`,
      );
    });
    answer(request, response, { files, base }).catch((error) => {
      log?.(`${request.method} ${request.url} failed: ${error.message}`);
      if (response.headersSent) response.destroy();
      else plain(response, 500, 'the file could not be read');
    });
  });

  const taken = await listen(server, { host, port, ...(log && { log }) });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${base}`,
    port: taken,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ files: Representations, base: string }} site
 */
async function answer(request, response, { files, base }) {
  if (request.method === 'OPTIONS') {
    response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD');
    response.setHeader('Access-Control-Allow-Headers', '*');
    return empty(response, 204);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD, OPTIONS');
    return plain(response, 405, `${request.method} is not served here; use GET or HEAD`);
  }

  const address = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  if (`${address}/` === base) return redirect(response, base);
  const path = decoded(address);
  if (path === undefined) return plain(response, 400, 'the path is not valid percent-encoding');
  const found = path.startsWith(base) ? await files.locate(path.slice(base.length)) : undefined;
  if (found === 'folder') return redirect(response, `${address}/`);
  if (!found) return plain(response, 404, `there is no ${path} here`);

  // A range counts bytes of the file itself, so a request with one is answered without a coding.
  const ranged = request.method === 'GET' && request.headers.range !== undefined;
  const coding = ranged ? '' : String(request.headers['accept-encoding'] ?? '');
  const representation = await files.choose(found.file, coding);

  response.setHeader('ETag', representation.etag);
  response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Accept-Ranges', 'bytes');
  if (representation.negotiated) response.setHeader('Vary', 'Accept-Encoding');
  if (matches(request.headers['if-none-match'], representation.etag)) return empty(response, 304);

  response.setHeader('Content-Type', mediaTypeOf(found.file));
  if (representation.coding !== 'identity') response.setHeader('Content-Encoding', representation.coding);

  const condition = request.headers['if-range'];
  const current = condition === undefined || condition === representation.etag;
  const range = ranged && current ? parseRange(request.headers.range, representation.bytes) : 'none';
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${representation.bytes}`);
    return empty(response, 416);
  }
  const { start, end } = range === 'none' ? { start: 0, end: representation.bytes - 1 } : range;
  if (range !== 'none') response.setHeader('Content-Range', `bytes ${start}-${end}/${representation.bytes}`);
  response.setHeader('Content-Length', end - start + 1);
  response.statusCode = range === 'none' ? 200 : 206;
  if (request.method === 'HEAD' || representation.bytes === 0) return void response.end();
  // A reader who leaves half-way is no fault of the server.
  await pipeline(createReadStream(representation.file, { start, end }), response).catch((error) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/**
 * @param {string} address
 * @returns {string | undefined} the address with `%xx` resolved
 */
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

/**
 * Whether `If-None-Match` names this ETag, by the weak comparison that the header asks for.
 * @param {string | undefined} header
 * @param {string} etag
 */
function matches(header, etag) {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 */
function empty(response, status) {
  response.statusCode = status;
  response.end();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} location
 */
function redirect(response, location) {
  response.setHeader('Location', location);
  empty(response, 301);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} message
 */
function plain(response, status, message) {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(`${message}\n`));
  response.statusCode = status;
  response.end(`${message}\n`);
}
