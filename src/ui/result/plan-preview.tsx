import { For, Show } from 'solid-js';
import type { Preview } from '../../runtime/api.ts';
import { useApp } from '../shell/app-context.ts';
import { StepList } from '../shell/boot-log.tsx';
import styles from './plan-preview.module.css';

/** Before there is an answer: the columns it will have, what will be done for it, and how far the page is. */
export function PlanPreview(props: { readonly preview: Preview | null }) {
  const app = useApp();
  // The steps stand beneath the plan: they wait for it, so that it does not push them down.
  const starting = () =>
    (app.checked() !== null || app.editor.text().trim() === '') &&
    (app.sessions.phase() === 'opening' || app.sessions.phase() === 'warming');
  return (
    <div class={styles.preview}>
      <div class={styles.columns}>
        <For each={props.preview?.columns ?? []}>
          {(column) => (
            <span class={styles.column} data-role={column.role}>
              {column.name} <span class={styles.type}>{column.type}</span>
            </span>
          )}
        </For>
      </div>
      <Show when={props.preview}>
        {(preview) => (
          <section class={styles.section} aria-labelledby="plan-heading">
            <h2 id="plan-heading">What will happen</h2>
            <ol class={styles.plan}>
              <For each={preview().steps}>
                {(step) => (
                  <li>
                    <span>{step.text}</span>
                    <span class={styles.detail}>{step.detail}</span>
                  </li>
                )}
              </For>
            </ol>
          </section>
        )}
      </Show>
      <Show when={starting()}>
        <section class={styles.section} aria-label="Getting ready">
          <StepList steps={app.sessions.steps()} />
        </section>
      </Show>
    </div>
  );
}
