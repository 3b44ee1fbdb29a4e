import { createHash } from 'node:crypto';

/**
 * The content security policy under which the build runs: its own scripts, WebAssembly, the inline scripts of its page by
 * their hashes, and workers from its own origin or from a blob.
 * @param {string} html the built page
 * @returns {string} value for the `Content-Security-Policy` header
 */
export function contentSecurityPolicyOf(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return `script-src ${["'self'", "'wasm-unsafe-eval'", ...inline].join(' ')}; worker-src 'self' blob:`;
}
