import { onCleanup, Show } from 'solid-js';
import { Icon, type IconName } from '../icons/icon.tsx';
import { edgeStatusWords } from '../words/collection.ts';
import { spelled } from '../words/spelled.ts';
import styles from './browser.module.css';
import type { FieldRow } from './field-tree.ts';
import { middleEllipsis } from './middle-ellipsis.ts';

/** How long the pointer or the focus rests on a field before its card shows, in milliseconds. */
const REST = 300;
const LONGEST_NAME = 26;

interface FieldItemProps {
  readonly row: FieldRow;
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  /** The row to show a card beside, or null to take the card away. */
  readonly onCard: (owner: HTMLElement | null) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onInsert: () => void;
}

/** One field: sign of its kind, name, type; a press puts it into the question. */
export function FieldItem(props: FieldItemProps) {
  let item: HTMLButtonElement | undefined;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const rest = () => {
    stop();
    timer = setTimeout(() => props.onCard(item ?? null), REST);
  };
  const leave = () => {
    stop();
    timer = setTimeout(() => props.onCard(null), REST / 2);
  };
  onCleanup(stop);
  const edge = () => (props.row.kind === 'dimension' ? props.row.edge : null);
  return (
    <li>
      <button
        ref={item}
        type="button"
        data-field
        class={styles.field}
        style={{ '--depth': String(props.row.depth) }}
        tabindex={props.tabStop ? 0 : -1}
        draggable={true}
        onDragStart={(event) => event.dataTransfer?.setData('text/plain', spelled(props.row.name))}
        onPointerEnter={(event) => {
          if (event.pointerType !== 'touch') rest();
        }}
        onPointerLeave={leave}
        onFocus={() => {
          props.onFocus();
          if (item?.matches(':focus-visible')) rest();
        }}
        onBlur={leave}
        onKeyDown={(event) => props.onKeyDown(event)}
        onClick={() => {
          stop();
          props.onInsert();
        }}
      >
        <Show when={edge()}>
          <span class={styles.arrow} aria-hidden="true">
            →
          </span>
        </Show>
        <span class={styles.kind}>
          <Icon name={iconOf(props.row)} size={14} />
        </span>
        <span class={styles.name}>{middleEllipsis(props.row.name, LONGEST_NAME)}</span>
        <span class={styles.type}>{typeOf(props.row)}</span>
        <Show when={edge()}>
          {(climbed) => (
            <span class={styles.status} data-status={climbed().status}>
              <Icon
                name={
                  climbed().status === 'contradicted' ? 'alert' : climbed().status === 'untested' ? 'untested' : 'check'
                }
                size={12}
              />
              <span class="visually-hidden">
                {climbed().child} → {climbed().parent} {edgeStatusWords(climbed().status)}
              </span>
            </span>
          )}
        </Show>
      </button>
    </li>
  );
}

function iconOf(row: FieldRow): IconName {
  switch (row.kind) {
    case 'family':
      return row.family.kind === 'derived' ? 'derived' : 'family';
    case 'dimension':
      return 'dimension';
    case 'attribute':
      return 'attribute';
  }
}

function typeOf(row: FieldRow): string {
  switch (row.kind) {
    case 'family':
      return row.family.formula ?? row.family.type;
    case 'dimension':
      return row.dimension.level === null ? row.dimension.type : '';
    case 'attribute':
      return row.attribute.type;
  }
}
