/** What rows are grouped by: `slots[codes[row] + 1]`, a number from 0 to `size` − 1, so that NULL (−1) has a slot too. */
export interface GroupingKey {
  readonly codes: Int32Array;
  readonly slots: Int32Array;
  readonly size: number;
}

/**
 * Groups of rows. `groupOf[row]` is a number below `size`, or −1 for a row that the mask leaves out; not every number
 * below `size` need occur: `groups` lists those that do, and `rows[i]` is some row of `groups[i]` (−1 only where there
 * are no keys and no rows).
 */
export interface Grouping {
  readonly groupOf: Int32Array;
  readonly size: number;
  readonly groups: Int32Array;
  readonly rows: Int32Array;
}

/** Slots up to this many a row are addressed directly; beyond, they are hashed. */
const SLOTS_PER_ROW = 4;
const FEW_SLOTS = 4096;
/** Slot numbers stay exact as doubles below this. */
const LARGEST_PRODUCT = 2 ** 53;

/** The key of a dictionary's own values; NULL comes after them. */
export function dictionaryKey(column: {
  readonly codes: Int32Array;
  readonly values: { readonly length: number };
}): GroupingKey {
  const size = column.values.length + 1;
  const slots = new Int32Array(size);
  slots[0] = size - 1;
  for (let i = 1; i < size; i++) slots[i] = i - 1;
  return { codes: column.codes, slots, size };
}

/**
 * Groups the rows whose keys agree (NULL agrees with NULL), those with mask 1 where there is a mask. Groups come in the
 * order of their slots, the first key leading, where `isDirect`, else in the order of their first rows. Without keys
 * all rows are one group, which is there also when there is no row.
 */
export function groupRows(keys: readonly GroupingKey[], rowCount: number, mask: Uint8Array | null): Grouping {
  const groupOf = new Int32Array(rowCount);
  if (keys.length === 0) {
    if (mask !== null) for (let i = 0; i < rowCount; i++) groupOf[i] = mask[i] === 1 ? 0 : -1;
    return { groupOf, size: 1, groups: Int32Array.of(0), rows: Int32Array.of(groupOf.indexOf(0)) };
  }
  if (!isDirect(keys, rowCount)) return hashed(keys, rowCount, mask, groupOf);
  fillSlots(groupOf, keys);
  return groupSlots(groupOf, slotCount(keys), mask);
}

/** Whether the slots over all keys are few enough beside the rows to address them directly. */
export function isDirect(keys: readonly GroupingKey[], rowCount: number): boolean {
  return slotCount(keys) <= Math.max(FEW_SLOTS, SLOTS_PER_ROW * rowCount);
}

/** Number of slots over all keys: the product of their sizes. */
export function slotCount(keys: readonly GroupingKey[]): number {
  return keys.reduce((product, key) => product * key.size, 1);
}

/**
 * Writes the slot of each row over all keys, which ascends with the keys' slots, the first key leading. The number of
 * slots is below 2^31.
 */
export function fillSlots(target: Int32Array, keys: readonly GroupingKey[]): void {
  const [first, second, ...others] = keys;
  if (first === undefined) return;
  if (second === undefined) {
    const { codes, slots } = first;
    for (let i = 0; i < target.length; i++) target[i] = slots[(codes[i] ?? -1) + 1] ?? 0;
    return;
  }
  // Two keys are the usual case: one pass for both.
  const leading = first.slots.map((slot) => slot * second.size);
  const { codes, slots } = second;
  for (let i = 0; i < target.length; i++) {
    target[i] = (leading[(first.codes[i] ?? -1) + 1] ?? 0) + (slots[(codes[i] ?? -1) + 1] ?? 0);
  }
  for (const key of others) {
    for (let i = 0; i < target.length; i++) {
      target[i] = (target[i] ?? 0) * key.size + (key.slots[(key.codes[i] ?? -1) + 1] ?? 0);
    }
  }
}

/** Groups rows by slot numbers below `size`; `groupOf` holds them and becomes part of the result. */
export function groupSlots(groupOf: Int32Array, size: number, mask: Uint8Array | null): Grouping {
  const rowOf = new Int32Array(size);
  if (mask === null) {
    for (let i = 0; i < groupOf.length; i++) rowOf[groupOf[i] ?? 0] = i + 1;
  } else {
    for (let i = 0; i < groupOf.length; i++) {
      if (mask[i] === 1) rowOf[groupOf[i] ?? 0] = i + 1;
      else groupOf[i] = -1;
    }
  }
  let count = 0;
  for (let slot = 0; slot < size; slot++) if (rowOf[slot] !== 0) count++;
  const groups = new Int32Array(count);
  const rows = new Int32Array(count);
  let next = 0;
  for (let slot = 0; slot < size; slot++) {
    const row = rowOf[slot] ?? 0;
    if (row === 0) continue;
    groups[next] = slot;
    rows[next] = row - 1;
    next++;
  }
  return { groupOf, size, groups, rows };
}

/** Open addressing over the slots, which are exact as doubles; the table holds group numbers + 1. */
function hashed(
  keys: readonly GroupingKey[],
  rowCount: number,
  mask: Uint8Array | null,
  groupOf: Int32Array,
): Grouping {
  const slots = new Float64Array(rowCount);
  for (const key of exactKeys(keys, rowCount)) {
    for (let i = 0; i < rowCount; i++) {
      slots[i] = (slots[i] ?? 0) * key.size + (key.slots[(key.codes[i] ?? -1) + 1] ?? 0);
    }
  }
  const tableSize = 2 ** Math.ceil(Math.log2(2 * rowCount + 2));
  const table = new Int32Array(tableSize);
  const firstRows = new Int32Array(rowCount);
  let count = 0;
  for (let i = 0; i < rowCount; i++) {
    if (mask !== null && mask[i] !== 1) {
      groupOf[i] = -1;
      continue;
    }
    const slot = slots[i] ?? 0;
    let place = hash(slot) & (tableSize - 1);
    let group = (table[place] ?? 0) - 1;
    while (group >= 0 && slots[firstRows[group] ?? 0] !== slot) {
      place = (place + 1) & (tableSize - 1);
      group = (table[place] ?? 0) - 1;
    }
    if (group < 0) {
      group = count++;
      firstRows[group] = i;
      table[place] = count;
    }
    groupOf[i] = group;
  }
  const groups = Int32Array.from({ length: count }, (_, group) => group);
  return { groupOf, size: count, groups, rows: firstRows.slice(0, count) };
}

/** Spreads an integer below 2^53 over 32 bits (multiplication by odd constants, then the high bits folded down). */
function hash(slot: number): number {
  const high = Math.floor(slot / 4_294_967_296);
  const mixed = Math.imul(slot | 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 15);
}

/**
 * Keys that group alike and whose slots are exact as doubles: where the product of the sizes is too large, the leading
 * keys, as many as are exact, become one key of their groups' numbers.
 */
function exactKeys(keys: readonly GroupingKey[], rowCount: number): readonly GroupingKey[] {
  if (slotCount(keys) < LARGEST_PRODUCT) return keys;
  const taken = keys.findIndex((_, k) => slotCount(keys.slice(0, k + 1)) >= LARGEST_PRODUCT);
  const { groupOf, size } = groupRows(keys.slice(0, taken), rowCount, null);
  const leading = dictionaryKey({ codes: groupOf, values: { length: size } });
  return exactKeys([leading, ...keys.slice(taken)], rowCount);
}
