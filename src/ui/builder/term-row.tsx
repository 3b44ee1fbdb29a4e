import { createMemo, For, Index, Show } from 'solid-js';
import type { OutlineTerm, OutlineValue, QuestionOutline } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { Icon } from '../icons/icon.tsx';
import { phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import type { Fresh } from './fresh.ts';
import { replacedAt, withoutAt } from './outline-edits.ts';
import { RowButtons } from './row-buttons.tsx';
import {
  COMPARISONS,
  comparisonOf,
  comparisonsFor,
  emptyValue,
  hintOf,
  type KnownTerm,
  renamedTerm,
  termOf,
  textOf,
  typedValue,
  valuesOf,
} from './term-choice.ts';
import { TextField } from './text-field.tsx';

/** A name that conditions may use, as far as it is known. */
interface TermName {
  readonly name: string;
  readonly type: string | null;
  readonly level: string | null;
  readonly works?: boolean;
}

interface TermRowProps {
  readonly part: 'where' | 'having';
  readonly term: OutlineTerm;
  readonly index: number;
  readonly outline: QuestionOutline;
  readonly names: readonly TermName[];
  readonly fault: string | null;
  readonly change: Builder['change'];
  readonly fresh: Fresh;
}

/** One condition: a name, how it is compared, and the values; any other condition is text that can be edited. */
export function TermRow(props: TermRowProps) {
  const terms = () => props.outline[props.part];
  const put = (list: readonly OutlineTerm[], how?: 'now' | 'typing') =>
    props.change({ ...props.outline, [props.part]: list }, how);
  const set = (term: OutlineTerm, how?: 'now' | 'typing') => put(replacedAt(terms(), props.index, term), how);
  const takesFocus = () => props.fresh.take(`${props.part} ${props.index}`);
  return (
    <div class={styles.row} data-testid={`builder-${props.part}`}>
      <Show
        when={props.term.kind !== 'expression'}
        fallback={
          <TextField
            label="Condition"
            value={props.term.kind === 'expression' ? props.term.text : ''}
            isCode
            onTyped={(text, how) => set({ kind: 'expression', text }, how)}
          />
        }
      >
        <KnownCondition term={props.term} names={props.names} set={set} takesFocus={takesFocus} />
      </Show>
      <RowButtons label="the condition" onRemove={() => put(withoutAt(terms(), props.index))} />
      <Show when={props.fault} keyed>
        {(fault) => (
          <p class={styles.fault} role="status">
            <PhraseView phrase={phraseOf(fault)} />
          </p>
        )}
      </Show>
    </div>
  );
}

interface KnownConditionProps {
  /** One with controls of its own; while it turns into text, this part is on its way out. */
  readonly term: OutlineTerm;
  readonly names: readonly TermName[];
  readonly set: (term: OutlineTerm, how?: 'now' | 'typing') => void;
  readonly takesFocus: () => boolean;
}

function KnownCondition(props: KnownConditionProps) {
  const term = createMemo<KnownTerm>((before) => (props.term.kind === 'expression' ? before : props.term), NAMELESS);
  const found = (name: string) => props.names.find((each) => each.name === name);
  const type = () => found(term().name)?.type ?? null;
  const level = () => found(term().name)?.level ?? null;
  const offered = () => {
    const working = props.names.filter(({ works, name }) => works !== false || name === term().name);
    return found(term().name) === undefined ? [{ name: term().name }, ...working] : working;
  };
  const comparisons = () => {
    const own = comparisonOf(term());
    const fit = comparisonsFor(type());
    return fit.some(({ key }) => key === own)
      ? fit
      : COMPARISONS.filter(({ key }) => key === own || fit.some((each) => each.key === key));
  };
  const setValues = (values: readonly OutlineValue[], how?: 'now' | 'typing') =>
    props.set(termOf(term().name, comparisonOf(term()), values, type()), how);
  const values = () => valuesOf(term());
  const isList = () => term().kind === 'in';
  return (
    <>
      <select
        class={styles.select}
        aria-label="Name compared"
        onChange={(event) => {
          const name = event.currentTarget.value;
          props.set(renamedTerm(term(), name, found(name)?.type ?? null));
        }}
      >
        <For each={offered()}>
          {({ name }) => (
            <option value={name} selected={name === term().name}>
              {name}
            </option>
          )}
        </For>
      </select>
      <select
        class={styles.select}
        aria-label={`How ${term().name} is compared`}
        onChange={(event) => {
          const chosen = COMPARISONS.find(({ key }) => key === event.currentTarget.value);
          if (chosen !== undefined) props.set(termOf(term().name, chosen.key, values(), type()));
        }}
      >
        <For each={comparisons()}>
          {({ key, label }) => (
            <option value={key} selected={key === comparisonOf(term())}>
              {label}
            </option>
          )}
        </For>
      </select>
      <Index each={values()}>
        {(value, index) => (
          <span class={styles.value}>
            <Show when={index > 0}>
              <span class={styles.as}>{isList() ? 'or' : 'and'}</span>
            </Show>
            <ValueField
              label={`Value of ${term().name}${values().length > 1 ? ` ${index + 1}` : ''}`}
              value={value()}
              hint={hintOf(type(), level())}
              takesFocus={() => index === 0 && props.takesFocus()}
              onTyped={(next, how) => setValues(replacedAt(values(), index, next), how)}
            />
            <Show when={isList() && values().length > 1}>
              <button
                type="button"
                class={styles.remove}
                aria-label={`Remove value ${index + 1} of ${term().name}`}
                onClick={() => setValues(withoutAt(values(), index))}
              >
                <Icon name="close" size={12} />
              </button>
            </Show>
          </span>
        )}
      </Index>
      <Show when={isList()}>
        <button
          type="button"
          class={button.button}
          aria-label={`or another value of ${term().name}`}
          onClick={() => setValues([...values(), emptyValue(type())])}
        >
          <Icon name="plus" size={12} />
          or
        </button>
      </Show>
    </>
  );
}

const NAMELESS: KnownTerm = { kind: 'null', name: '', negated: false };

interface ValueFieldProps {
  readonly label: string;
  readonly value: OutlineValue;
  readonly hint: string;
  readonly takesFocus: () => boolean;
  readonly onTyped: (value: OutlineValue, how: 'now' | 'typing') => void;
}

function ValueField(props: ValueFieldProps) {
  return (
    <Show
      when={props.value.kind === 'bool'}
      fallback={
        <TextField
          label={props.label}
          value={textOf(props.value)}
          hint={props.hint}
          isNumber={props.value.kind === 'number'}
          letters={12}
          takesFocus={props.takesFocus}
          onTyped={(text, how) => props.onTyped(typedValue(props.value, text), how)}
        />
      }
    >
      <select
        class={styles.select}
        aria-label={props.label}
        onChange={(event) => props.onTyped(typedValue(props.value, event.currentTarget.value), 'now')}
      >
        <option value="true" selected={textOf(props.value) === 'true'}>
          true
        </option>
        <option value="false" selected={textOf(props.value) === 'false'}>
          false
        </option>
      </select>
    </Show>
  );
}
