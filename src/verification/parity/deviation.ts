import type { Batch } from '../../columns/column.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import { sameDouble } from '../../columns/tolerance.ts';
import { printScalar } from '../../compose/printed-value.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import { decodeAggregate } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import type { Expected } from './vectors.ts';

/** What an engine gave where it had to give something else. */
export interface ParityDeviation {
  /** The operator, the function, or how a person calls what was probed. */
  readonly operator: string;
  /** Type and group of the vector. */
  readonly input: string;
  readonly expected: string;
  readonly found: string;
}

/** What the asked give together; where the engine fails at that, the first that fails alone deviates. */
export async function answerOf<Asked>(
  backend: DataAPIBackend,
  requestOf: (asked: readonly Asked[]) => AggregateRequest,
  asked: readonly Asked[],
  input: string,
  nameOf: (asked: Asked) => string,
): Promise<{ readonly batch: Batch } | { readonly deviation: ParityDeviation }> {
  const request = requestOf(asked);
  try {
    return { batch: decodeAggregate(request, await backend.aggregate('parity', request)) };
  } catch (error) {
    const [first, ...others] = asked;
    if (first === undefined || !isFailure(error)) throw error;
    if (others.length === 0) {
      return { deviation: { operator: nameOf(first), input, expected: 'an answer', found: error.message } };
    }
    for (const each of asked) {
      const alone = await answerOf(backend, requestOf, [each], input, nameOf);
      if ('deviation' in alone) return alone;
    }
    throw error;
  }
}

/** Whether the engine could not compute what it was asked, rather than having been ended or not answering at all. */
function isFailure(error: unknown): error is BackendError {
  return (
    error instanceof BackendError && (error.fault.code === 'STATEMENT_FAILED' || error.fault.code === 'OUT_OF_RANGE')
  );
}

/** Exact values bit for bit, doubles as answers agree; −0 is no value that an engine may give. */
export function isEqual(found: Expected, wanted: Expected, { kind }: LogicalType, of: readonly Expected[]): boolean {
  if (found === wanted) return !Object.is(found, -0);
  if (kind !== 'double' || typeof found !== 'number' || typeof wanted !== 'number') return false;
  const sumOfMagnitudes = of.reduce<number>((sum, value) => sum + Math.abs(Number(value ?? 0)), 0);
  return sameDouble(found, wanted, sumOfMagnitudes);
}

/** Values as a deviation tells them; `types` are those of the values at the same places. */
export function printedAll(values: readonly Expected[], types: readonly LogicalType[]): string {
  return values.map((value, i) => printedOne(value, types[i])).join(', ');
}

function printedOne(value: Expected, type: LogicalType | undefined): string {
  if (Object.is(value, -0)) return '-0';
  return type === undefined ? String(value) : printScalar(value, type);
}

/** Rows as a vector gives them. */
export function printed(values: readonly Expected[], type: LogicalType): string {
  const quoted = (value: Scalar | null) =>
    type.kind === 'text' && value !== null ? `'${value}'` : printScalar(value, type);
  return `[${values.map(quoted).join(', ')}]`;
}
