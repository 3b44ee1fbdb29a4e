import type { SemanticManifest } from '../collection/manifest.ts';
import { DOUBLE, type LogicalType, parseType, printType } from '../columns/logical-type.ts';
import type { ProfiledTable, ReadColumn } from '../profiling/table-profile.ts';
import type { Source } from '../sources/source.ts';
import { SourceError, type SourceFault } from '../sources/source-error.ts';
import { sourceWords } from './source-words.ts';

/** The types in which a collection's schemas read the columns of a source. */
export function declaredTypes({ schemas }: SemanticManifest, source: string): ReadonlyMap<string, LogicalType> {
  const columns = schemas.flatMap((schema) => (schema.source === source ? schema.columns : []));
  return new Map(columns.map(({ physical, type }) => [physical, type]));
}

/** Declared types as text that tells them apart; a date prints without its level. */
export function declaredNames(types: ReadonlyMap<string, LogicalType>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...types].map(([name, type]) => [name, type.kind === 'date' ? `date (${type.level})` : printType(type)]),
  );
}

/**
 * A source as a table to be profiled: its columns in their declared types, the others, and those that cannot be read so,
 * as the source has them; of decimals with more digits than a type may have the nearest doubles.
 */
export function profiledTable(source: Source, types: ReadonlyMap<string, LogicalType>): ProfiledTable {
  return {
    table: source.name,
    contentHash: source.contentHash,
    rowCount: source.rowCount,
    columns: source.columns.map(({ name, type: natural }) => ({
      name,
      read: () => readColumn(source, name, natural, types.get(name)),
    })),
  };
}

async function readColumn(
  source: Source,
  name: string,
  natural: string,
  declared: LogicalType | undefined,
): Promise<ReadColumn> {
  const own = parseType(natural);
  const type = declared ?? own ?? DOUBLE;
  const first = await tryColumn(source, name, type);
  const isDouble = declared === undefined && own === undefined;
  if (first.ok) return isDouble ? { ...first, caveat: `${natural} is read as the nearest doubles` } : first;
  if (declared === undefined || own === undefined) return { ok: false, type: natural, reason: first.reason };
  const second = await tryColumn(source, name, own);
  return second.ok
    ? { ...second, caveat: `it cannot be read as ${printType(declared)}: ${first.reason}` }
    : { ok: false, type: natural, reason: first.reason };
}

async function tryColumn(
  source: Source,
  name: string,
  type: LogicalType,
): Promise<Extract<ReadColumn, { ok: true }> | { readonly ok: false; readonly reason: string }> {
  try {
    const { batch } = await source.read([{ name, type }]);
    const [field] = batch.fields;
    if (field === undefined) throw new RangeError(`source ${source.name}: column ${name} was not read`);
    return { ok: true, column: field.column, caveat: null };
  } catch (error) {
    if (!(error instanceof SourceError) || !isOfColumn(error.fault)) throw error;
    return { ok: false, reason: sourceWords(error.message, source.name).reason };
  }
}

/** Whether a fault lies in one column, so that the others can be read all the same. */
function isOfColumn({ code }: SourceFault): boolean {
  switch (code) {
    case 'WRONG_CELL':
    case 'TOO_MANY_DIGITS':
    case 'OUT_OF_RANGE':
    case 'NOT_A_PERIOD':
    case 'INCOMPATIBLE_TYPE':
    case 'UNSUPPORTED_TYPE':
      return true;
    default:
      return false;
  }
}
