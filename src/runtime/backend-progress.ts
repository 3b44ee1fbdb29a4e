import type { BackendName } from '../protocol/backend.ts';
import type { Progress } from './api.ts';

/** What each backend runs on, for people. */
const LABELS: Readonly<Record<BackendName, string>> = {
  duckdb: 'database engine DuckDB',
  sqlite: 'database engine SQLite',
  arquero: 'table engine Arquero',
};

/** One step of a backend's start; `bytes`: how many have come, unpacked, null before any has. */
export function backendProgress(
  name: BackendName,
  state: Progress['state'],
  { bytes = null, milliseconds = null, detail = null }: Partial<BackendStep> = {},
): Progress {
  return {
    id: `backend ${name}`,
    phase: 'backend',
    label: LABELS[name],
    state,
    // How many there will be the response does not say where it travels compressed.
    done: bytes,
    total: null,
    unit: bytes === null ? null : 'bytes',
    milliseconds,
    detail,
  };
}

interface BackendStep {
  readonly bytes: number | null;
  readonly milliseconds: number | null;
  readonly detail: string | null;
}
