import * as v from 'valibot';

/**
 * Building blocks of the two document schemas. `words` say in a message what must stand there (`a list of …`) and describe
 * the key in the published JSON Schema.
 */

/** A mapping with these keys and no other; `later` are keys that are read so that they can be refused by name. */
export function mapping<
  const Entries extends v.ObjectEntries,
  const Later extends v.ObjectEntries = Record<never, never>,
>(words: string, entries: Entries, later?: Later) {
  const all: Entries & Later = Object.assign({}, entries, later);
  // The rest's message carries the known keys to whoever reports an unknown one.
  const rest = v.never(Object.keys(entries).join(' '));
  return v.pipe(noList(words), v.objectWithRest(all, rest, words), v.description(capitalised(words)));
}

/** A mapping from names to values of one shape. */
export function named<const Value extends v.GenericSchema>(words: string, value: Value) {
  return v.pipe(noList(words), v.record(v.string(), value, words), v.description(capitalised(words)));
}

/** A list of values of one shape. */
export function list<const Item extends v.GenericSchema>(words: string, item: Item) {
  return v.pipe(v.array(item, words), v.description(capitalised(words)));
}

/** Any text. */
export function text(words: string) {
  return v.pipe(v.string(words), v.description(capitalised(words)));
}

/** A text that can be a name: one line, not empty, no space at either end. */
export function name(words: string) {
  return v.pipe(
    v.string(words),
    v.regex(/^\S(.*\S)?$/, `${words}, not empty and without space at its ends`),
    v.description(capitalised(words)),
  );
}

/** A whole number from `least`. */
export function count(words: string, least: number) {
  return v.pipe(v.number(words), v.safeInteger(words), v.minValue(least, words), v.description(capitalised(words)));
}

/** true or false; `about` says what it decides. */
export function truth(about: string) {
  return v.pipe(v.boolean('true or false'), v.description(about));
}

/** One of these texts. */
export function choice<const Options extends readonly string[]>(words: string, options: Options) {
  return v.pipe(v.picklist(options, words), v.description(capitalised(words)));
}

/** A key of the language that this version does not have, whatever it holds. */
export function absent(feature: string) {
  return v.exactOptional(v.pipe(v.unknown(), v.metadata({ description: `${feature}: not in this version`, not: {} })));
}

/** Valibot takes a list for an object with the keys 0, 1, …; a person does not. */
function noList(words: string) {
  return v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), words),
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
