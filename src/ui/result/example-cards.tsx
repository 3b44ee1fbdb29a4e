import { For } from 'solid-js';
import button from '../controls/button.module.css';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { commandWith } from '../shell/platform.ts';
import styles from './quiet-panel.module.css';

/** The empty editor: three questions that this collection can answer. */
export function ExampleCards() {
  const app = useApp();
  return (
    <div class={styles.panel}>
      <ul class={styles.cards}>
        <For each={app.examples().slice(0, 3)}>
          {(example) => (
            <li class={styles.card}>
              <h2>{example.shows}</h2>
              <pre>{example.query}</pre>
              <button type="button" class={button.bordered} onClick={() => app.askNow(example.query)}>
                <Icon name="run" size={14} />
                Run
              </button>
            </li>
          )}
        </For>
      </ul>
      <p class={styles.sentence}>
        Type a question above, or press <kbd>{commandWith('K')}</kbd>
      </p>
    </div>
  );
}
