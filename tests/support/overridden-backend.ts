import { encodeBatch } from '../../src/columns/arrow.ts';
import type { Batch } from '../../src/columns/column.ts';
import type { DataAPIBackend } from '../../src/protocol/backend.ts';
import { decodeAggregate } from '../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../src/protocol/request.ts';

/** A real backend, but for what is overridden: an engine with one fault. */
export function overridden(backend: DataAPIBackend, other: Partial<DataAPIBackend>): DataAPIBackend {
  return new Proxy(backend, {
    get: (target, name: keyof DataAPIBackend) => {
      const member = other[name] ?? target[name];
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** A backend whose results from a table are falsified. */
export function falsified(
  backend: DataAPIBackend,
  table: string,
  falsify: (batch: Batch, request: AggregateRequest) => Batch,
): DataAPIBackend {
  return overridden(backend, {
    aggregate: async (id, request) => {
      const result = await backend.aggregate(id, request);
      if (request.table !== table) return result;
      const batch = falsify(decodeAggregate(request, result), request);
      return { ...result, ipc: encodeBatch(batch, undefined, { exact: 'fitting' }) };
    },
  });
}
