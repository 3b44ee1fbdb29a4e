import { sha256Hex } from '../../src/canon/fingerprint.ts';
import { DAY, decimal, INT64, period, TEXT } from '../../src/columns/logical-type.ts';
import type { CountedUse, EngineFault, EntryRow, EntryUse, MetricRow, QmRow } from '../../src/engine/entry.ts';
import type { StoreEnvironment } from '../../src/engine/store/environment.ts';
import type { EntryStore } from '../../src/engine/store/store.ts';
import { encodeEntry } from '../../src/sources/parquet/entry-codec.ts';

/** A store on a storage of its own, and that storage seen from behind the store's back. */
export interface StoreHarness {
  readonly kind: EntryStore['kind'];
  /** Opens one more store on the same storage, as a further tab does, or the store of another collection. */
  open(options?: {
    readonly collection?: string;
    readonly environment?: Partial<StoreEnvironment>;
  }): Promise<OpenedStore>;
  /** Paths of all files of the default collection, as rows name them, sorted. */
  paths(): Promise<readonly string[]>;
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  writeFile(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  deleteFile(path: string): Promise<void>;
  /** Rows and uses as they lie in the database; null where there is no database to spoil. */
  readonly database: { put(store: 'entries' | 'uses', value: unknown): Promise<void> } | null;
}

export interface OpenedStore {
  readonly store: EntryStore;
  /** Faults reported so far. */
  readonly faults: readonly EngineFault[];
}

/** One promise of a store. `run` throws where it is broken. */
export interface ContractCase {
  readonly name: string;
  /** Only where rows lie in a database. */
  readonly needsDatabase?: boolean;
  readonly run: (harness: StoreHarness) => Promise<void>;
}

/** What every store promises; run on each of them, in Node and in browsers. */
export const STORE_CONTRACT: readonly ContractCase[] = [
  {
    name: 'what is put is listed, found and read, by this store and by the next',
    run: async (harness) => {
      const first = await harness.open();
      const bytes = someBytes(5000);
      const row = metricRow('a', bytes);
      expectEqual('put', await first.store.put(row, bytes), 'kept');
      await first.store.close();
      const { store, faults } = await harness.open();
      expectEqual('list', await store.list(), [{ row, use: unusedOf(row) }]);
      expectEqual('find', await store.find(row.key), row);
      expectEqual('listed', await store.listed([row.key, 'another']), [{ row, use: unusedOf(row) }]);
      expectEqual('bytes', await store.read(row), bytes);
      expectEqual('faults', [...first.faults, ...faults], []);
    },
  },
  {
    name: 'nothing is there at first, and asking for it is no fault',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const row = metricRow('a', someBytes(10));
      expectEqual('list', await store.list(), []);
      expectEqual('find', await store.find(row.key), undefined);
      expectEqual('listed', await store.listed([row.key]), []);
      expectEqual('read', await store.read(row), undefined);
      await store.remove([row.key]);
      await store.use([useOf(row, 3)]);
      expectEqual('sweep', await store.sweep(), 0);
      expectEqual('list', await store.list(), []);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'rows come back as they were, big integers, periods and empty anchors included',
    run: async (harness) => {
      const { store } = await harness.open();
      const bytes = someBytes(100);
      const rows: EntryRow[] = [
        {
          ...metricRow('big', bytes),
          filter: [
            {
              key: 'amount > 2^60',
              expression: {
                kind: 'compare',
                operator: '>',
                left: { kind: 'column', name: 'amount', type: decimal(2) },
                right: { kind: 'literal', value: 1_152_921_504_606_846_976n, type: INT64 },
                type: { kind: 'bool' },
              },
              names: ['amount'],
            },
          ],
          inputType: null,
          boundary: -3,
        },
        { ...metricRow('total', bytes), anchor: [] },
        qmRow('edge', bytes),
      ];
      for (const row of rows) expectEqual('put', await store.put(row, bytes), 'kept');
      const again = await harness.open();
      expectEqual('rows', byKey((await again.store.list()).map(({ row }) => row)), byKey(rows));
      for (const row of rows) expectEqual('find', await again.store.find(row.key), row);
    },
  },
  {
    name: 'a part of a larger buffer is kept without the rest, and apart from it',
    run: async (harness) => {
      const { store } = await harness.open();
      const whole = someBytes(4096);
      const part = whole.subarray(100, 356);
      const expected = part.slice();
      const row = metricRow('part', part);
      expectEqual('put', await store.put(row, part), 'kept');
      whole.fill(0);
      expectEqual('bytes', await store.read(row), expected);
      (await store.read(row))?.fill(0);
      expectEqual('bytes, after a reader has changed its own', await store.read(row), expected);
      expectEqual('file', await harness.readFile(row.path), expected);
    },
  },
  {
    name: 'empty and large files are kept',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      for (const [name, length] of Object.entries({ empty: 0, large: 3_000_000 })) {
        const bytes = someBytes(length);
        const row = metricRow(name, bytes);
        expectEqual('put', await store.put(row, bytes), 'kept');
        expectEqual('bytes', await store.read(row), bytes);
      }
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'names of any kind make paths that work and stay apart',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(64);
      const folders = [
        '../..',
        '.',
        '',
        'a/b',
        'A',
        'Größe 表',
        'con:*?"<>|',
        '\u0000',
        '\ud800',
        '\u00e9',
        'e\u0301',
        'x'.repeat(300),
      ];
      const rows = folders.map((folder, i) => ({
        ...metricRow(`odd-${i}`, bytes),
        path: `data/metric/${folder}/()/same-name.parquet`,
      }));
      for (const [i, row] of rows.entries()) {
        const own = someBytes(64 + i, i);
        const stored = { ...row, bytes: own.byteLength, checksum: sha256Hex(own) };
        expectEqual(`put ${row.path}`, await store.put(stored, own), 'kept');
      }
      for (const { row } of await store.list()) {
        expectEqual(`bytes of ${row.path}`, (await store.read(row))?.byteLength, row.bytes);
      }
      expectEqual('sweep', await store.sweep(), 0);
      await store.remove(rows.map(({ key }) => key));
      expectEqual('list', await store.list(), []);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'the same put twice is one entry',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(900);
      const row = metricRow('twice', bytes);
      expectEqual('first', await store.put(row, bytes), 'kept');
      expectEqual('second', await store.put(row, bytes), 'kept');
      expectEqual('list', await store.list(), [{ row, use: unusedOf(row) }]);
      expectEqual('bytes', await store.read(row), bytes);
      expectEqual('paths', await harness.paths(), [row.path]);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'a key put with other bytes has the later ones; the older file goes with the sweep',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const [before, after] = [someBytes(800, 1), someBytes(700, 2)];
      const older = metricRow('k', before);
      const newer = metricRow('k', after);
      await store.put(older, before);
      await store.use([useOf(older, 4)]);
      expectEqual('put', await store.put(newer, after), 'kept');
      expectEqual('list', await store.list(), [{ row: newer, use: { ...useOf(older, 4), pinned: false } }]);
      expectEqual('sweep', await store.sweep(), 1);
      expectEqual('paths', await harness.paths(), [newer.path]);
      expectEqual('the older row is gone', await store.read(older), undefined);
      expectEqual('the newer is not', await store.read(newer), after);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'bytes of another length than the row says are refused loudly',
    run: async (harness) => {
      const { store } = await harness.open();
      const row = metricRow('short', someBytes(10));
      const outcome = await store.put(row, someBytes(9)).catch((error: unknown) => error);
      expectEqual('a RangeError', outcome instanceof RangeError, true);
      expectEqual('list', await store.list(), []);
      expectEqual('paths', await harness.paths(), []);
    },
  },
  {
    name: 'uses are recorded for keys that are listed, and end with them',
    run: async (harness) => {
      const { store } = await harness.open();
      const bytes = someBytes(50);
      const [row, other] = [metricRow('used', bytes), metricRow('unknown', bytes)];
      await store.put(row, bytes);
      await store.use([useOf(row, 7), useOf(other, 9)]);
      const again = await harness.open();
      expectEqual('list', await again.store.list(), [{ row, use: { ...useOf(row, 7), pinned: false } }]);
      await again.store.remove([row.key]);
      await again.store.put(row, bytes);
      await again.store.put(other, bytes);
      const uses = (await again.store.list()).map(({ use }) => use);
      expectEqual('uses', byKey(uses), byKey([unusedOf(row), unusedOf(other)]));
    },
  },
  {
    name: 'what one tab pins or lets go stays so when another counts uses, and counts stay when it is pinned',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(50);
      const row = metricRow('pinned', bytes);
      await one.store.put(row, bytes);
      await one.store.pin(row.key, true);
      expectEqual('pinned, never used', await other.store.list(), [{ row, use: { ...unusedOf(row), pinned: true } }]);
      await other.store.use([useOf(row, 2)]);
      expectEqual('counted', await one.store.list(), [{ row, use: { ...useOf(row, 2), pinned: true } }]);
      await one.store.pin(row.key, false);
      await other.store.use([useOf(row, 3)]);
      expectEqual('let go', await one.store.list(), [{ row, use: { ...useOf(row, 5), pinned: false } }]);
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'what two tabs count at once is counted together',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(50);
      const row = metricRow('counted', bytes);
      await one.store.put(row, bytes);
      await Promise.all([1, 2, 3].flatMap((count) => [one, other].map(({ store }) => store.use([useOf(row, count)]))));
      const beside = { ...useOf(row, 1), lastAccess: 0, besideCount: 1 };
      await one.store.use([beside]);
      await other.store.use([beside]);
      const use = { ...useOf(row, 14), besideCount: 2, pinned: false };
      expectEqual('both', await one.store.list(), [{ row, use }]);
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'pins end with their entries, and an unknown key is not pinned',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(50);
      const [row, other] = [metricRow('pinned', bytes), metricRow('unknown', bytes)];
      await store.put(row, bytes);
      await store.pin(row.key, true);
      await store.pin(other.key, true);
      await store.remove([row.key]);
      await store.put(row, bytes);
      await store.put(other, bytes);
      const uses = (await store.list()).map(({ use }) => use);
      expectEqual('uses', byKey(uses), byKey([unusedOf(row), unusedOf(other)]));
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'removing takes rows and files',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(300);
      const rows = ['a', 'b', 'c'].map((name) => metricRow(name, bytes));
      for (const row of rows) await store.put(row, bytes);
      const [a, b, c] = rows.map(({ key }) => key);
      await store.remove([a ?? '', c ?? '', 'unknown']);
      expectEqual(
        'list',
        (await store.list()).map(({ row }) => row.key),
        [b],
      );
      expectEqual('paths', await harness.paths(), [rows[1]?.path]);
      expectEqual('sweep', await store.sweep(), 0);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'a missing file is a miss, reported, and its row goes',
    run: (harness) => damaged(harness, 'file_missing', (path) => harness.deleteFile(path)),
  },
  {
    name: 'a truncated file is a miss, reported, and goes with its row',
    run: (harness) =>
      damaged(harness, 'file_truncated', async (path) => {
        await harness.writeFile(path, (await harness.readFile(path)).slice(0, -1));
      }),
  },
  {
    name: 'an emptied file is a miss, reported, and goes with its row',
    run: (harness) => damaged(harness, 'file_truncated', (path) => harness.writeFile(path, new Uint8Array(0))),
  },
  {
    name: 'a file with one bit flipped is a miss, reported, and goes with its row',
    run: (harness) =>
      damaged(harness, 'file_corrupt', async (path) => {
        const bytes = await harness.readFile(path);
        bytes.set([(bytes[777] ?? 0) ^ 1], 777);
        await harness.writeFile(path, bytes);
      }),
  },
  {
    name: 'a file with a byte too many is a miss, reported, and goes with its row',
    run: (harness) =>
      damaged(harness, 'file_corrupt', async (path) => {
        const bytes = await harness.readFile(path);
        await harness.writeFile(path, Uint8Array.from([...bytes, 0]));
      }),
  },
  {
    name: 'a file in whose place another whole one lies, of the same length, is a miss, reported, and goes with its row',
    run: (harness) =>
      damaged(harness, 'file_corrupt', async (path) => {
        await harness.writeFile(path, someBytes(2000, 9));
      }),
  },
  {
    name: 'each byte of a small entry flipped, and each length that it is cut to, is a miss and one fault',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = smallEntry();
      const row = metricRow('small', bytes);
      const damages: {
        readonly words: string;
        readonly kind: EngineFault['kind'];
        readonly file: Uint8Array<ArrayBuffer>;
      }[] = [];
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = new Uint8Array(bytes);
        flipped[at] = ~(flipped[at] ?? 0);
        damages.push({ words: `byte ${at} flipped`, kind: 'file_corrupt', file: flipped });
        damages.push({ words: `cut to ${at}`, kind: 'file_truncated', file: new Uint8Array(bytes.subarray(0, at)) });
      }
      for (const [i, { words, kind, file }] of damages.entries()) {
        await store.put(row, bytes);
        await harness.writeFile(row.path, file);
        expectEqual(words, await store.read(row), undefined);
        expectEqual(`${words}: fault`, kindsOf(faults.slice(i)), [`${kind} ${row.key}`]);
        expectEqual(`${words}: listed`, await store.listed([row.key]), []);
      }
      await store.put(row, bytes);
      expectEqual('whole', await store.read(row), bytes);
    },
  },
  {
    name: 'what another tab evicted is a miss and no fault',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(200);
      const row = metricRow('evicted', bytes);
      await one.store.put(row, bytes);
      await other.store.remove([row.key]);
      expectEqual('read', await one.store.read(row), undefined);
      expectEqual('find', await one.store.find(row.key), undefined);
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'what another tab put is found and read',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(200);
      const row = metricRow('shared', bytes);
      expectEqual('before', await one.store.find(row.key), undefined);
      await other.store.put(row, bytes);
      expectEqual('find', await one.store.find(row.key), row);
      expectEqual('read', await one.store.read(row), bytes);
    },
  },
  {
    name: 'two tabs that write at once, the same and different entries, lose nothing',
    run: async (harness) => {
      const tabs = [await harness.open(), await harness.open()];
      const entries = Array.from({ length: 12 }, (_, i) => {
        const bytes = someBytes(1000 + i, i);
        return { row: metricRow(`entry-${i}`, bytes), bytes };
      });
      const outcomes = await Promise.all(
        tabs.flatMap(({ store }, tab) =>
          // Four entries each alone, and four that both write.
          entries.flatMap(({ row, bytes }, i) => (i % 3 === tab || i % 3 === 2 ? [store.put(row, bytes)] : [])),
        ),
      );
      expectEqual('outcomes', new Set(outcomes), new Set(['kept']));
      for (const { store, faults } of tabs) {
        expectEqual('rows', byKey((await store.list()).map(({ row }) => row)), byKey(entries.map(({ row }) => row)));
        for (const { row, bytes } of entries) expectEqual('bytes', await store.read(row), bytes);
        expectEqual('faults', faults, []);
      }
      expectEqual('sweep', await tabs[0]?.store.sweep(), 0);
    },
  },
  {
    name: 'a tab that sweeps while another writes takes nothing from it',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(20_000);
      const rows = Array.from({ length: 40 }, (_, i) => metricRow(`entry-${i}`, bytes));
      let isWriting = true;
      const writes = Promise.all(rows.map((row) => one.store.put(row, bytes))).finally(() => {
        isWriting = false;
      });
      let swept = 0;
      while (isWriting)
        swept += (await Promise.all([other.store.sweep(), other.store.sweep()])).reduce((a, b) => a + b);
      expectEqual('outcomes', new Set(await writes), new Set(['kept']));
      expectEqual('swept', swept, 0);
      for (const row of rows) expectEqual('bytes', await other.store.read(row), bytes);
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'two tabs that put the same entry at the same moment both have it',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(50_000);
      for (let i = 0; i < 10; i++) {
        const row = metricRow(`entry-${i}`, bytes);
        const outcomes = await Promise.all([one.store.put(row, bytes), other.store.put(row, bytes)]);
        expectEqual('outcomes', outcomes, ['kept', 'kept']);
        expectEqual('bytes', await one.store.read(row), bytes);
      }
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'an entry that is put again disturbs nobody who reads it',
    run: async (harness) => {
      const [one, other] = [await harness.open(), await harness.open()];
      const bytes = someBytes(200_000);
      const row = metricRow('busy', bytes);
      await one.store.put(row, bytes);
      for (let i = 0; i < 10; i++) {
        const [outcome, ...reads] = await Promise.all([
          one.store.put(row, bytes),
          ...[1, 2, 3].map(() => other.store.read(row)),
        ]);
        expectEqual('put', outcome, 'kept');
        expectEqual('reads', reads, [bytes, bytes, bytes]);
      }
      expectEqual('faults', [...one.faults, ...other.faults], []);
    },
  },
  {
    name: 'a file whose row was never added is not listed, and swept',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(400);
      const [row, killed] = [metricRow('whole', bytes), metricRow('killed', bytes)];
      await store.put(row, bytes);
      await harness.writeFile(killed.path, bytes);
      expectEqual(
        'list',
        (await store.list()).map((entry) => entry.row.key),
        [row.key],
      );
      expectEqual('find', await store.find(killed.key), undefined);
      expectEqual('sweep', await store.sweep(), 1);
      expectEqual('paths', await harness.paths(), [row.path]);
      expectEqual('bytes', await store.read(row), bytes);
      expectEqual('sweep again', await store.sweep(), 0);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'what a tab has left that was killed while it tried the storage is swept',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      await harness.writeFile('probes/left', someBytes(12));
      expectEqual('sweep', await store.sweep(), 1);
      expectEqual('sweep again', await store.sweep(), 0);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'half a file left by a killed tab does not stand in the way of the whole one',
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(4000);
      const row = metricRow('again', bytes);
      await harness.writeFile(row.path, someBytes(9000, 5));
      expectEqual('put', await store.put(row, bytes), 'kept');
      expectEqual('bytes', await store.read(row), bytes);
      expectEqual('faults', faults, []);
    },
  },
  {
    name: 'a storage that is full keeps what it has, says so, and nothing half',
    run: async (harness) => {
      const { store: before } = await harness.open();
      const bytes = someBytes(500);
      const [row, refused] = [metricRow('first', bytes), metricRow('refused', bytes)];
      await before.put(row, bytes);
      const admit = (): never => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
      const { store, faults } = await harness.open({ environment: { admit } });
      expectEqual('put', await store.put(refused, bytes), 'full');
      expectEqual('faults', kindsOf(faults), [`quota_exceeded ${refused.key}`]);
      expectEqual(
        'list',
        (await store.list()).map((entry) => entry.row.key),
        [row.key],
      );
      expectEqual('paths', await harness.paths(), [row.path]);
      expectEqual('bytes', await store.read(row), bytes);
    },
  },
  {
    name: 'a write that fails otherwise is reported, and nothing half is left',
    run: async (harness) => {
      const admit = (): never => {
        throw new TypeError('the disk is on fire');
      };
      const { store, faults } = await harness.open({ environment: { admit } });
      const bytes = someBytes(500);
      const row = metricRow('failed', bytes);
      expectEqual('put', await store.put(row, bytes), 'failed');
      expectEqual('faults', kindsOf(faults), [`write_failed ${row.key}`]);
      expectEqual('list', await store.list(), []);
      expectEqual('paths', await harness.paths(), []);
    },
  },
  {
    name: 'collections are kept apart, also where their names differ in case or in form only',
    run: async (harness) => {
      const names = ['sales', 'Sales', 'sales/2024', '\u00e9', 'e\u0301', '..'];
      const bytes = someBytes(100);
      const opened = await Promise.all(names.map((collection) => harness.open({ collection })));
      for (const [i, { store }] of opened.entries()) await store.put(metricRow(`of-${i}`, bytes), bytes);
      for (const [i, { store, faults }] of opened.entries()) {
        expectEqual('sweep', await store.sweep(), 0);
        const row = metricRow(`of-${i}`, bytes);
        expectEqual(
          'list',
          (await store.list()).map((entry) => entry.row.key),
          [row.key],
        );
        expectEqual('bytes', await store.read(row), bytes);
        expectEqual('faults', faults, []);
      }
    },
  },
  {
    name: 'rows that are not well formed are reported, left out and removed',
    needsDatabase: true,
    run: async (harness) => {
      const first = await harness.open();
      const bytes = someBytes(100);
      const row = metricRow('good', bytes);
      await first.store.put(row, bytes);
      const { checksum: _, ...without } = metricRow('no-checksum', bytes);
      const malformed: { readonly key: string }[] = [
        { key: keyOf('nothing-else') },
        without,
        Object.assign(metricRow('negative', bytes), { bytes: -1 }),
        Object.assign(qmRow('odd', bytes), { checksum: 'none' }),
      ];
      for (const value of malformed) await harness.database?.put('entries', value);
      const { store, faults } = await harness.open();
      expectEqual(
        'list',
        (await store.list()).map((entry) => entry.row.key),
        [row.key],
      );
      const expected = malformed.map(({ key }) => `row_invalid ${key}`);
      expectEqual('faults', [...kindsOf(faults)].sort(), expected.sort());
      const next = await harness.open();
      expectEqual(
        'list',
        (await next.store.list()).map((entry) => entry.row.key),
        [row.key],
      );
      expectEqual('faults of the next', next.faults, []);
      await harness.database?.put('entries', without);
      expectEqual('find', await next.store.find(without.key), undefined);
      expectEqual('faults of the next', kindsOf(next.faults), [`row_invalid ${without.key}`]);
      expectEqual('find again', await store.find(without.key), undefined);
      expectEqual('bytes', await store.read(row), bytes);
    },
  },
  {
    name: 'a use that is not well formed counts as none',
    needsDatabase: true,
    run: async (harness) => {
      const { store } = await harness.open();
      const bytes = someBytes(100);
      const row = metricRow('good', bytes);
      await store.put(row, bytes);
      await harness.database?.put('uses', { key: row.key, accessCount: 'many' });
      expectEqual('list', await store.list(), [{ row, use: unusedOf(row) }]);
      await store.pin(row.key, true);
      expectEqual('pinned', await store.list(), [{ row, use: { ...unusedOf(row), pinned: true } }]);
    },
  },
  {
    name: 'a closed store keeps nothing, and says so instead of rejecting',
    needsDatabase: true,
    run: async (harness) => {
      const { store, faults } = await harness.open();
      const bytes = someBytes(100);
      const row = metricRow('late', bytes);
      await store.close();
      expectEqual('put', await store.put(row, bytes), 'failed');
      expectEqual('list', await store.list(), []);
      expectEqual('find', await store.find(row.key), undefined);
      expectEqual('sweep', await store.sweep(), 0);
      await store.use([useOf(row, 1)]);
      await store.pin(row.key, true);
      await store.remove([row.key]);
      expectEqual('faults', faults.length >= 7, true);
      expectEqual('paths', await harness.paths(), []);
    },
  },
  {
    name: 'the quota is a number of bytes or unknown',
    run: async (harness) => {
      const { store } = await harness.open();
      const quota = await store.quota();
      expectEqual('quota', quota === null || (Number.isSafeInteger(quota) && quota > 0), true);
      expectEqual('words', store.words.length > 0, true);
      expectEqual('kind', store.kind, harness.kind);
    },
  },
];

/** The cases that apply to a kind of store. */
export function contractOf(kind: EntryStore['kind']): readonly ContractCase[] {
  return STORE_CONTRACT.filter((each) => kind !== 'memory' || each.needsDatabase !== true);
}

/** Puts an entry, damages its file, and expects it to be gone and reported once, and to be put anew without trouble. */
async function damaged(
  harness: StoreHarness,
  kind: EngineFault['kind'],
  damage: (path: string) => Promise<void>,
): Promise<void> {
  const { store, faults } = await harness.open();
  const bytes = someBytes(2000);
  const [row, sound] = [metricRow('damaged', bytes), metricRow('sound', bytes)];
  await store.put(row, bytes);
  await store.put(sound, bytes);
  await damage(row.path);
  expectEqual('read', await store.read(row), undefined);
  expectEqual('faults', kindsOf(faults), [`${kind} ${row.key}`]);
  expectEqual('find', await store.find(row.key), undefined);
  expectEqual(
    'list',
    (await store.list()).map((entry) => entry.row.key),
    [sound.key],
  );
  expectEqual('paths', await harness.paths(), [sound.path]);
  expectEqual('read again', await store.read(row), undefined);
  expectEqual('put anew', await store.put(row, bytes), 'kept');
  expectEqual('bytes', await store.read(row), bytes);
  expectEqual('bytes of the other', await store.read(sound), bytes);
  expectEqual('faults', faults.length, 1);
}

/** Bytes that differ from seed to seed. */
export function someBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17 + (i >> 8)) & 255);
}

/** An entry key: 64 hex digits that a name stands for. */
export function keyOf(name: string): string {
  return sha256Hex(new TextEncoder().encode(name));
}

/** A metric row for bytes. */
export function metricRow(name: string, bytes: Uint8Array): MetricRow {
  const key = keyOf(name);
  const checksum = sha256Hex(bytes);
  const week = period('week');
  return {
    domain: 'metric',
    key,
    stateKey: keyOf('state'),
    family: 'revenue',
    schema: 'transactions',
    state: 'sum',
    inputType: decimal(2),
    anchor: [
      {
        name: 'region',
        type: TEXT,
        access: {
          column: 'store_id',
          columnType: TEXT,
          steps: [
            {
              kind: 'lookup',
              edge: 'store→region via stores',
              schema: 'stores',
              source: 'stores',
              childColumn: 'store_id',
              parentColumn: 'region',
              childType: TEXT,
              type: TEXT,
            },
          ],
        },
      },
      {
        name: 'week',
        type: week,
        access: {
          column: 'day',
          columnType: DAY,
          steps: [{ kind: 'calendar', edge: 'day→week', from: 'day', to: 'week' }],
        },
      },
    ],
    filter: [],
    rows: 3,
    bytes: bytes.byteLength,
    checksum,
    path: `data/metric/transactions/region,week/${key}-${checksum.slice(0, 8)}.parquet`,
    createdAt: 1_700_000_000_000,
    boundary: null,
    conditions: ['I4 store→region via stores'],
    verificationLevel: 'AA',
    notFurtherRollable: false,
    derivedFrom: 'duckdb',
    question: 'SELECT revenue AT (region, week)',
    hinted: true,
    computeMilliseconds: 12.5,
    sourceHashes: { transactions: keyOf('transactions'), stores: keyOf('stores') },
  };
}

/** A row of quasi-metadata for bytes. */
export function qmRow(name: string, bytes: Uint8Array): QmRow {
  const key = keyOf(name);
  const checksum = sha256Hex(bytes);
  return {
    domain: 'qm',
    kind: 'edge',
    subject: 'store→region via stores',
    key,
    rows: 13,
    bytes: bytes.byteLength,
    checksum,
    path: `data/qm/edge/${key}-${checksum.slice(0, 8)}.parquet`,
    createdAt: 1_700_000_000_001,
    computeMilliseconds: 0,
    sourceHashes: { stores: keyOf('stores') },
  };
}

/** A total, as it is stored. */
function smallEntry(): Uint8Array<ArrayBuffer> {
  const column = { form: 'number', type: INT64, values: Float64Array.of(65), valid: null } as const;
  return new Uint8Array(encodeEntry({ rowCount: 1, fields: [{ name: 'sum', column }] }));
}

function useOf({ key }: EntryRow, accessCount: number): CountedUse {
  return { key, lastAccess: 1_700_000_900_000, accessCount, millisecondsSaved: 8.25 * accessCount };
}

function unusedOf({ key, createdAt }: EntryRow): EntryUse {
  return { key, lastAccess: createdAt, accessCount: 0, millisecondsSaved: 0, pinned: false };
}

function byKey<Keyed extends { readonly key: string }>(list: readonly Keyed[]): readonly Keyed[] {
  return [...list].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function kindsOf(faults: readonly EngineFault[]): readonly string[] {
  return faults.map(({ kind, key }) => `${kind} ${key}`);
}

/** Throws where two plain values differ; bytes, sets and big integers are plain here. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [printed(actual), printed(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${shortened(wanted)}, found ${shortened(found)}`);
}

function printed(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes ${sha256Hex(value)}`;
  if (value instanceof Set) return `{${[...value].map(printed).sort().join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}: ${printed(field)}`).join(', ')}}`;
}

function shortened(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 400)}…`;
}
