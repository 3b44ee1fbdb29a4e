import type { Batch } from '../columns/column.ts';
import type { Atom } from '../planning/atom.ts';
import type { EntryRow, MetricRow } from './entry.ts';

/** A row whose file is not written yet. */
export type UnwrittenRow<Row extends EntryRow> = Omit<Row, 'bytes' | 'checksum' | 'path'>;

/** How a state was made. */
export type Making = Pick<MetricRow, 'derivedFrom' | 'hinted' | 'question'> & { readonly milliseconds: number };

/** The row of an atom's state; `now` in milliseconds since 1970. */
export function rowOf(atom: Atom, batch: Batch, made: Making, now: number): UnwrittenRow<MetricRow> {
  const anchor = atom.anchor.map((name) => {
    const input = atom.inputs.find((each) => each.name === name);
    if (input === undefined) throw new RangeError(`atom: anchor ${name} is not one of its inputs`);
    return { name, type: input.type, access: input.access };
  });
  return {
    domain: 'metric',
    key: atom.key,
    stateKey: atom.stateKey,
    family: atom.family,
    schema: atom.schema,
    state: atom.state,
    inputType: atom.inputType,
    anchor,
    filter: atom.filter,
    rows: batch.rowCount,
    boundary: atom.boundary,
    conditions: atom.conditions.map((each) => each.key),
    verificationLevel: 'A',
    notFurtherRollable: !atom.rollable,
    derivedFrom: made.derivedFrom,
    hinted: made.hinted,
    question: made.question,
    createdAt: now,
    computeMilliseconds: made.milliseconds,
    sourceHashes: atom.sourceHashes,
  };
}

/** Where the file of an atom's state lies below the store's root. */
export function folderOf({ schema, anchor }: Atom): readonly string[] {
  return ['data', 'metric', schema, anchor.length === 0 ? '()' : anchor.join(',')];
}

/** In a file every column has a name of its own; a dimension may bear a state column's, and never begins with `#`. */
export function withDistinctNames({ rowCount, fields }: Batch, keyCount: number): Batch {
  const keys = new Set(fields.slice(0, keyCount).map(({ name }) => name));
  const named = fields.map((field, i) =>
    i < keyCount || !keys.has(field.name) ? field : { ...field, name: `#${field.name}` },
  );
  return { rowCount, fields: named };
}
