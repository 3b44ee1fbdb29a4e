import { For, onMount, Show } from 'solid-js';
import type { EntrySummary } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { LevelDots } from '../icons/glyph.tsx';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { levelDots } from '../words/level.ts';
import type { EntryActs } from './entry-acts.ts';
import styles from './entry-drawer.module.css';
import { ancestry, type EntryByKey, entryOrigin, entryTitle } from './entry-words.ts';

interface EntryDrawerProps {
  readonly entry: EntrySummary;
  readonly byKey: EntryByKey;
  readonly acts: EntryActs;
  readonly onClose: () => void;
}

/** The evidence of one entry: its key, the bytes it holds for, its file, and what it was made from. */
export function EntryDrawer(props: EntryDrawerProps) {
  const app = useApp();
  let drawer: HTMLElement | undefined;
  const before = document.activeElement;
  const close = () => {
    props.onClose();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  };
  onMount(() => drawer?.focus());
  return (
    <section
      ref={drawer}
      class={styles.drawer}
      aria-label={`Entry ${entryTitle(props.entry)}`}
      tabindex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header class={styles.head}>
        <h2>{entryTitle(props.entry)}</h2>
        <button type="button" class={button.icon} aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class={styles.acts}>
        <button
          type="button"
          class={button.bordered}
          aria-pressed={props.entry.pinned}
          onClick={() => props.acts.pin(props.entry)}
        >
          <Icon name="pin" /> {props.entry.pinned ? 'Pinned' : 'Pin'}
        </button>
        <button type="button" class={button.bordered} onClick={() => props.acts.download(props.entry)}>
          <Icon name="download" /> Download
        </button>
        <button
          type="button"
          class={button.bordered}
          onClick={() => {
            const { entry } = props;
            close();
            void props.acts.evict(entry);
          }}
        >
          <Icon name="trash" /> Evict
        </button>
      </div>
      <dl class={styles.facts}>
        <dt>Level</dt>
        <dd class={styles.level}>
          <Show when={props.entry.verificationLevel} fallback="—">
            {(level) => (
              <>
                {level()}
                <LevelDots filled={levelDots(level())} />
              </>
            )}
          </Show>
        </dd>
        <dt>Holds</dt>
        <dd>
          {props.entry.state} of {props.entry.schema}
          <Show when={props.entry.filter}>{(filter) => <> where {filter()}</>}</Show>
        </dd>
        <dt>Size</dt>
        <dd>
          {countOf(props.entry.rows, 'row', 'rows', app.locale())}, {formatBytes(props.entry.bytes)}; asked{' '}
          {countOf(props.entry.accessCount, 'time', 'times', app.locale())}
        </dd>
        <dt>Rolls up</dt>
        <dd>{props.entry.notFurtherRollable ? 'no: its parts cannot be merged' : 'yes'}</dd>
        <dt>Took</dt>
        <dd>
          {formatDuration(props.entry.computeMilliseconds)} to compute, {formatDuration(props.entry.millisecondsSaved)}{' '}
          saved since
        </dd>
        <dt>Key</dt>
        <dd>
          <code>{props.entry.key}</code>
        </dd>
        <dt>Checksum</dt>
        <dd>
          <code>{props.entry.checksum}</code>
        </dd>
        <dt>File</dt>
        <dd>
          <code>{props.entry.path}</code>
        </dd>
        <dt>Sources</dt>
        <dd>
          <ul>
            <For each={Object.entries(props.entry.sourceHashes)}>
              {([name, hash]) => (
                <li>
                  {name} <code>{hash.slice(0, 16)}…</code>
                </li>
              )}
            </For>
          </ul>
        </dd>
        <dt>Made from</dt>
        <dd>
          <ol>
            <For each={ancestry(props.entry, props.byKey)}>{(each) => <li>{entryTitle(each)}</li>}</For>
            <li>{entryOrigin(ancestry(props.entry, props.byKey).at(-1) ?? props.entry, props.byKey)}</li>
          </ol>
        </dd>
      </dl>
    </section>
  );
}
