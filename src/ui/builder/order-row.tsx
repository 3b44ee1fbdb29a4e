import { For } from 'solid-js';
import type { OutlineKey, QuestionOutline } from '../../runtime/api.ts';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import { movedBy, replacedAt, withoutAt } from './outline-edits.ts';
import { RowButtons } from './row-buttons.tsx';

interface OrderRowProps {
  readonly order: OutlineKey;
  readonly index: number;
  readonly outline: QuestionOutline;
  readonly columns: readonly { readonly name: string }[];
  readonly change: Builder['change'];
}

/** One key of the order: a column, and from which end. */
export function OrderRow(props: OrderRowProps) {
  const put = (order: readonly OutlineKey[]) => props.change({ ...props.outline, order });
  const set = (key: OutlineKey) => put(replacedAt(props.outline.order, props.index, key));
  const names = () => {
    const all = props.columns.map(({ name }) => name);
    return all.includes(props.order.name) ? all : [props.order.name, ...all];
  };
  return (
    <div class={styles.row} data-testid="builder-order">
      <select
        class={styles.select}
        aria-label="Column ordered by"
        onChange={(event) => set({ ...props.order, name: event.currentTarget.value })}
      >
        <For each={names()}>
          {(name) => (
            <option value={name} selected={name === props.order.name}>
              {name}
            </option>
          )}
        </For>
      </select>
      <select
        class={styles.select}
        aria-label={`Direction of ${props.order.name}`}
        onChange={(event) => set({ ...props.order, descending: event.currentTarget.value === 'desc' })}
      >
        <option value="asc" selected={!props.order.descending}>
          ascending
        </option>
        <option value="desc" selected={props.order.descending}>
          descending
        </option>
      </select>
      <RowButtons
        label={`the order by ${props.order.name}`}
        isFirst={props.index === 0}
        isLast={props.index === props.outline.order.length - 1}
        onMove={(step) => put(movedBy(props.outline.order, props.index, step))}
        onRemove={() => put(withoutAt(props.outline.order, props.index))}
      />
    </div>
  );
}
