import type { BackendStatistics, Provenance } from '../../runtime/api.ts';

/** The name of a backend as it is written. */
export function backendTitle(name: Provenance['backend']): string {
  switch (name) {
    case 'duckdb':
      return 'DuckDB';
    case 'sqlite':
      return 'SQLite';
    case 'arquero':
      return 'Arquero';
  }
}

/** A backend's state in the status bar: `DuckDB idle`. Idle means that it was not even fetched. */
export function backendStateWords(backend: BackendStatistics): string {
  const name = backendTitle(backend.name);
  switch (backend.state) {
    case 'idle':
      return `${name} idle`;
    case 'starting':
      return `${name} starting`;
    case 'ready':
      return `${name} ready`;
    case 'failed':
      return `${name} failed`;
  }
}

/** What the backend's state means, for a tooltip. */
export function backendStateMeaning(backend: BackendStatistics): string {
  const name = backendTitle(backend.name);
  switch (backend.state) {
    case 'idle':
      return backend.parity === null
        ? `${name} was not started: no question needed it so far.`
        : `${name} is not running: it starts again when a question needs it.`;
    case 'starting':
      return `${name} is being fetched and started.`;
    case 'ready':
      return `${name} runs in a worker of this tab.`;
    case 'failed':
      return `${name} cannot be used. Stored entries still answer, and so do the other backends.`;
  }
}
