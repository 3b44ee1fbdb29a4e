import { createEffect, Match, on, Switch } from 'solid-js';
import button from '../controls/button.module.css';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { checkingWords } from '../words/cross-check.ts';
import styles from './cross-check-button.module.css';

/** Starts a check of the answer across the engines, and says how it went; `onShow` shows the whole of it. */
export function CrossCheckButton(props: { readonly onShow: () => void }) {
  const { announce, crossChecker, sessions } = useApp();
  createEffect(
    on(
      crossChecker.state,
      (now, before) => {
        if (before?.kind !== 'running') return;
        sessions.refresh();
        if (now?.kind !== 'running') announce(`Cross-check: ${now === null ? 'cancelled' : checkingWords(now)}.`);
      },
      { defer: true },
    ),
  );
  const ended = () => {
    const state = crossChecker.state();
    return state === null || state.kind === 'running' ? null : state;
  };
  const start = () => {
    props.onShow();
    void crossChecker.start();
  };
  return (
    <Switch
      fallback={
        <button
          type="button"
          class={button.button}
          data-testid="cross-check"
          data-tip="Recomputes this answer from the sources on DuckDB, SQLite and Arquero, and compares."
          onClick={start}
        >
          <Icon name="check" size={14} />
          Cross-check
        </button>
      }
    >
      <Match when={crossChecker.state()?.kind === 'running'}>
        <button type="button" class={button.button} data-testid="cross-check" onClick={() => crossChecker.cancel()}>
          Cancel check
        </button>
      </Match>
      <Match when={ended()}>
        {(state) => {
          const agrees = () => {
            const now = state();
            return now.kind === 'checked' && now.check.agree;
          };
          return (
            <button
              type="button"
              class={`${button.button} ${agrees() ? styles.agree : styles.differ}`}
              data-testid="cross-check"
              onClick={props.onShow}
            >
              <Icon name={agrees() ? 'check' : 'alert'} size={14} />
              {checkingWords(state())}
            </button>
          );
        }}
      </Match>
    </Switch>
  );
}
