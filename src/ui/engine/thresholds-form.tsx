import { createSignal, For, Show } from 'solid-js';
import type { RecommendationThresholds } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import field from '../controls/field.module.css';
import styles from './recommendations-panel.module.css';
import { readThreshold, THRESHOLDS, type Threshold } from './threshold-field.ts';

/** What the thresholds are until a person sets others: the engine's own. */
export const DEFAULTS: RecommendationThresholds = { min_hits: 100, min_age_days: 7, min_hits_per_day: 1 };

type Messages = { readonly [Name in Threshold]?: string };

/** Three numbers and a button; what is wrong with one is told beside it. */
export function ThresholdsForm(props: { readonly onApply: (thresholds: RecommendationThresholds) => void }) {
  const [messages, setMessages] = createSignal<Messages>({});
  let form: HTMLFormElement | undefined;
  const apply = () => {
    const typed = new FormData(form);
    const read = THRESHOLDS.map(
      ({ name, label }) => [name, readThreshold(label, String(typed.get(name) ?? ''))] as const,
    );
    setMessages(Object.fromEntries(read.flatMap(([name, each]) => (each.ok ? [] : [[name, each.message]]))));
    const wrong = read.find(([, each]) => !each.ok);
    if (wrong !== undefined) form?.querySelector<HTMLElement>(`[name=${wrong[0]}]`)?.focus();
    else
      props.onApply({
        ...DEFAULTS,
        ...Object.fromEntries(read.flatMap(([n, each]) => (each.ok ? [[n, each.value]] : []))),
      });
  };
  return (
    <form
      ref={form}
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <For each={THRESHOLDS}>
        {({ name, label, hint, first }) => (
          <div class={styles.field}>
            <label for={`threshold-${name}`}>
              {label} <span class={styles.hint}>{hint}</span>
            </label>
            <span class={styles.least}>
              <span aria-hidden="true">≥</span>
              <input
                class={field.field}
                id={`threshold-${name}`}
                name={name}
                type="text"
                inputmode="decimal"
                autocomplete="off"
                value={first}
                aria-invalid={messages()[name] === undefined ? undefined : 'true'}
                aria-describedby={messages()[name] === undefined ? undefined : `threshold-${name}-message`}
              />
            </span>
            <Show when={messages()[name]}>
              {(message) => (
                <span class={styles.message} id={`threshold-${name}-message`} role="alert">
                  {message()}
                </span>
              )}
            </Show>
          </div>
        )}
      </For>
      <button type="submit" class={button.primary}>
        Apply
      </button>
    </form>
  );
}
