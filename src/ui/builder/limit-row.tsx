import { For, Show } from 'solid-js';
import type { QuestionOutline } from '../../runtime/api.ts';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import { withPer } from './outline-edits.ts';
import { TextField } from './text-field.tsx';

interface LimitRowProps {
  readonly outline: QuestionOutline;
  readonly change: Builder['change'];
}

/** How many rows, and for each value of which dimensions. */
export function LimitRow(props: LimitRowProps) {
  const limit = () => props.outline.limit;
  const written = () => {
    const count = limit()?.count;
    return count === undefined || Number.isNaN(count) ? '' : String(count);
  };
  const per = () => limit()?.per ?? [];
  const names = () => [...new Set([...props.outline.anchor.map(({ name }) => name), ...per()])];
  const toggle = (name: string, on: boolean) =>
    props.change(withPer(props.outline, on ? [...per(), name] : per().filter((each) => each !== name)));
  return (
    <div class={styles.row}>
      <TextField
        label="Rows at most"
        value={written()}
        hint="all"
        isNumber
        letters={6}
        onTyped={(text, how) => {
          const typed = text.trim();
          const next = typed === '' ? null : { count: Number(typed), per: limit()?.per ?? null };
          props.change({ ...props.outline, limit: next }, how);
        }}
      />
      <span class={styles.as}>rows</span>
      <Show when={limit() !== null && names().length > 0}>
        <span class={styles.as}>for each</span>
        <For each={names()}>
          {(name) => (
            <label class={styles.check}>
              <input
                type="checkbox"
                checked={per().includes(name)}
                onChange={(event) => toggle(name, event.currentTarget.checked)}
              />
              {name}
            </label>
          )}
        </For>
      </Show>
    </div>
  );
}
