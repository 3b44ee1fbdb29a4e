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
      // Array.from turns holes into undefined, which is refused; map would pass over them.
      if (isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
      requirePlain(value);
      return canonicalObject(value);
    default:
      throw new TypeError(`canonical JSON: a ${typeof value} has no canonical form`);
  }
}

function canonicalObject(value: { readonly [key: string]: Canonical | undefined }): string {
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) parts.push(`${JSON.stringify(escapeKey(key))}:${canonicalJson(item)}`);
  }
  return `{${parts.join(',')}}`;
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
