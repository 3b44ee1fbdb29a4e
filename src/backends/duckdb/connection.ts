import { ConnectionError } from '../sql/connection-error.ts';

/**
 * One DuckDB, wherever it runs. Calls do not overlap: the backend waits for one before it makes the next. All reject
 * with `ConnectionError`. What crosses is SQL text and raw Arrow IPC bytes, which no Arrow version can misread.
 */
export interface Connection {
  /** Runs a statement, cancellable between slices of its work; its result as one Arrow IPC stream. */
  query(sql: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Runs a short statement to its end. */
  run(sql: string): Promise<Uint8Array>;
  /** Appends an Arrow IPC stream to a table, columns by position. Takes the bytes' buffer: it is detached. */
  insertIpc(table: string, ipc: Uint8Array): Promise<void>;
  /** DuckDB's version, e.g. `v1.4.3`. */
  version(): Promise<string>;
  close(): Promise<void>;
}

/** First statements of every database. */
export function settings(extensionRepository: string): readonly string[] {
  const repository = extensionRepository.replaceAll("'", "''");
  return [
    // DuckDB otherwise downloads what a statement seems to need; offline that throws at random or hangs.
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    // With an address of our own even ICU functions give a plain error.
    `SET custom_extension_repository = '${repository}'`,
  ];
}

/** A rejected call's error as a `ConnectionError`: WebAssembly traps lose the database. */
export function connectionError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  if (!(error instanceof Error)) return new ConnectionError('lost', String(error));
  const trapped = error.name === 'RuntimeError' || error.name === 'RangeError';
  const reason = reasonOf(error.message);
  if (trapped) return new ConnectionError('lost', reason);
  // DuckDB has no codes; a cast or a date out of range is told in other words.
  return new ConnectionError(
    reason.startsWith('Out of Range Error: Overflow in ') ? 'out of range' : 'statement',
    reason,
  );
}

/** Errors of binding come as a JSON document, those of execution as text with the statement quoted below. */
function reasonOf(message: string): string {
  if (message.startsWith('{')) {
    try {
      const parsed: unknown = JSON.parse(message);
      if (typeof parsed === 'object' && parsed !== null && 'exception_message' in parsed) {
        const kind = 'exception_type' in parsed ? `${parsed.exception_type} Error: ` : '';
        return `${kind}${parsed.exception_message}`;
      }
    } catch {
      // Not JSON after all: the message is the reason.
    }
  }
  return message.split('\n\nLINE ')[0]?.trim() ?? message;
}
