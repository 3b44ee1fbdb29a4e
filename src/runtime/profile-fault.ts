import { nearestNames } from '../collection/nearest-names.ts';
import type { UnreadableSource } from '../resolution/facts.ts';
import { SourceError } from '../sources/source-error.ts';
import { sourceWords } from './source-words.ts';

/** A table that cannot be profiled: there is none of the name, or its source cannot be read. */
export class ProfileFault extends Error {
  override readonly name = 'ProfileFault';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

export function unknownTable(name: string, tables: readonly string[]): ProfileFault {
  const near = nearestNames(name, tables);
  const remedy = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `The tables are ${tables.join(', ')}.`;
  return new ProfileFault(`There is no table ${name}.`, remedy);
}

export function unreadableTable(
  name: string,
  { reason, remedy }: Pick<UnreadableSource, 'reason' | 'remedy'>,
): ProfileFault {
  return new ProfileFault(`The table ${name} cannot be profiled: ${reason}.`, remedy);
}

/** An error of reading as what a person is told; any other as it is. */
export function profileFault(name: string, error: unknown): unknown {
  return error instanceof SourceError ? unreadableTable(name, sourceWords(error.message, name)) : error;
}
