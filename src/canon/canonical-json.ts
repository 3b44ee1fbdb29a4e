/** What canonical JSON can hold: plain data, readonly all the way down. */
export type Canonical =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * The one text of a value, different for different values: keys sorted by code unit, ECMAScript numbers, −0 as 0, bigint
 * tagged as `{"$int":"…"}` (a key that begins with `$` doubles it), keys whose value is undefined left out. Throws
 * `TypeError` on NaN, ±Infinity, holes in arrays, Map, Date and anything else that is not plain data.
 */
export function canonicalJson(value: Canonical): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return `{"$int":"${value}"}`;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: ${value} has no canonical form`);
      return JSON.stringify(value === 0 ? 0 : value);
    case 'object':
      if (value === null) return 'null';
      if (isArray(value)) return canonicalArray(value);
      requirePlain(value);
      return canonicalObject(value);
    default:
      throw new TypeError(`canonical JSON: a ${typeof value} has no canonical form`);
  }
}

function canonicalArray(value: readonly (Canonical | undefined)[]): string {
  let text = '[';
  // A hole reads as undefined, which is refused; map would pass over it.
  for (let i = 0; i < value.length; i++) text += `${i === 0 ? '' : ','}${itemJson(value[i])}`;
  return `${text}]`;
}

function itemJson(item: Canonical | undefined): string {
  if (item === undefined) throw new TypeError('canonical JSON: undefined has no canonical form');
  return canonicalJson(item);
}

function canonicalObject(value: { readonly [key: string]: Canonical | undefined }): string {
  const keys = Object.keys(value);
  if (!areSorted(keys)) keys.sort();
  let text = '{';
  for (const key of keys) {
    const item = value[key];
    if (item !== undefined) text += `${text.length === 1 ? '' : ','}${keyJson(key)}:${canonicalJson(item)}`;
  }
  return `${text}}`;
}

function areSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return false;
  return true;
}

/** Most keys are words, which need no escaping. */
function keyJson(key: string): string {
  return /^\w+$/.test(key) ? `"${key}"` : JSON.stringify(escapeKey(key));
}

/** Keeps objects apart from tagged bigints. */
function escapeKey(key: string): string {
  return key.startsWith('$') ? `$${key}` : key;
}

/** Plain objects have no prototype, or one that has none itself: that of any realm's `Object`. */
function requirePlain(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  throw new TypeError(`canonical JSON: a ${value.constructor.name} has no canonical form`);
}

/** `Array.isArray` does not narrow readonly arrays out of a union; this does. */
function isArray(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}
