import { createSignal, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { countOf, formatCount } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { readSetting } from '../shell/storage.ts';
import styles from './intro.module.css';

/** The sentence of the first visit, and what is being shown. Later visits go without. */
export function Intro() {
  const app = useApp();
  const [shown, setShown] = createSignal(readSetting('visited') === null);
  const about = () => {
    const summary = app.sessions.summary();
    if (summary === null) return 'Everything runs in this tab.';
    const what = summary.description === '' ? summary.name : summary.description;
    const tables = countOf(summary.sources.length, 'table', 'tables', app.locale());
    const largest = [...summary.sources].sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0))[0];
    const rows =
      largest?.rows == null ? tables : `${formatCount(largest.rows, app.locale())} ${largest.name} in ${tables}`;
    return `${what}: ${rows}. Everything runs in this tab.`;
  };
  return (
    <Show when={shown()}>
      <div class="intro">
        <h1>Ask for a number. Get the right one, or the reason there isn’t one.</h1>
        <p class={styles.line}>
          <span class={styles.text}>{about()}</span>
          <button type="button" class={button.button} onClick={() => app.openDialog('about')}>
            What is this?
          </button>
        </p>
        <button
          type="button"
          class={`${button.icon} ${styles.close}`}
          aria-label="Hide this"
          onClick={() => setShown(false)}
        >
          <Icon name="close" />
        </button>
      </div>
    </Show>
  );
}
