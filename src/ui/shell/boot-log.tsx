import { createSignal, For, Show } from 'solid-js';
import type { Progress } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { countOf } from '../format/count.ts';
import { formatDuration, formatElapsed } from '../format/duration.ts';
import { Icon } from '../icons/icon.tsx';
import { progressAmount, progressLine, progressStateWord } from '../words/progress.ts';
import { useApp } from './app-context.ts';
import styles from './boot-log.module.css';
import { createElapsed } from './elapsed.ts';

/** The steps of the session as lines: sign, label, amount, detail, time. */
export function StepList(props: { readonly steps: readonly Progress[] }) {
  const app = useApp();
  return (
    <ol class={styles.steps}>
      <For each={props.steps}>
        {(step) => (
          <li class={styles.step} data-state={step.state}>
            <StepSign state={step.state} />
            <span class={styles.label}>{step.label}</span>
            <span class={styles.amount}>{progressAmount(step, app.locale())}</span>
            <span class={styles.time}>{step.milliseconds === null ? '' : formatDuration(step.milliseconds)}</span>
            <span class={styles.detail}>{step.detail}</span>
          </li>
        )}
      </For>
    </ol>
  );
}

function StepSign(props: { readonly state: Progress['state'] }) {
  return (
    <span class={styles.sign}>
      <Show when={props.state === 'done'}>
        <Icon name="check" size={14} />
      </Show>
      <Show when={props.state === 'running'}>
        <Icon name="right" size={14} />
      </Show>
      <Show when={props.state === 'waiting'}>
        <Icon name="untested" size={14} />
      </Show>
      <Show when={props.state === 'failed'}>
        <Icon name="alert" size={14} />
      </Show>
      <span class="visually-hidden">{progressStateWord(props.state)}</span>
    </span>
  );
}

/** What the first seconds came to, in one line that opens the log. The log itself is always in the page. */
export function BootLog() {
  const app = useApp();
  const [open, setOpen] = createSignal(false);
  const elapsed = createElapsed(() => app.sessions.readyAfter() === null && app.sessions.failure() === null);
  const summary = () => {
    const after = app.sessions.readyAfter();
    if (app.sessions.failure() !== null) return 'Did not start';
    if (after === null) return `Getting ready · ${formatElapsed(elapsed())}`;
    const sources = app.sessions.summary()?.sources.length ?? 0;
    const entries = app.sessions.statistics()?.warmUp.done ?? 0;
    if (app.layout() === 'middle') return `Ready in ${formatDuration(after)}`;
    return [
      `Ready in ${formatDuration(after)}`,
      countOf(sources, 'source', 'sources', app.locale()),
      countOf(entries, 'entry', 'entries', app.locale()),
    ].join(' · ');
  };
  return (
    <div class={styles.log}>
      <button
        type="button"
        class={`${button.button} ${styles.summary}`}
        aria-expanded={open()}
        aria-controls="boot-log"
        onClick={() => setOpen(!open())}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false);
        }}
      >
        {summary()}
        <Icon name={open() ? 'down' : 'up'} size={12} />
      </button>
      <div id="boot-log" data-testid="boot-log" class={styles.panel} hidden={!open()}>
        <ol>
          <For each={app.sessions.steps()}>
            {(step) => (
              <li data-state={step.state} data-step={step.id}>
                {`${progressLine(step, app.locale())}\n`}
              </li>
            )}
          </For>
        </ol>
      </div>
    </div>
  );
}
