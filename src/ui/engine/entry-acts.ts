import type { EntrySummary } from '../../runtime/api.ts';
import { type App, useApp } from '../shell/app-context.ts';
import { entryTitle } from './entry-words.ts';

/** What can be done with one entry. */
export interface EntryActs {
  readonly pin: (entry: EntrySummary) => Promise<void>;
  readonly evict: (entry: EntrySummary) => Promise<void>;
  readonly download: (entry: EntrySummary) => Promise<void>;
}

/** The acts, in the session of the page; what fails is said. */
export function createEntryActs(): EntryActs {
  const app = useApp();
  const { sessions, announce } = app;
  return {
    pin: (entry) =>
      acted(app, async () => {
        await sessions.session()?.engine.pin(entry.key, !entry.pinned);
        announce(`${entry.pinned ? 'Unpinned' : 'Pinned'} ${entryTitle(entry)}.`);
      }),
    evict: (entry) =>
      acted(app, async () => {
        await sessions.session()?.engine.evict([entry.key]);
        announce(`Evicted ${entryTitle(entry)}.`);
      }),
    download: (entry) =>
      acted(app, async () => {
        const file = await sessions.session()?.engine.file(entry.key);
        if (file === undefined) return;
        const link = document.createElement('a');
        link.href = URL.createObjectURL(file);
        link.download = entry.path.split('/').pop() ?? `${entry.key}.parquet`;
        link.click();
        URL.revokeObjectURL(link.href);
      }),
  };
}

/** Another tab may have evicted the entry meanwhile: the list is asked for again, whatever comes of the act. */
async function acted({ sessions, announce }: App, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    announce(error instanceof Error ? error.message : String(error));
  } finally {
    sessions.refresh();
  }
}
