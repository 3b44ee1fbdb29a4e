import type { LogicalType } from '../columns/logical-type.ts';
import type { Takes } from '../operators/functions/scalar-function.ts';

/** Whether a value of a type may stand where a function takes one. */
export function isTaken(taken: Takes | null, type: LogicalType | null): boolean {
  if (taken === null || type === null) return true;
  switch (taken.kind) {
    case 'number':
      return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
    case 'exact':
      return type.kind === 'int64' || type.kind === 'decimal';
    case 'integer':
      return type.kind === 'int64';
    case 'text':
      return type.kind === 'text';
    case 'date':
      return type.kind === 'date' && taken.levels.includes(type.level);
    case 'value':
      return true;
    case 'digits':
    case 'level':
      return false;
  }
}
