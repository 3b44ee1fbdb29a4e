import type { CountedUse, EngineFault, EntryRow, EntryUse } from '../entry.ts';
import { unused, withCounted } from '../entry-use.ts';
import type { EntryDatabase, ObjectStoreName } from './entry-database.ts';
import { parseRow, parseUse } from './row-schema.ts';
import { storageFault } from './storage-failure.ts';
import type { ReportFault } from './store.ts';

/** A row with how it has been used. */
export interface ListedEntry {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

/** The paths that the rows of an object store name, well formed or not. */
export async function listedPaths(entries: {
  readonly getAll: () => Promise<readonly unknown[]>;
}): Promise<ReadonlySet<string>> {
  const rows = await entries.getAll();
  return new Set(rows.flatMap((row) => (isNamed(row) && typeof row.path === 'string' ? [row.path] : [])));
}

function isNamed(row: unknown): row is { readonly path: unknown } {
  return typeof row === 'object' && row !== null && 'path' in row;
}

/**
 * The entry list in IndexedDB: rows and uses. Where the database holds the files too, each goes with its row in one
 * transaction. Rows are checked when they are read: one that is not well formed is reported and removed. Only `keep` and
 * `paths` reject; whatever else fails is reported, and answered as if nothing were stored.
 */
export class EntryRows {
  private readonly database: EntryDatabase;
  private readonly report: ReportFault;
  private readonly all: ObjectStoreName[];

  constructor(database: EntryDatabase, report: ReportFault) {
    this.database = database;
    this.report = report;
    this.all = database.holdsFiles ? ['entries', 'uses', 'files'] : ['entries', 'uses'];
  }

  /** All well-formed rows with their uses. */
  list(): Promise<readonly ListedEntry[]> {
    return this.survive('The list of entries cannot be read', [], async () => {
      const [rows, uses] = await this.database.read(['entries', 'uses'], (transaction) =>
        Promise.all([transaction.objectStore('entries').getAll(), transaction.objectStore('uses').getAll()]),
      );
      const useOf = new Map(this.uses(uses).map((use) => [use.key, use]));
      const parsed = rows.map(parseRow);
      if (!parsed.every(({ ok }) => ok)) await this.discardMalformed();
      return parsed.flatMap((each) =>
        each.ok ? [{ row: each.value, use: useOf.get(each.value.key) ?? unused(each.value) }] : [],
      );
    });
  }

  /** The row of a key. */
  find(key: string): Promise<EntryRow | undefined> {
    return this.survive('The list of entries cannot be read', undefined, async () => {
      const value: unknown = await this.database.read(['entries'], (transaction) =>
        transaction.objectStore('entries').get(key),
      );
      if (value === undefined) return undefined;
      const parsed = parseRow(value);
      if (parsed.ok) return parsed.value;
      await this.discardMalformed();
      return undefined;
    });
  }

  /** Those of the keys whose rows are there and well formed, with their uses. */
  listed(keys: readonly string[]): Promise<readonly ListedEntry[]> {
    return this.survive('The list of entries cannot be read', [], async () => {
      const found = await this.database.read(['entries', 'uses'], (transaction) => {
        const [entries, uses] = [transaction.objectStore('entries'), transaction.objectStore('uses')];
        return Promise.all(keys.map((key) => Promise.all([entries.get(key), uses.get(key)])));
      });
      return found.flatMap(([row, use]) => {
        const [listed, counted] = [parseRow(row), parseUse(use)];
        if (!listed.ok) return [];
        return [{ row: listed.value, use: counted.ok ? counted.value : unused(listed.value) }];
      });
    });
  }

  /** The paths that rows name. Rejects where the list cannot be read: no file may go because its row was not seen. */
  async paths(): Promise<ReadonlySet<string>> {
    return this.database.read(['entries'], (transaction) => listedPaths(transaction.objectStore('entries')));
  }

  /** Adds a row, with its file where the database holds files. Rejects where it is not committed. */
  async keep(row: EntryRow, file?: ArrayBuffer): Promise<void> {
    const stores: ObjectStoreName[] = file === undefined ? ['entries'] : ['entries', 'files'];
    await this.database.write(stores, 'strict', async (transaction) => {
      const writes: Promise<unknown>[] = [transaction.objectStore('entries').put(row)];
      if (file !== undefined) writes.push(transaction.objectStore('files').put(file, row.path));
      await Promise.all(writes);
    });
  }

  /** Adds uses of keys that are listed. They may be lost with a killed tab or a failing storage: it is not worth waiting for the disk, or trying again. */
  async use(counted: readonly CountedUse[]): Promise<void> {
    if (counted.length === 0) return;
    await this.survive('How often entries are used cannot be recorded', undefined, () =>
      this.change('relaxed', new Map(counted.map((each) => [each.key, (use) => withCounted(use, each)]))),
    );
  }

  /** Records whether a listed entry is pinned. */
  async pin(key: string, on: boolean): Promise<void> {
    await this.survive('Whether an entry is pinned cannot be recorded', undefined, () =>
      this.change('strict', new Map([[key, (use) => ({ ...use, pinned: on })]])),
    );
  }

  /** Removes rows and uses. Resolves to the rows that were there, as far as they are well formed. */
  async remove(keys: readonly string[]): Promise<readonly EntryRow[]> {
    if (keys.length === 0) return [];
    return this.survive('Entries cannot be removed', [], () =>
      this.database.write(this.all, 'strict', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const values: unknown[] = await Promise.all(keys.map((key) => entries.get(key)));
        const rows = values.flatMap((value) => {
          const parsed = parseRow(value);
          return parsed.ok ? [parsed.value] : [];
        });
        const uses = transaction.objectStore('uses');
        const deletions = keys.flatMap((key) => [entries.delete(key), uses.delete(key)]);
        if (this.database.holdsFiles) {
          const files = transaction.objectStore('files');
          deletions.push(...rows.map((row) => files.delete(row.path)));
        }
        await Promise.all(deletions);
        return rows;
      }),
    );
  }

  /**
   * Removes the row of a damaged file and reports the fault. Resolves to false, and does neither, where the list no
   * longer has this very row: another tab has evicted or replaced it, so the file may rightly be gone.
   */
  quarantine(row: EntryRow, fault: EngineFault): Promise<boolean> {
    return this.survive('A damaged entry cannot be removed', false, async () => {
      const isListed = await this.database.write(this.all, 'strict', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const parsed = parseRow(await entries.get(row.key));
        if (!parsed.ok || parsed.value.path !== row.path) return false;
        const deletions = [entries.delete(row.key), transaction.objectStore('uses').delete(row.key)];
        if (this.database.holdsFiles) deletions.push(transaction.objectStore('files').delete(row.path));
        await Promise.all(deletions);
        return true;
      });
      if (isListed) this.report(fault);
      return isListed;
    });
  }

  /** What `work` gives; where it fails, the fault is reported and `otherwise` given. */
  async survive<T>(what: string, otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.report(storageFault(what, error));
      return otherwise;
    }
  }

  /** Puts what becomes of the uses of listed keys, as they are now: other tabs write them too. */
  private change(
    durability: 'strict' | 'relaxed',
    changes: ReadonlyMap<string, (use: EntryUse) => EntryUse>,
  ): Promise<void> {
    return this.database.write(['entries', 'uses'], durability, async (transaction) => {
      const entries = transaction.objectStore('entries');
      const uses = transaction.objectStore('uses');
      await Promise.all(
        Array.from(changes, async ([key, changed]) => {
          const [row, use] = await Promise.all([entries.get(key), uses.get(key)]);
          const [listed, counted] = [parseRow(row), parseUse(use)];
          if (listed.ok) await uses.put(changed(counted.ok ? counted.value : unused(listed.value)));
        }),
      );
    });
  }

  private uses(values: readonly unknown[]): readonly EntryUse[] {
    return values.flatMap((value) => {
      const parsed = parseUse(value);
      return parsed.ok ? [parsed.value] : [];
    });
  }

  /** Removes and reports all malformed rows, as they are now. Their files are for the sweep. */
  private async discardMalformed(): Promise<void> {
    await this.survive('Malformed rows cannot be removed', undefined, () =>
      this.database.write(['entries', 'uses'], 'strict', async (transaction) => {
        const entries = transaction.objectStore('entries');
        const uses = transaction.objectStore('uses');
        const [keys, rows] = await Promise.all([entries.getAllKeys(), entries.getAll()]);
        for (const [i, key] of keys.entries()) {
          const parsed = parseRow(rows[i]);
          if (parsed.ok) continue;
          this.reportMalformed(typeof key === 'string' ? key : JSON.stringify(key), parsed.reason);
          await Promise.all([entries.delete(key), uses.delete(key)]);
        }
      }),
    );
  }

  private reportMalformed(key: string, reason: string): void {
    const remedy = 'It is dropped and computed again when it is next asked for.';
    const detail = `entry ${key}: its row in the list is not well formed (${reason}). ${remedy}`;
    this.report({ kind: 'row_invalid', key, detail });
  }
}
