import { createResource, For, Show } from 'solid-js';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import { entryTitle, evictionWords } from './entry-words.ts';
import styles from './folded-list.module.css';

/** The entries that went to make room in this session, in a line; unfolded, each with what it costs to be without it. */
export function EvictedList() {
  const app = useApp();
  const { sessions } = app;
  // Asked again whenever the figures are.
  const asked = () => {
    const session = sessions.session();
    return session && { session, statistics: sessions.statistics() };
  };
  const [evictions] = createResource(asked, ({ session }) => session.engine.evictions(), { initialValue: [] });
  const bytes = () => evictions.latest.reduce((sum, each) => sum + each.bytes, 0);
  return (
    <Show when={evictions.latest.length > 0}>
      <details class={styles.folded}>
        <summary data-testid="evictions">
          Recently evicted: {countOf(evictions.latest.length, 'entry', 'entries', app.locale())} ({formatBytes(bytes())}
          ), to make room.
        </summary>
        <ul class={styles.list}>
          <For each={evictions.latest}>
            {(eviction) => (
              <li>
                {entryTitle(eviction)}
                <Show when={eviction.filter}>
                  {(filter) => (
                    <>
                      {' '}
                      where <code>{filter()}</code>
                    </>
                  )}
                </Show>{' '}
                <span class={styles.more}>{evictionWords(eviction, app.locale(), app.now())}</span>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
