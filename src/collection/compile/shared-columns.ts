import { printType, sameType } from '../../columns/logical-type.ts';
import type { CompileContext } from './draft.ts';
import type { Structure } from './structure.ts';

/** Reports columns of one source that two schemas read as different types: a source is loaded once, in one type each. */
export function checkSharedColumns({ document, positions, report }: CompileContext, structure: Structure): void {
  const first = new Map<string, { readonly at: string; readonly schema: string; readonly physical: string }>();
  document.schemas.forEach(({ name }, index) => {
    const schema = structure.schemas.get(name);
    for (const { physical, type } of schema?.columns ?? []) {
      if (schema === undefined) continue;
      const key = JSON.stringify([schema.source, physical]);
      const other = first.get(key);
      const at = `\`${name}.${physical}\``;
      if (other === undefined) {
        first.set(key, { at, schema: name, physical });
        continue;
      }
      const known = structure.schemas.get(other.schema)?.columns.find((column) => column.physical === physical)?.type;
      if (known === undefined || sameType(known, type)) continue;
      const words = { first: printed(known), firstAt: other.at, second: printed(type), secondAt: at };
      const parameters = { kind: 'source column', name: `${schema.source}.${physical}`, ...words };
      report.issue('TWO_TYPES', parameters, positions.value(['schemas', index, 'columns', physical]));
    }
  });
}

function printed(type: Parameters<typeof printType>[0]): string {
  return type.kind === 'date' ? `a date of level ${type.level}` : printType(type);
}
