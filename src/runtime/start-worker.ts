/** Starts a module worker from an absolute address, of this origin or of another one that allows reading from here. */
export function startWorker(address: string, name: string): Worker {
  if (new URL(address).origin === globalThis.origin) return new Worker(address, { type: 'module', name });
  // A worker's own script must be of the page's origin; what that script imports need not be.
  const script = `import ${JSON.stringify(address)};`;
  // Chromium refuses module workers from blob: where the origin is opaque (a sandboxed frame); data: works there.
  const bootstrap =
    globalThis.origin === 'null'
      ? `data:text/javascript,${encodeURIComponent(script)}`
      : URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  return new Worker(bootstrap, { type: 'module', name });
}
