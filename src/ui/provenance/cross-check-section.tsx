import { For, Match, Show, Switch } from 'solid-js';
import type { CrossCheck, CrossCheckDifference, CrossCheckedBackend } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import type { Checking } from '../query/cross-checker.ts';
import { useApp } from '../shell/app-context.ts';
import { backendTitle } from '../words/backend.ts';
import { agreementSentence, checkingWords } from '../words/cross-check.ts';
import { CopyText } from './copy-text.tsx';
import styles from './cross-check.module.css';
import pane from './provenance.module.css';

/** The answer recomputed on every engine: how far that is, what each gave, and where they differ. */
export function CrossCheckSection() {
  const { crossChecker } = useApp();
  const state = crossChecker.state;
  return (
    <details class={pane.section} data-key="section:cross-check" data-testid="cross-check-section">
      <summary>
        Cross-check
        <span class={pane.way}>{words(state())}</span>
      </summary>
      <div class={pane.content}>
        <Switch
          fallback={
            <>
              <p>
                Recomputes the answer from the sources on DuckDB, SQLite and Arquero, never from stored entries, and
                compares every value. The engines are fetched where they have not been, and ended afterwards.
              </p>
              <StartButton>Cross-check</StartButton>
            </>
          }
        >
          <Match when={only(state(), 'running')}>
            {(running) => (
              <>
                <ul class={pane.steps}>
                  <For each={running().steps}>
                    {({ label, detail, milliseconds }) => (
                      <li>
                        {titleOf(label)}: {detail}
                        <Show when={milliseconds}>{(time) => <> in {formatDuration(time())}</>}</Show>
                      </li>
                    )}
                  </For>
                </ul>
                <div>
                  <button type="button" class={button.bordered} onClick={() => crossChecker.cancel()}>
                    Cancel
                  </button>
                </div>
              </>
            )}
          </Match>
          <Match when={only(state(), 'checked')}>
            {(checked) => (
              <>
                <Checked check={checked().check} />
                <StartButton>Check again</StartButton>
              </>
            )}
          </Match>
          <Match when={only(state(), 'refused')}>
            {(refused) => (
              <>
                <p>{refused().refusal.message}</p>
                <StartButton>Check again</StartButton>
              </>
            )}
          </Match>
          <Match when={only(state(), 'failed')}>
            {(failed) => (
              <>
                <p>
                  {failed().defect.message} {failed().defect.remedy}
                </p>
                <StartButton>Check again</StartButton>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </details>
  );
}

function StartButton(props: { readonly children: string }) {
  const { crossChecker } = useApp();
  return (
    <div>
      <button type="button" class={button.bordered} onClick={() => void crossChecker.start()}>
        {props.children}
      </button>
    </div>
  );
}

function Checked(props: { readonly check: CrossCheck }) {
  const app = useApp();
  return (
    <>
      <p data-testid="agreement">{agreementSentence(props.check)}</p>
      <Show when={props.check.differences.length > 0}>
        <Differences check={props.check} differences={props.check.differences} />
      </Show>
      <Show when={props.check.ties.length > 0}>
        <Differences check={props.check} differences={props.check.ties} />
      </Show>
      <table class={styles.engines}>
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">Took</th>
            <th scope="col">Rows</th>
            <th scope="col" data-tip="SHA-256 over the rows of all columns but doubles, its first 8 digits.">
              Hash
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.check.backends}>
            {(backend) => (
              <tr>
                <th scope="row">{backendTitle(backend.name)}</th>
                <td>{backend.error === null ? formatDuration(backend.milliseconds) : '—'}</td>
                <td>{backend.row_count === null ? '—' : formatCount(backend.row_count, app.locale())}</td>
                <td>
                  <code>{backend.hash?.slice(0, 8) ?? '—'}</code>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <For each={props.check.backends}>{(backend) => <Work backend={backend} />}</For>
    </>
  );
}

/** What an engine did: its statements or verbs, and what it held; or why it gave no answer. */
function Work(props: { readonly backend: CrossCheckedBackend }) {
  return (
    <div>
      <h3>{backendTitle(props.backend.name)}</h3>
      <Show when={props.backend.error === null} fallback={<p class={styles.error}>{props.backend.error ?? ''}</p>}>
        <p>
          {formatDuration(props.backend.startMilliseconds)} to start and read the sources,{' '}
          {formatBytes(props.backend.bytesHeld)} held.
        </p>
        <Show when={props.backend.statement !== ''}>
          <CopyText text={props.backend.statement} label={`what ${backendTitle(props.backend.name)} ran`} />
        </Show>
      </Show>
    </div>
  );
}

/** Values side by side, one line a coordinate and series. */
function Differences(props: { readonly check: CrossCheck; readonly differences: readonly CrossCheckDifference[] }) {
  const app = useApp();
  const names = () => props.check.backends.filter(({ error }) => error === null).map(({ name }) => name);
  const value = (difference: CrossCheckDifference, name: string) => {
    const found = difference.values[name] ?? null;
    if (difference.series === null) return found === true ? 'has the row' : 'no row';
    return typeof found === 'number'
      ? found.toLocaleString(app.locale(), { maximumFractionDigits: 20 })
      : String(found ?? '—');
  };
  return (
    <div class={styles.scroll}>
      <table class={styles.engines} data-testid="differences">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Series</th>
            <For each={names()}>{(name) => <th scope="col">{backendTitle(name)}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.differences}>
            {(difference) => (
              <tr>
                <th scope="row">({difference.coordinate.join(', ')})</th>
                <td>{difference.series ?? '—'}</td>
                <For each={names()}>{(name) => <td>{value(difference, name)}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function words(checking: Checking | null): string {
  return checking === null ? 'not run' : checkingWords(checking);
}

function titleOf(label: string): string {
  return label === 'duckdb' || label === 'sqlite' || label === 'arquero' ? backendTitle(label) : label;
}

function only<Kind extends Checking['kind']>(checking: Checking | null, kind: Kind) {
  return checking !== null && isKind(checking, kind) ? checking : null;
}

function isKind<Kind extends Checking['kind']>(
  checking: Checking,
  kind: Kind,
): checking is Extract<Checking, { kind: Kind }> {
  return checking.kind === kind;
}
