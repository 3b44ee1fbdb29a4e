import { type JSX, Match, Show, Suspense, Switch } from 'solid-js';
import { formatElapsed } from '../format/duration.ts';
import { Icon } from '../icons/icon.tsx';
import type { Outcome, Running } from '../query/question.ts';
import { useApp } from '../shell/app-context.ts';
import { ServedLine } from '../shell/parts.ts';
import { progressAmount } from '../words/progress.ts';
import styles from './result-bar.module.css';

interface ResultBarProps {
  readonly outcome: Outcome | null;
  readonly stale: boolean;
  readonly running: Running | null;
  readonly elapsed: number;
  /** What can be done with a served answer. */
  readonly actions: JSX.Element;
  readonly onOrigin: () => void;
  readonly onLevel: () => void;
}

/** One line above the result: rows, where from, time, level, copy, cross-check, always in this order. */
export function ResultBar(props: ResultBarProps) {
  const app = useApp();
  const starting = () => app.sessions.phase() === 'opening' || app.sessions.phase() === 'warming';
  // Before there is an outcome the bar says at its left that something is going on.
  const runningText = (running: Running, elapsed: number) =>
    props.outcome === null && running.progress === null
      ? formatElapsed(elapsed)
      : `${runningWords(running, app.locale())} · ${formatElapsed(elapsed)}`;
  return (
    <div class={styles.bar} data-stale={props.stale ? '' : undefined}>
      <Show when={props.stale}>
        <span class={styles.previous}>Result of the previous question</span>
      </Show>
      <Switch>
        <Match when={props.outcome?.kind === 'served' ? props.outcome : null}>
          {(served) => (
            <Suspense>
              <ServedLine served={served()} onOrigin={props.onOrigin} onLevel={props.onLevel} />
            </Suspense>
          )}
        </Match>
        <Match when={props.outcome?.kind === 'refused' ? props.outcome : null}>
          {(refused) => (
            <span class={styles.mood} data-testid="mood">
              <Icon name="question" size={14} />
              {refused().refusal.mood === 'clarify' ? 'Asks back' : 'Refused'}
            </span>
          )}
        </Match>
        <Match when={props.outcome?.kind === 'explained'}>
          <span data-testid="mood">Explained</span>
        </Match>
        <Match when={props.outcome?.kind === 'cancelled'}>
          <span>Cancelled</span>
        </Match>
        <Match when={props.outcome?.kind === 'defect'}>
          <span class={styles.broke}>
            <Icon name="alert" size={14} />
            Not answered
          </span>
        </Match>
      </Switch>
      <Show when={props.outcome === null && props.running}>
        <span>{starting() ? 'Getting ready' : 'Asking'}</span>
      </Show>
      <span class={styles.space}>
        <Show when={props.running?.slow === true ? props.running : null}>
          {(running) => (
            <span class={styles.running} aria-hidden="true">
              {runningText(running(), props.elapsed)}
            </span>
          )}
        </Show>
      </span>
      {props.actions}
      <Show when={props.running?.slow}>
        <div class={styles.progress} />
      </Show>
    </div>
  );
}

/** What a running question is doing, as far as it told. */
export function runningWords(running: Running, locale: string): string {
  if (running.progress === null) return 'Working';
  const amount = progressAmount(running.progress, locale);
  return amount === '' ? running.progress.label : `${running.progress.label}, ${amount}`;
}
