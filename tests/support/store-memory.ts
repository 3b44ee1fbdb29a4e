import type { EngineFault } from '../../src/engine/entry.ts';
import type { StoreEnvironment } from '../../src/engine/store/environment.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../src/engine/store/memory-store.ts';
import type { StoreHarness } from './store-contract.ts';

/** Memory stores; those of one collection share a shelf. */
export function memoryHarness(base: StoreEnvironment): StoreHarness {
  const shelves = new Map<string, MemoryShelf>();
  const shelfOf = (collection: string): MemoryShelf => {
    const shelf = shelves.get(collection) ?? emptyShelf();
    shelves.set(collection, shelf);
    return shelf;
  };
  const { files } = shelfOf('');
  return {
    kind: 'memory',
    open: async ({ collection = '', environment = {} } = {}) => {
      const faults: EngineFault[] = [];
      const store = new MemoryStore({
        words: 'Kept in memory.',
        report: (fault) => faults.push(fault),
        environment: { ...base, ...environment },
        shelf: shelfOf(collection),
      });
      return { store, faults };
    },
    paths: async () => [...files.keys()].sort(),
    readFile: async (path) => files.get(path)?.slice() ?? new Uint8Array(0),
    writeFile: async (path, bytes) => void files.set(path, bytes),
    deleteFile: async (path) => void files.delete(path),
    database: null,
  };
}
