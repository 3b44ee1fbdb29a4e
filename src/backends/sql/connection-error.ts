import { BackendError } from '../../protocol/backend-error.ts';

/** Why a connection to a database could not do what was asked. */
export type ConnectionFault =
  /** It was cancelled; the statement has stopped. */
  | 'cancelled'
  /** The database refused the statement; the connection goes on. */
  | 'statement'
  /** The same, since an exact integer passed 127 bits. */
  | 'out of range'
  /** The database is gone with all that it held; a new connection is needed. */
  | 'lost';

/** What a connection rejects with. `message` is the database's reason, for people. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly fault: ConnectionFault;

  constructor(fault: ConnectionFault, reason: string) {
    super(reason);
    this.fault = fault;
  }
}

/** The same as the backend's own error, about the statement. */
export function statementError({ fault, message }: ConnectionError, statement: string): BackendError {
  if (fault === 'out of range') return new BackendError({ code: 'OUT_OF_RANGE', statement, reason: message });
  const loss = fault === 'lost' ? '; the database is lost, and starts anew without tables when next asked' : '';
  return new BackendError({ code: 'STATEMENT_FAILED', statement, reason: `${message}${loss}` });
}
