import { For, Show } from 'solid-js';
import type { RefreshReport } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { entryTitle } from './entry-words.ts';
import styles from './refresh-result.module.css';
import { refreshWords } from './refresh-words.ts';

/** What the last refresh found and did. */
export function RefreshResult(props: {
  readonly report: RefreshReport;
  readonly locale: string;
  readonly onClose: () => void;
}) {
  return (
    <section class={styles.result} role="status" aria-label="Refresh" data-testid="refresh-report">
      <div class={styles.words}>
        <For each={refreshWords(props.report, props.locale)}>{(sentence) => <p>{sentence}</p>}</For>
        <Show when={props.report.notRecomputed.length > 0}>
          <ul>
            <For each={props.report.notRecomputed}>
              {(entry) => (
                <li>
                  {entryTitle(entry)}
                  {entry.filter === null ? '' : ` where ${entry.filter}`}: {entry.reason}
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
      <button type="button" class={button.button} onClick={() => props.onClose()}>
        Close
      </button>
    </section>
  );
}
