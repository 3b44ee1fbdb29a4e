import { For, Match, Show, Switch } from 'solid-js';
import type { Progress, ServedProfile } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { countOf } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import { progressAmount } from '../words/progress.ts';
import { ColumnsTable } from './columns-table.tsx';
import { DependenciesSection } from './dependencies-section.tsx';
import styles from './profile.module.css';
import { createProfileRun } from './profile-run.ts';
import { originText } from './profile-words.ts';
import { TableChoice, TableSelect } from './table-choice.tsx';

/** What the rows of a table say of its columns. */
export function ProfileView(props: { readonly table: string | null }) {
  const app = useApp();
  const { sessions } = app;
  const sources = () => sessions.summary()?.sources ?? [];
  const run = createProfileRun({
    table: () => props.table,
    contentHash: () => sources().find(({ name }) => name === props.table)?.contentHash ?? null,
    whenOpen: () => sessions.whenOpen(),
    onProfiled: ({ table, columns }) => {
      sessions.refresh();
      app.announce(`Profile of ${table}: ${countOf(columns.length, 'column', 'columns', app.locale())}.`);
    },
  });
  const running = () => {
    const now = run.state();
    return now?.kind === 'running' ? now : null;
  };
  const profile = () => {
    const now = run.state();
    return now?.kind === 'profiled' ? now.profile : null;
  };
  const failure = () => {
    const now = run.state();
    return now?.kind === 'failed' ? now : null;
  };
  return (
    <div class={styles.profile} data-testid="profile">
      <Show when={props.table} fallback={<TableChoice sources={sources()} />}>
        {(table) => (
          <>
            <div class={styles.head}>
              <TableSelect sources={sources()} table={table()} />
              <Show when={profile()}>
                {(shown) => (
                  <p class={styles.quiet} data-testid="profile-origin" data-origin={shown().origin}>
                    {originText(shown(), app.locale())}
                    {shown().assumed ? ' · its server gave no proof that it is unchanged' : ''}
                  </p>
                )}
              </Show>
            </div>
            <Switch>
              <Match when={running()}>
                {(now) => <Running table={table()} step={now().step} onCancel={() => run.cancel()} />}
              </Match>
              <Match when={run.state()?.kind === 'cancelled'}>
                <div class={styles.panel}>
                  <p data-testid="profile-cancelled">Cancelled. Nothing was kept.</p>
                  <button type="button" class={button.bordered} onClick={() => run.again()}>
                    Profile again
                  </button>
                </div>
              </Match>
              <Match when={failure()}>
                {(failed) => (
                  <div class={styles.panel} role="alert" data-testid="profile-failed">
                    <p>{failed().message}</p>
                    <p class={styles.quiet}>{failed().remedy}</p>
                    <button type="button" class={button.bordered} onClick={() => run.again()}>
                      Try again
                    </button>
                  </div>
                )}
              </Match>
              <Match when={profile()}>{(shown) => <Profiled profile={shown()} />}</Match>
            </Switch>
          </>
        )}
      </Show>
    </div>
  );
}

function Running(props: { readonly table: string; readonly step: Progress | null; readonly onCancel: () => void }) {
  const app = useApp();
  const amount = () => (props.step === null ? '' : progressAmount(props.step, app.locale()));
  return (
    <div class={styles.panel} data-testid="profile-running">
      <label class={styles.running}>
        Profiling {props.table}
        <progress
          max={props.step?.total ?? 1}
          {...(props.step?.total == null ? {} : { value: props.step.done ?? 0 })}
        />
        <span class={styles.quiet}>
          {[amount(), props.step?.detail].filter((each) => each).join(' · ') || 'starting'}
        </span>
      </label>
      <button type="button" class={button.bordered} data-testid="profile-cancel" onClick={() => props.onCancel()}>
        Cancel
      </button>
    </div>
  );
}

function Profiled(props: { readonly profile: ServedProfile }) {
  return (
    <>
      <ColumnsTable profile={props.profile} />
      <For each={props.profile.unread}>
        {({ name, type, reason }) => (
          <p class={styles.caveat}>
            <code>{name}</code> ({type}) cannot be read: {reason}.
          </p>
        )}
      </For>
      <DependenciesSection profile={props.profile} />
    </>
  );
}
