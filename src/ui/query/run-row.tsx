import { Show } from 'solid-js';
import type { Preview } from '../../runtime/api.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { commandWith } from '../shell/platform.ts';
import { listOf, phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import styles from './run-row.module.css';

/** Run, or Cancel in its place; beside it what is wrong with the text, or what it will give. */
export function RunRow() {
  const app = useApp();
  const cancelling = () => app.question.running()?.slow === true && app.sessions.phase() !== 'opening';
  const refusal = () => {
    const checked = app.checked();
    return checked?.diagnosis.ok === false && checked.text === app.editor.text() ? checked.diagnosis.refusal : null;
  };
  /** The panel below tells this refusal already. */
  const told = () => {
    const outcome = app.question.outcome();
    return outcome?.kind === 'refused' && outcome.question === app.editor.text().trim() ? outcome.refusal : null;
  };
  const preview = () => {
    const checked = app.checked();
    return checked?.diagnosis.ok === true ? checked.diagnosis.preview : null;
  };
  return (
    <div class="run-row">
      <Show
        when={cancelling()}
        fallback={
          <button type="button" class="run-button" data-testid="run" onClick={() => app.run()}>
            <Icon name="run" size={14} />
            Run
            <kbd>{commandWith('↵')}</kbd>
          </button>
        }
      >
        <button
          type="button"
          class={`run-button ${styles.cancel}`}
          data-testid="cancel"
          onClick={() => app.question.cancel()}
        >
          <Icon name="stop" size={14} />
          Cancel
          <kbd>Esc</kbd>
        </button>
      </Show>
      <p class={styles.message} data-testid="message">
        <Show
          when={told() === null ? refusal() : null}
          fallback={<Show when={told() === null ? preview() : null}>{(plan) => <>{hint(plan())}</>}</Show>}
        >
          {(wrong) => (
            <span class={styles.wrong}>
              <Icon name="question" size={14} />
              <span>
                <PhraseView phrase={phraseOf(wrong().message)} />
              </span>
            </span>
          )}
        </Show>
      </p>
    </div>
  );
}

/** What AT means for this question. */
export function hint(preview: Preview): string {
  const anchor = preview.columns.filter((column) => column.role === 'anchor').map((column) => column.name);
  if (anchor.length === 0) return 'AT () = one row, the total of all. No GROUP BY, no JOIN.';
  const at = anchor.length === 1 ? (anchor[0] ?? '') : `(${anchor.join(', ')})`;
  return `AT ${at} = one row for each ${listOf(anchor)}. No GROUP BY, no JOIN.`;
}
