import { createMemo, createSignal, For, Show } from 'solid-js';
import type { EntrySummary } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { formatAge, formatLength } from '../format/age.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { GLOSSARY } from '../words/glossary.ts';
import styles from './entries-table.module.css';
import { EntryDrawer } from './entry-drawer.tsx';
import { entryOrigin, entryTitle, findingsText } from './entry-words.ts';

/** The stored states, most lately asked first; a press opens the evidence of one. */
export function EntriesTable() {
  const app = useApp();
  const { sessions } = app;
  const [opened, setOpened] = createSignal<string | null>(null);
  const entries = createMemo(() =>
    sessions
      .entries()
      .filter((entry) => entry.domain === 'metric')
      .sort((a, b) => b.lastAccess - a.lastAccess),
  );
  const findings = () => sessions.entries().filter((entry) => entry.domain === 'qm');
  const openEntry = () => entries().find((entry) => entry.key === opened()) ?? null;
  const now = () => app.now();

  const pin = async (entry: EntrySummary) => {
    await sessions.session()?.engine.pin(entry.key, !entry.pinned);
    sessions.refresh();
  };
  const evict = async (entry: EntrySummary) => {
    await sessions.session()?.engine.evict([entry.key]);
    sessions.refresh();
    app.announce(`Evicted ${entryTitle(entry)}.`);
  };
  const download = async (entry: EntrySummary) => {
    const file = await sessions.session()?.engine.file(entry.key);
    if (file === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = entry.path.split('/').pop() ?? `${entry.key}.parquet`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  return (
    <Show
      when={entries().length > 0}
      fallback={
        <p class={styles.empty}>
          <Show
            when={sessions.phase() !== 'opening' && sessions.phase() !== 'warming'}
            fallback="Entries appear here as warm-up makes them."
          >
            Nothing stored yet. Ask something on the Query page, or add a <code>cache_hint</code>.
          </Show>
        </p>
      }
    >
      <div class={styles.scroll}>
        <table class={styles.table} data-testid="entries">
          <thead>
            <tr>
              <th scope="col">family</th>
              <th scope="col">at</th>
              <th scope="col">state</th>
              <th scope="col" class={styles.number}>
                rows
              </th>
              <th scope="col" class={styles.number}>
                bytes
              </th>
              <th scope="col" class={styles.number}>
                asked
              </th>
              <th scope="col">last asked</th>
              <th scope="col">age</th>
              <th scope="col">came from</th>
              <th scope="col">
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={entries()}>
              {(entry) => (
                <tr data-open={entry.key === opened() ? '' : undefined}>
                  <th scope="row" data-label="family">
                    <button type="button" class={styles.open} onClick={() => setOpened(entry.key)}>
                      {entry.family ?? entry.state}
                    </button>
                    <Show when={entry.hinted}>
                      <span class={styles.mark} data-tip={GLOSSARY.hinted}>
                        hint
                      </span>
                    </Show>
                    <Show when={entry.pinned}>
                      <span class={styles.mark} data-tip={GLOSSARY.pinned}>
                        pinned
                      </span>
                    </Show>
                  </th>
                  <td data-label="at">
                    <code>({entry.anchor.join(', ')})</code>
                    <Show when={entry.filter}>
                      {(filter) => (
                        <span class={styles.filter}>
                          {' '}
                          where <code>{filter()}</code>
                        </span>
                      )}
                    </Show>
                  </td>
                  <td data-label="state">{entry.state}</td>
                  <td data-label="rows" class={styles.number}>
                    {formatCount(entry.rows, app.locale())}
                  </td>
                  <td data-label="bytes" class={styles.number}>
                    {formatBytes(entry.bytes)}
                  </td>
                  <td data-label="asked" class={styles.number}>
                    {formatCount(entry.accessCount, app.locale())}
                  </td>
                  <td data-label="last asked">
                    <time
                      datetime={new Date(entry.lastAccess).toISOString()}
                      title={new Date(entry.lastAccess).toISOString()}
                    >
                      {formatAge(now() - entry.lastAccess)}
                    </time>
                  </td>
                  <td data-label="age">
                    <time
                      datetime={new Date(entry.createdAt).toISOString()}
                      title={new Date(entry.createdAt).toISOString()}
                    >
                      {formatLength(now() - entry.createdAt) ?? 'new'}
                    </time>
                  </td>
                  <td data-label="came from">{entryOrigin(entry, sessions.entries())}</td>
                  <td class={styles.actions}>
                    <button
                      type="button"
                      class={button.icon}
                      aria-pressed={entry.pinned}
                      aria-label={`Pin ${entryTitle(entry)}`}
                      data-tip={entry.pinned ? 'Unpin' : 'Pin'}
                      onClick={() => pin(entry)}
                    >
                      <Icon name="pin" />
                    </button>
                    <button
                      type="button"
                      class={button.icon}
                      aria-label={`Evict ${entryTitle(entry)}`}
                      data-tip="Evict"
                      onClick={() => evict(entry)}
                    >
                      <Icon name="trash" />
                    </button>
                    <button
                      type="button"
                      class={button.icon}
                      aria-label={`Download ${entryTitle(entry)}`}
                      data-tip="Download"
                      onClick={() => download(entry)}
                    >
                      <Icon name="download" />
                    </button>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={findings().length > 0}>
        <p class={styles.findings} data-testid="findings">
          {findingsText(findings(), app.locale())}
        </p>
      </Show>
      <Show when={openEntry()}>
        {(entry) => <EntryDrawer entry={entry()} entries={sessions.entries()} onClose={() => setOpened(null)} />}
      </Show>
    </Show>
  );
}
