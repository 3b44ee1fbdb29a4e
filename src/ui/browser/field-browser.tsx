import { createMemo, createSignal, For, Show, Suspense } from 'solid-js';
import type { CollectionSummary } from '../../runtime/api.ts';
import { focusedAt } from '../controls/focused-at.ts';
import { formatCount } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { FieldCard } from '../shell/parts.ts';
import { engineRoute, printRoute } from '../shell/router.ts';
import { sourceStateWords } from '../words/collection.ts';
import { spelled } from '../words/spelled.ts';
import styles from './browser.module.css';
import { FieldItem } from './field-item.tsx';
import { dimensionGroups, type FieldRow, familyGroup, filterGroups } from './field-tree.ts';

/** What can be asked for: metric families, dimensions with their roll-ups, attributes; and the sources. */
export function FieldBrowser(props: { readonly onInsert?: () => void }) {
  const app = useApp();
  const [letters, setLetters] = createSignal('');
  const [carded, setCarded] = createSignal<{ readonly row: FieldRow; readonly owner: HTMLElement } | null>(null);
  const [stop, setStop] = createSignal('');
  let list: HTMLDivElement | undefined;
  const groups = createMemo(() => {
    const summary = app.sessions.summary();
    if (summary === null) return [];
    return filterGroups([familyGroup(summary), ...dimensionGroups(summary)], letters());
  });
  const keyOf = (row: FieldRow) => `${row.kind}:${row.name}`;
  const firstKey = () => {
    const row = groups()[0]?.rows[0];
    return row === undefined ? '' : keyOf(row);
  };
  // One stop for Tab: the row last visited while it is shown, else the first.
  const tabStop = () =>
    groups().some((group) => group.rows.some((row) => keyOf(row) === stop())) ? stop() : firstKey();
  const insert = (row: FieldRow) => {
    setCarded(null);
    app.editor.insert(spelled(row.name));
    app.editor.focus();
    props.onInsert?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const items = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-field]') ?? [])];
    const at = focusedAt(items);
    const next = items[at + step];
    if (next !== undefined) next.focus();
    event.preventDefault();
  };
  return (
    <div class={styles.browser}>
      <label class={styles.filter}>
        <Icon name="search" size={14} />
        <span class="visually-hidden">Filter fields</span>
        <input
          type="search"
          placeholder="Filter fields"
          value={letters()}
          onInput={(event) => setLetters(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setLetters('');
            else onKeyDown(event);
          }}
        />
      </label>
      <div ref={list} class={styles.list}>
        <For each={groups()}>
          {(group) => (
            <section>
              <h2 class={styles.title}>{group.title}</h2>
              <ul>
                <For each={group.rows}>
                  {(row) => (
                    <FieldItem
                      row={row}
                      tabStop={tabStop() === keyOf(row)}
                      onFocus={() => setStop(keyOf(row))}
                      onCard={(owner) => setCarded(owner === null || app.layout() === 'phone' ? null : { row, owner })}
                      onKeyDown={onKeyDown}
                      onInsert={() => insert(row)}
                    />
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
        <Show when={app.sessions.summary() !== null && groups().length === 0}>
          <p class={styles.none}>No field has these letters.</p>
        </Show>
        <Show when={letters() === '' ? app.sessions.summary() : null}>
          {(summary) => (
            <SourceList sources={summary().sources} locale={app.locale()} onLeave={() => props.onInsert?.()} />
          )}
        </Show>
      </div>
      <Show when={carded()}>
        {(card) => (
          <Suspense>
            <FieldCard
              row={card().row}
              owner={card().owner}
              summary={app.sessions.summary()}
              onInsert={() => insert(card().row)}
              onClose={() => setCarded(null)}
            />
          </Suspense>
        )}
      </Show>
    </div>
  );
}

/** Each leads to its profile. */
function SourceList(props: {
  readonly sources: CollectionSummary['sources'];
  readonly locale: string;
  readonly onLeave: () => void;
}) {
  return (
    <section>
      <h2 class={styles.title} data-term="source">
        Sources {props.sources.length}
      </h2>
      <ul>
        <For each={props.sources}>
          {(source) => (
            <li>
              <a
                class={styles.source}
                href={printRoute(engineRoute('profile', source.name))}
                data-tip={source.reason ?? `${source.name}: ${sourceStateWords(source.state)}.`}
                onClick={() => props.onLeave()}
              >
                <Icon name="source" size={14} />
                <span class={styles.name}>{source.name}</span>
                <span class={styles.type}>{source.rows === null ? '' : formatCount(source.rows, props.locale)}</span>
                <span class={styles.status} data-status={source.state}>
                  <Icon
                    name={source.state === 'verified' ? 'check' : source.state === 'failed' ? 'alert' : 'untested'}
                    size={12}
                  />
                  <span class="visually-hidden">{sourceStateWords(source.state)}</span>
                </span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
