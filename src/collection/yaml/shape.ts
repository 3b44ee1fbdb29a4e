import * as v from 'valibot';

/**
 * Building blocks of the two document schemas. `words` say in a message what must stand there ("a list of …") and in
 * the published JSON Schema what the key is for; `about` adds the latter where they differ.
 */

/** A mapping with these keys and no other. */
export function mapping<const Entries extends v.ObjectEntries>(words: string, entries: Entries) {
  // The rest's message carries the known keys to whoever reports an unknown one.
  return v.pipe(
    v.objectWithRest(entries, v.never(Object.keys(entries).join(' ')), words),
    v.description(capitalised(words)),
  );
}

/** A mapping from names to values of one shape. */
export function named<const Value extends v.GenericSchema>(words: string, value: Value) {
  return v.pipe(v.record(v.string(), value, words), v.description(capitalised(words)));
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
  return v.pipe(v.string(words), v.regex(/^\S(.*\S)?$/, words), v.description(capitalised(words)));
}

/** A whole number from `least`. */
export function count(words: string, least: number) {
  return v.pipe(v.number(words), v.safeInteger(words), v.minValue(least, words), v.description(capitalised(words)));
}

/** true or false. */
export function truth(words: string) {
  return v.pipe(v.boolean(words), v.description(capitalised(words)));
}

/** One of these texts. */
export function choice<const Options extends readonly string[]>(words: string, options: Options) {
  return v.pipe(v.picklist(options, words), v.description(capitalised(words)));
}

/** A key of the language that this version does not have: read whatever it holds, so that it can be refused by name. */
export function absent(feature: string) {
  return v.pipe(v.unknown(), v.metadata({ description: `${feature}: not in this version`, not: {} }));
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
