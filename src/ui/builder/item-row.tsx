import { createMemo, For, Match, Show, Switch } from 'solid-js';
import type { OperatorChoice, OutlinedText, OutlineItem, QuestionOutline } from '../../runtime/api.ts';
import { Icon, type IconName } from '../icons/icon.tsx';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import type { Fresh } from './fresh.ts';
import { columnName, movedBy, withItem, withoutItem } from './outline-edits.ts';
import { RowButtons } from './row-buttons.tsx';
import { TextField } from './text-field.tsx';

interface ItemRowProps {
  readonly item: OutlineItem;
  readonly index: number;
  readonly outline: QuestionOutline;
  readonly known: OutlinedText;
  readonly change: Builder['change'];
  readonly fresh: Fresh;
}

/** A fraction that an operator begins with, where it needs one. */
const FIRST_FRACTION = '0.5';

/** One thing that is shown: what, by which operator, under which name. */
export function ItemRow(props: ItemRowProps) {
  const label = () => columnName(props.item) ?? 'expression';
  const set = (item: OutlineItem, how?: 'now' | 'typing') =>
    props.change(withItem(props.outline, props.index, item), how);
  const takesFocus = () => props.fresh.take(`items ${props.index}`);
  return (
    <div class={styles.row} data-testid="builder-item">
      <Icon name={iconOf(props.item)} size={14} />
      <Switch>
        <Match when={props.item.kind === 'expression'}>
          <TextField
            label="Expression"
            value={props.item.kind === 'expression' ? props.item.text : ''}
            hint="AVG(revenue @ (day))"
            isCode
            takesFocus={takesFocus}
            onTyped={(text, how) => set({ kind: 'expression', text, alias: props.item.alias }, how)}
          />
        </Match>
        <Match when={props.item.kind === 'rows'}>
          <span class={styles.name}>number of rows</span>
        </Match>
        <Match when={isNamed(props.item)}>
          <Operand item={props.item} known={props.known} set={set} takesFocus={takesFocus} />
        </Match>
      </Switch>
      <span class={styles.naming}>
        <span class={styles.as}>as</span>
        <TextField
          label={`Name of the column ${label()}`}
          value={props.item.alias ?? ''}
          hint={columnName({ ...props.item, alias: null }) ?? 'a name'}
          letters={14}
          onTyped={(text, how) => set({ ...props.item, alias: text.trim() === '' ? null : text.trim() }, how)}
        />
        <RowButtons
          label={label()}
          isFirst={props.index === 0}
          isLast={props.index === props.outline.items.length - 1}
          onMove={(step) => props.change({ ...props.outline, items: movedBy(props.outline.items, props.index, step) })}
          onRemove={() => props.change(withoutItem(props.outline, props.index))}
        />
      </span>
    </div>
  );
}

type NamedItem = Extract<OutlineItem, { readonly kind: 'name' | 'operator' }>;

interface OperandProps {
  /** One that has a name; while it turns into another, this part is on its way out. */
  readonly item: OutlineItem;
  readonly known: OutlinedText;
  readonly set: (item: OutlineItem, how?: 'now' | 'typing') => void;
  readonly takesFocus: () => boolean;
}

/** A name and the operator that is applied to it. */
function Operand(props: OperandProps) {
  const item = createMemo<NamedItem>((before) => (isNamed(props.item) ? props.item : before), NAMELESS);
  const operators = createMemo(() => operatorsOf(item(), props.known));
  const chosen = () => {
    const now = item();
    return now.kind === 'operator' ? now.operator : '';
  };
  const fraction = () => {
    const now = item();
    return now.kind === 'operator' ? now.fraction : null;
  };
  const bare = () => {
    const family = props.known.choices.families.find((each) => each.name === item().name);
    if (family === undefined) return 'as it is';
    return family.operators.length === 0 ? family.means : `as defined: ${family.means}`;
  };
  const choose = (operator: string) => {
    const { name, role, alias } = item();
    if (operator === '') {
      props.set({ kind: 'name', name, role, alias });
      return;
    }
    const takes = operators().find((each) => each.name === operator)?.takesFraction === true;
    props.set({
      kind: 'operator',
      operator,
      name,
      role,
      fraction: takes ? (fraction() ?? FIRST_FRACTION) : null,
      alias,
    });
  };
  return (
    <>
      <span class={styles.name}>{item().name}</span>
      <Show when={operators().length > 0} fallback={<span class={styles.muted}>{bare()}</span>}>
        <select
          ref={(select) => queueMicrotask(() => props.takesFocus() && select.focus())}
          class={styles.select}
          aria-label={`Operator of ${item().name}`}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="" selected={chosen() === ''}>
            {bare()}
          </option>
          <For each={withChosen(operators(), chosen())}>
            {(name) => (
              <option value={name} selected={chosen() === name}>
                {name}
              </option>
            )}
          </For>
        </select>
      </Show>
      <Show when={fraction() !== null}>
        <TextField
          label={`Fraction of ${chosen()}`}
          value={fraction() ?? ''}
          hint="0.9"
          isNumber
          letters={5}
          onTyped={(text, how) => {
            const now = item();
            if (now.kind === 'operator') props.set({ ...now, fraction: text }, how);
          }}
        />
      </Show>
    </>
  );
}

const NAMELESS: NamedItem = { kind: 'name', name: '', role: 'unknown', alias: null };

function isNamed(item: OutlineItem): item is NamedItem {
  return item.kind === 'name' || item.kind === 'operator';
}

/** A dimension or attribute that is shown as it is stays so: what counts its values is another column. */
function operatorsOf({ kind, name, role }: NamedItem, { choices }: OutlinedText): readonly OperatorChoice[] {
  if (role === 'family') return choices.families.find((each) => each.name === name)?.operators ?? [];
  if (kind === 'name') return [];
  return choices.countable.find((each) => each.name === name)?.operators ?? [];
}

/** The operators' names, with the chosen one even where it is none of them. */
function withChosen(operators: readonly OperatorChoice[], chosen: string): readonly string[] {
  const names = operators.map(({ name }) => name);
  return chosen === '' || names.includes(chosen) ? names : [...names, chosen];
}

function iconOf(item: OutlineItem): IconName {
  switch (item.kind) {
    case 'expression':
      return 'derived';
    case 'rows':
      return 'family';
    case 'name':
    case 'operator':
      switch (item.role) {
        case 'family':
          return 'family';
        case 'dimension':
          return 'dimension';
        case 'attribute':
          return 'attribute';
        case 'unknown':
          return 'question';
      }
  }
}
