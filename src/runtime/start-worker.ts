/** Starts a module worker from an absolute address, of this origin or of another one that allows reading from here. */
export function startWorker(address: string, name: string): Worker {
  if (new URL(address).origin === globalThis.origin) return new Worker(address, { type: 'module', name });
  // A worker's own script must be of the page's origin; what that script imports need not be.
  const script = bootstrapOf(address);
  // Chromium refuses module workers from blob: where the origin is opaque (a sandboxed frame); data: works there.
  const bootstrap =
    globalThis.origin === 'null'
      ? `data:text/javascript,${encodeURIComponent(script)}`
      : URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  return new Worker(bootstrap, { type: 'module', name });
}

/**
 * A script that imports another one. A content security policy takes static imports of a worker for workers, but
 * `import()` for a script, which `script-src` allows; messages that come before it is done are held back until then, in
 * their order. An address that cannot be loaded becomes an error of the worker.
 */
function bootstrapOf(address: string): string {
  return `
    const early = [];
    const hold = (event) => {
      event.stopImmediatePropagation();
      early.push(event);
    };
    addEventListener('message', hold);
    import(${JSON.stringify(address)}).then(
      () => {
        removeEventListener('message', hold);
        for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports }));
      },
      (error) => setTimeout(() => { throw error; }),
    );
  `;
}
