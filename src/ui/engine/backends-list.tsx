import { createSignal, For, Show } from 'solid-js';
import type { BackendStatistics } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { useApp } from '../shell/app-context.ts';
import { backendStateMeaning, backendTitle } from '../words/backend.ts';
import styles from './backends-list.module.css';

/** The backends: which of them computes what is not stored, what each holds, and how each did before the parity gate. */
export function BackendsList() {
  const { sessions, announce } = useApp();
  const [trouble, setTrouble] = createSignal('');
  const choose = async (name: BackendStatistics['name']) => {
    setTrouble('');
    try {
      await sessions.session()?.useBackend(name);
      announce(`${backendTitle(name)} computes from now on.`);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      sessions.refresh();
    }
  };
  return (
    <fieldset class={styles.backends}>
      <legend>Computes what is not stored. What is stored serves with any of them.</legend>
      <For each={sessions.statistics()?.backends ?? []}>
        {(backend) => (
          <label class={styles.backend} data-testid="backend" data-name={backend.name}>
            <input
              type="radio"
              name="backend"
              checked={sessions.statistics()?.backend.name === backend.name}
              onChange={() => void choose(backend.name)}
            />
            <span class={styles.words}>
              <span class={styles.title}>
                {backendTitle(backend.name)} <span class={styles.kind}>{backendKind(backend.name)}</span>
              </span>
              <span>{backendStateMeaning(backend)}</span>
              <Show when={backend.reason}>{(reason) => <span class={styles.reason}>{reason()}</span>}</Show>
              <Show when={backend.parity}>
                {(parity) => (
                  <span>
                    {parity().probed} of {parity().total} operators gave every golden answer.
                  </span>
                )}
              </Show>
            </span>
            <span class={styles.bytes}>
              {backend.bytesHeld === 0 ? 'holds nothing' : `${formatBytes(backend.bytesHeld)} held`}
            </span>
          </label>
        )}
      </For>
      <Show when={trouble() !== ''}>
        <p class={styles.reason} role="alert">
          {trouble()}
        </p>
      </Show>
    </fieldset>
  );
}

/** What a backend is, in few words. */
function backendKind(name: BackendStatistics['name']): string {
  switch (name) {
    case 'duckdb':
      return 'columnar SQL';
    case 'sqlite':
      return 'row-oriented SQL';
    case 'arquero':
      return 'columns in memory, no SQL';
  }
}
