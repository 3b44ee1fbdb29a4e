import { Show } from 'solid-js';
import type { EntrySummary } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { formatAge, formatLength } from '../format/age.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { LevelDots } from '../icons/glyph.tsx';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { GLOSSARY } from '../words/glossary.ts';
import { levelDots, levelSentence } from '../words/level.ts';
import styles from './entries-table.module.css';
import type { EntryActs } from './entry-acts.ts';
import { type EntryByKey, entryOrigin, entryTitle } from './entry-words.ts';

interface EntryRowProps {
  readonly entry: EntrySummary;
  readonly byKey: EntryByKey;
  readonly isOpen: boolean;
  readonly acts: EntryActs;
  readonly onOpen: () => void;
  readonly onEvict: () => void;
}

/** One entry of the table: a line, or a card where there is no room for one. */
export function EntryRow(props: EntryRowProps) {
  const app = useApp();
  const title = () => entryTitle(props.entry);
  const count = (value: number) => formatCount(value, app.locale());
  return (
    <tr data-open={props.isOpen ? '' : undefined} data-key={props.entry.key}>
      <th scope="row" data-label="family">
        <button type="button" class={styles.open} onClick={() => props.onOpen()}>
          {props.entry.family ?? props.entry.state}
        </button>
        <Show when={props.entry.hinted}>
          <span class={styles.mark} data-tip={GLOSSARY.hinted}>
            hint
          </span>
        </Show>
        <Show when={props.entry.pinned}>
          <span class={styles.mark} data-tip={GLOSSARY.pinned}>
            pinned
          </span>
        </Show>
      </th>
      <td data-label="at" class={styles.at} title={props.entry.filter ?? undefined}>
        <code>({props.entry.anchor.join(', ')})</code>
        <Show when={props.entry.filter}>
          {(filter) => (
            <span class={styles.filter}>
              {' '}
              where <code>{filter()}</code>
            </span>
          )}
        </Show>
      </td>
      <td data-label="state">{props.entry.state}</td>
      <td data-label="rows" class={styles.number}>
        {count(props.entry.rows)}
      </td>
      <td data-label="bytes" class={styles.number}>
        {formatBytes(props.entry.bytes)}
      </td>
      <td data-label="asked" class={styles.number}>
        {count(props.entry.accessCount)}
      </td>
      <td data-label="last asked" class={styles.number}>
        <Time at={props.entry.lastAccess} words={formatAge(app.now() - props.entry.lastAccess)} />
      </td>
      <td data-label="age" class={styles.number}>
        <Time at={props.entry.createdAt} words={formatLength(app.now() - props.entry.createdAt) ?? 'new'} />
      </td>
      <td data-label="saved" class={styles.number}>
        {props.entry.millisecondsSaved === 0 ? '—' : formatDuration(props.entry.millisecondsSaved)}
      </td>
      <td data-label="level" class={styles.number}>
        <Show when={props.entry.verificationLevel} fallback="—">
          {(level) => (
            <span class={styles.level} data-tip={levelSentence(level())}>
              {level()}
              <LevelDots filled={levelDots(level())} />
            </span>
          )}
        </Show>
      </td>
      <td data-label="came from" class={styles.origin} title={entryOrigin(props.entry, props.byKey)}>
        {entryOrigin(props.entry, props.byKey)}
      </td>
      <td class={styles.actions}>
        <button
          type="button"
          class={button.icon}
          aria-pressed={props.entry.pinned}
          aria-label={`Pin ${title()}`}
          data-tip={props.entry.pinned ? 'Unpin' : 'Pin'}
          onClick={() => props.acts.pin(props.entry)}
        >
          <Icon name="pin" />
        </button>
        <button
          type="button"
          class={button.icon}
          aria-label={`Evict ${title()}`}
          data-tip="Evict"
          onClick={() => props.onEvict()}
        >
          <Icon name="trash" />
        </button>
        <button
          type="button"
          class={button.icon}
          aria-label={`Download ${title()}`}
          data-tip="Download the Parquet file"
          onClick={() => props.acts.download(props.entry)}
        >
          <Icon name="download" />
        </button>
      </td>
    </tr>
  );
}

/** A time in coarse words, exactly on hover. */
function Time(props: { readonly at: number; readonly words: string }) {
  const exact = () => new Date(props.at).toISOString();
  return (
    <time datetime={exact()} title={exact()}>
      {props.words}
    </time>
  );
}
