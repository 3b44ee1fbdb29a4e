import type { KnownNames } from '../../../src/frameql/known-names.ts';

const KINDS: ReadonlyMap<string, 'dimension' | 'attribute' | 'family'> = new Map([
  ['region', 'dimension'],
  ['store', 'dimension'],
  ['day', 'dimension'],
  ['store_name', 'attribute'],
  ['revenue', 'family'],
  ['cost', 'family'],
  ['profit', 'family'],
]);

/** A small retail collection, as far as names go. */
export const KNOWN: KnownNames = {
  kindOf: (name) => KINDS.get(name),
  families: ['revenue', 'cost', 'profit'],
};
