import { createMemo, For, Show } from 'solid-js';
import { Icon } from '../icons/icon.tsx';
import styles from './entries-table.module.css';
import type { EntryActs } from './entry-acts.ts';
import { ENTRY_COLUMNS, type EntryColumn, type EntryOrder } from './entry-columns.ts';
import { EntryRow } from './entry-row.tsx';
import type { EntryByKey } from './entry-words.ts';

interface EntriesTableProps {
  /** Keys of the entries shown, in order. */
  readonly keys: readonly string[];
  readonly byKey: EntryByKey;
  readonly order: EntryOrder;
  readonly onOrder: (column: EntryColumn) => void;
  readonly opened: string | null;
  readonly acts: EntryActs;
  readonly onOpen: (key: string) => void;
  /** Called when an entry and its line are about to go; gives the focus a new place. */
  readonly onEvict: (key: string) => void;
}

/** The stored states, a line each; the heads of columns sort, and a press of a name opens the evidence of an entry. */
export function EntriesTable(props: EntriesTableProps) {
  // Lines go by key: a list that is told anew leaves them, and the focus in them, where they are.
  const keys = createMemo(() => [...props.keys]);
  const sorted = (column: EntryColumn) => (props.order.by === column ? props.order.direction : undefined);
  return (
    <div class={styles.scroll}>
      <table class={styles.table} data-testid="entries">
        <thead>
          <tr>
            <For each={ENTRY_COLUMNS}>
              {({ key, label, isNumber }) => (
                <th scope="col" class={isNumber ? styles.number : undefined} aria-sort={sorted(key) ?? 'none'}>
                  <button type="button" class={styles.sort} onClick={() => props.onOrder(key)}>
                    {label}
                    <span class={styles.arrow} data-shown={sorted(key) === undefined ? undefined : ''}>
                      <Icon name={sorted(key) === 'descending' ? 'down' : 'up'} size={12} />
                    </span>
                  </button>
                </th>
              )}
            </For>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={keys()}>
            {(key) => (
              <Show when={props.byKey.get(key)}>
                {(entry) => (
                  <EntryRow
                    entry={entry()}
                    byKey={props.byKey}
                    isOpen={props.opened === key}
                    acts={props.acts}
                    onOpen={() => props.onOpen(key)}
                    onEvict={() => props.onEvict(key)}
                  />
                )}
              </Show>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
