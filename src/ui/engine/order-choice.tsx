import { For } from 'solid-js';
import button from '../controls/button.module.css';
import field from '../controls/field.module.css';
import { Icon } from '../icons/icon.tsx';
import styles from './entries-tab.module.css';
import { ENTRY_COLUMNS, type EntryOrder, orderAfter } from './entry-columns.ts';

interface OrderChoiceProps {
  readonly order: EntryOrder;
  readonly onOrder: (order: EntryOrder) => void;
}

/** The order of cards, which have no heads of columns to press. */
export function OrderChoice(props: OrderChoiceProps) {
  const choose = (key: string) => {
    const column = ENTRY_COLUMNS.find((each) => each.key === key);
    if (column !== undefined && column.key !== props.order.by) props.onOrder(orderAfter(props.order, column.key));
  };
  return (
    <div class={styles.order}>
      <label>
        Sort by{' '}
        <select class={field.field} value={props.order.by} onChange={(event) => choose(event.currentTarget.value)}>
          <For each={ENTRY_COLUMNS}>{({ key, label }) => <option value={key}>{label}</option>}</For>
        </select>
      </label>
      <button
        type="button"
        class={button.icon}
        aria-label={props.order.direction === 'ascending' ? 'Sort descending' : 'Sort ascending'}
        onClick={() => props.onOrder(orderAfter(props.order, props.order.by))}
      >
        <Icon name={props.order.direction === 'ascending' ? 'up' : 'down'} />
      </button>
    </div>
  );
}
