import { For, Show } from 'solid-js';
import type { ExplainedAtom, Explanation } from '../../runtime/api.ts';
import { countOf } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import { listOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import { arrowed, atomPhrase, routePhrase, routeWord } from './explain-words.ts';
import styles from './explanation.module.css';

interface AtomSectionProps {
  readonly atom: ExplainedAtom;
  /** Why its schema was chosen; null: there was nothing to choose. */
  readonly decision: Explanation['schemas'][number] | null;
  readonly backend: string;
  readonly open: boolean;
}

/** One state: its way now, why no cheaper one, its schema and why the others lost, and whether it is kept. */
export function AtomSection(props: AtomSectionProps) {
  const app = useApp();
  const route = () => routeWord(props.atom, props.backend);
  const lost = () => props.decision?.alternatives ?? [];
  return (
    <details class={styles.fold} data-testid="explained-atom" open={props.open}>
      <summary>
        <span class={styles.name}>
          <PhraseView phrase={atomPhrase(props.atom)} />
        </span>
        <span class={styles.route} data-role={route().role}>
          {route().word}
        </span>
      </summary>
      <div class={styles.content}>
        <p>
          <PhraseView phrase={routePhrase(props.atom, props.backend, app.locale())} />
        </p>
        <Show when={props.atom.route.path === 'backend' && props.atom.route.notCheaper.length > 0}>
          <div>
            <h4>Why from no entry</h4>
            <ul class={styles.sentences}>
              <For each={props.atom.route.notCheaper}>{(reason) => <li>{reason}</li>}</For>
            </ul>
          </div>
        </Show>
        <Show when={props.atom.route.steps.length > 0}>
          <div>
            <h4>Edges climbed</h4>
            <ul class={styles.sentences}>
              <For each={props.atom.route.steps}>{(step) => <li>{arrowed(step)}</li>}</For>
            </ul>
          </div>
        </Show>
        <dl class={styles.facts}>
          <dt>Schema</dt>
          <dd>
            <code>{props.atom.schema}</code>, {countOf(props.atom.rows, 'row', 'rows', app.locale())}
            <Show when={lost().length > 0} fallback={<span class={styles.muted}> · the only one that holds it</span>}>
              <ul class={styles.sentences}>
                <For each={lost()}>
                  {(other) => (
                    <li class={styles.muted}>
                      not <code>{other.name}</code>: {other.reason}
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </dd>
          <Show when={props.atom.input}>
            {(input) => (
              <>
                <dt>Of</dt>
                <dd>
                  <code>{input()}</code>
                </dd>
              </>
            )}
          </Show>
          <Show when={props.atom.filter}>
            {(filter) => (
              <>
                <dt>Rows</dt>
                <dd>
                  where <code>{filter()}</code>
                </dd>
              </>
            )}
          </Show>
          <Show when={props.atom.series.length > 0}>
            <dt>Part of</dt>
            <dd>{listOf(props.atom.series)}</dd>
          </Show>
          <dt>Kept</dt>
          <dd>{props.atom.isKept ? 'yes, for next time' : 'no: it would not be the answer to another question'}</dd>
        </dl>
      </div>
    </details>
  );
}
