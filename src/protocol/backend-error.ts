import type { MessageTable } from '../canon/issue.ts';
import type { BackendFault } from './backend.ts';

type FaultsByCode = { readonly [Fault in BackendFault as Fault['code']]: Fault };

const MESSAGES: MessageTable<FaultsByCode> = {
  CANCELLED: ({ id }) => `request ${id}: cancelled before it was done; ask again to have it run`,
  TABLE_TOO_LARGE: ({ table, rows, bytes, limit }) =>
    `table ${table}: ${rows} rows would take the backend to about ${bytes} bytes, and it holds at most ${limit}; ` +
    'load fewer columns or rows, or drop a table that is not needed',
  NOT_LOADED: ({ table, column }) =>
    column === null
      ? `table ${table}: not loaded into the backend; load it, then ask again`
      : `table ${table}: column ${column} is not loaded into the backend; load it, then ask again`,
  OUT_OF_RANGE: ({ statement, reason }) =>
    `an exact integer passed 127 bits: ${reason}; ask at a finer anchor, or with smaller factors: ${statement}`,
  START_FAILED: ({ backend, reason }) =>
    `backend ${backend}: did not start (${reason}); check that its files are served beside the application, then reload`,
  PARITY_FAILED: ({ backend, operator, input, expected, found }) =>
    `backend ${backend}: ${operator} of ${input} must be ${expected}, and it gave ${found}; it is not used, choose another`,
  LOST: ({ backend, reason }) =>
    `backend ${backend}: it was lost (${reason}); what is stored is unharmed, and it starts anew when you ask again`,
  STATEMENT_FAILED: ({ statement, reason }) =>
    `statement failed: ${reason}; the sources are unharmed, change the question or report the statement: ${statement}`,
};

/** Codes of backend faults, for recognising one that crossed a worker as data. */
const CODES: readonly string[] = Object.keys(MESSAGES);

/** How a backend fails: the fault as data, and its message for people. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly fault: BackendFault;

  constructor(fault: BackendFault) {
    super(faultMessage(fault));
    this.fault = fault;
  }
}

/** The message of a fault: the thing, what was found, what to do. */
export function faultMessage(fault: BackendFault): string {
  switch (fault.code) {
    case 'CANCELLED':
      return MESSAGES.CANCELLED(fault);
    case 'TABLE_TOO_LARGE':
      return MESSAGES.TABLE_TOO_LARGE(fault);
    case 'NOT_LOADED':
      return MESSAGES.NOT_LOADED(fault);
    case 'OUT_OF_RANGE':
      return MESSAGES.OUT_OF_RANGE(fault);
    case 'START_FAILED':
      return MESSAGES.START_FAILED(fault);
    case 'PARITY_FAILED':
      return MESSAGES.PARITY_FAILED(fault);
    case 'LOST':
      return MESSAGES.LOST(fault);
    case 'STATEMENT_FAILED':
      return MESSAGES.STATEMENT_FAILED(fault);
  }
}

/** Whether a value is a fault as `BackendError.fault` holds it, e.g. one thrown across a worker. */
export function isBackendFault(value: unknown): value is BackendFault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    CODES.includes(value.code)
  );
}
