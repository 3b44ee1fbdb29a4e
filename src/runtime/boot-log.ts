import type { SourceSnapshot } from '../sources/snapshot.ts';
import type { Progress } from './api.ts';
import type { EngineParts } from './engine-parts.ts';

/** Line of the boot log: the store of entries is open. `milliseconds`: what it took. */
export function storeOpened({ entries, store }: EngineParts, milliseconds: number): Progress {
  const count = entries.all().filter(({ row }) => row.domain === 'metric').length;
  const detail = `${count} ${count === 1 ? 'entry' : 'entries'} · ${store.words}`;
  return { ...DONE, id: 'store', phase: 'collection', label: 'entry store opened', milliseconds, detail };
}

/** Line of the boot log: the collection is compiled, over so many sources. */
export function collectionCompiled(name: string, sources: number, milliseconds: number): Progress {
  const label = `collection ${name} compiled`;
  return { ...DONE, id: 'collection', phase: 'collection', label, milliseconds, detail: `${sources} sources` };
}

/** Line of the boot log: a source whose bytes have not come yet, by what is published of it. */
export function sourcePublished({ name, bytes, rowCount }: SourceSnapshot): Progress {
  return {
    id: `source ${name}`,
    phase: 'source',
    label: name,
    state: 'waiting',
    done: null,
    total: bytes,
    unit: 'bytes',
    milliseconds: null,
    detail: `${rowCount.toLocaleString('en')} rows, as published`,
  };
}

const DONE = { state: 'done', done: null, total: null, unit: null } as const;
