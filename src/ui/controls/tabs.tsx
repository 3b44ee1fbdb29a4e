import { For } from 'solid-js';
import styles from './tabs.module.css';

/** One tab: its key, and what it is called. */
export interface Tab<Key extends string> {
  readonly key: Key;
  readonly label: string;
}

interface TabsProps<Key extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Key>[];
  readonly selected: Key;
  readonly onSelect: (key: Key) => void;
  /** Prefix of the ids: tab `{id}-tab-{key}`, panel `{id}-panel-{key}`. */
  readonly id: string;
}

/** A list of tabs with one stop for Tab; arrows, Home, End and the digits choose. The panels are the caller's. */
export function Tabs<Key extends string>(props: TabsProps<Key>) {
  let list: HTMLDivElement | undefined;
  const choose = (index: number) => {
    const tab = props.tabs[(index + props.tabs.length) % props.tabs.length];
    if (tab === undefined) return;
    props.onSelect(tab.key);
    list?.querySelector<HTMLElement>(`#${props.id}-tab-${tab.key}`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex((tab) => tab.key === props.selected);
    const digit = Number(event.key);
    if (event.key === 'ArrowRight') choose(at + 1);
    else if (event.key === 'ArrowLeft') choose(at - 1);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(-1);
    else if (digit >= 1 && digit <= props.tabs.length) choose(digit - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={list} role="tablist" aria-label={props.label} class={styles.list}>
      <For each={props.tabs}>
        {(tab) => (
          <button
            type="button"
            role="tab"
            id={`${props.id}-tab-${tab.key}`}
            aria-selected={tab.key === props.selected}
            aria-controls={`${props.id}-panel-${tab.key}`}
            tabindex={tab.key === props.selected ? 0 : -1}
            class={styles.tab}
            onClick={() => props.onSelect(tab.key)}
            onKeyDown={onKey}
          >
            {tab.label}
          </button>
        )}
      </For>
    </div>
  );
}
