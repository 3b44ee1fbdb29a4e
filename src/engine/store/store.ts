import type { CountedUse, EngineFault, EntryRow, EntryUse } from '../entry.ts';

/**
 * Where entries live: bytes in files, rows in a list. One interface for OPFS + IndexedDB, IndexedDB alone, and memory;
 * one contract suite runs on all three. Nothing here rejects for a fault of the storage: a read that fails is a miss
 * (undefined) and a fault that is reported.
 */
export interface EntryStore {
  readonly kind: 'opfs' | 'indexeddb' | 'memory';
  /** Which storage this is and what that means, in words for a person. */
  readonly words: string;
  /** All rows with their uses, as of now. Rows that are not well formed are left out and reported. */
  list(): Promise<readonly { readonly row: EntryRow; readonly use: EntryUse }[]>;
  /** One row, as of now: another tab may have written it. */
  find(key: string): Promise<EntryRow | undefined>;
  /** Those of the keys that are listed, with their uses, as of now. */
  listed(keys: readonly string[]): Promise<readonly { readonly row: EntryRow; readonly use: EntryUse }[]>;
  /** The bytes of a row; undefined (and the row is quarantined and a fault reported) unless length and SHA-256 agree. */
  read(row: EntryRow): Promise<Uint8Array | undefined>;
  /**
   * file under its final name → flush → close → one transaction adds the row. Resolves to 'kept', or 'full' where the
   * storage's quota refused it, or 'failed' (a fault is reported). Never leaves a row without its whole file.
   */
  put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'>;
  /** Adds what was counted since; unknown keys are ignored. Whether an entry is pinned stays as it is. */
  use(counted: readonly CountedUse[]): Promise<void>;
  /** Records whether an entry is pinned, and nothing else; an unknown key is ignored. */
  pin(key: string, on: boolean): Promise<void>;
  /** Removes rows first, then their files. */
  remove(keys: readonly string[]): Promise<void>;
  /** Deletes files that no row names (left by a killed tab), under the store's lock; returns how many. */
  sweep(): Promise<number>;
  /** Bytes that the browser grants this origin; null where it does not say. */
  quota(): Promise<number | null>;
  close(): Promise<void>;
}

export type ReportFault = (fault: EngineFault) => void;
