import { Index, type JSX, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { Menu, type MenuItem } from '../controls/menu.tsx';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import { createFresh } from './fresh.ts';
import { ItemRow } from './item-row.tsx';
import { LimitRow } from './limit-row.tsx';
import { anchorMenu, filterMenu, havingMenu, orderMenu, seriesMenu } from './menus.ts';
import { OrderRow } from './order-row.tsx';
import { withoutAt } from './outline-edits.ts';
import { PointChip } from './point-chip.tsx';
import { TermRow } from './term-row.tsx';

/** The question as choices: every change writes the text, every edit of the text changes the choices. */
export function BuilderPanel(props: { readonly builder: Builder }) {
  const app = useApp();
  const fresh = createFresh();
  const now = () => props.builder.outline();
  const text = () => props.builder.known();
  const change = props.builder.change;
  const isEmpty = () => now().items.length === 0 && now().anchor.length === 0;
  const faultIn = (part: string) => {
    const fault = props.builder.fault();
    return fault?.part === part ? fault : null;
  };
  return (
    <div class={styles.choices}>
      <Show when={props.builder.refusal()} keyed>
        {(refusal) => (
          <div class={styles.notice} data-testid="builder-refusal">
            <Icon name="question" size={14} />
            <div>
              <p>
                The text is not a question yet: <PhraseView phrase={phraseOf(refusal.message)} />
              </p>
              <Index each={refusal.remedies.slice(0, 1)}>
                {(remedy) => (
                  <button type="button" class={button.bordered} onClick={() => app.editor.replace(remedy().query)}>
                    {remedy().label}
                  </button>
                )}
              </Index>
            </div>
          </div>
        )}
      </Show>
      <Show
        when={props.builder.refusal() === null && props.builder.isReady()}
        fallback={<Waiting builder={props.builder} />}
      >
        <Show when={isEmpty()}>
          <p class={styles.hint}>
            Choose what to show, then where: one row for each. Every choice writes the question above.
          </p>
        </Show>
        <Section label="Show" add="Add to what is shown" items={seriesMenu(now(), text(), change, fresh)}>
          <Index each={now().items}>
            {(item, index) => (
              <ItemRow item={item()} index={index} outline={now()} known={text()} change={change} fresh={fresh} />
            )}
          </Index>
          <Fault fault={faultIn('items')} />
        </Section>
        <Section label="At" add="Add a dimension" items={anchorMenu(now(), text(), change)} flows>
          <Show when={now().anchor.length === 0}>
            <span class={styles.muted}>one row, the total of all</span>
          </Show>
          <Index each={now().anchor}>
            {(point, index) => <PointChip point={point()} index={index} outline={now()} change={change} />}
          </Index>
        </Section>
        <Section label="Where" add="Add a filter" items={filterMenu(now(), text(), change, fresh)}>
          <Index each={now().where}>
            {(term, index) => (
              <TermRow
                part="where"
                term={term()}
                index={index}
                outline={now()}
                names={text().choices.filters}
                fault={faultIn('where')?.index === index ? (faultIn('where')?.message ?? null) : null}
                change={change}
                fresh={fresh}
              />
            )}
          </Index>
        </Section>
        <Section label="Having" add="Add a condition on the rows" items={havingMenu(now(), text(), change, fresh)}>
          <Index each={now().having}>
            {(term, index) => (
              <TermRow
                part="having"
                term={term()}
                index={index}
                outline={now()}
                names={text().columns}
                fault={faultIn('having')?.index === index ? (faultIn('having')?.message ?? null) : null}
                change={change}
                fresh={fresh}
              />
            )}
          </Index>
        </Section>
        <Section label="Order" add="Add an order" items={orderMenu(now(), text(), change)}>
          <Index each={now().order}>
            {(key, index) => (
              <OrderRow order={key()} index={index} outline={now()} columns={text().columns} change={change} />
            )}
          </Index>
        </Section>
        <Section label="Limit">
          <LimitRow outline={now()} change={change} />
          <Fault fault={faultIn('limit')} />
        </Section>
        <Section label="From">
          <select
            class={styles.select}
            aria-label="Schema that serves every series"
            onChange={(event) => change({ ...now(), from: event.currentTarget.value || null })}
          >
            <option value="" selected={now().from === null}>
              whichever the rules choose
            </option>
            <Index each={namesWith(text().choices.schemas, now().from)}>
              {(name) => (
                <option value={name()} selected={now().from === name()}>
                  {name()}
                </option>
              )}
            </Index>
          </select>
        </Section>
        <Show when={now().definitions.length > 0 || now().explain}>
          <Section label="Also" flows>
            <Show when={now().explain}>
              <Kept text="EXPLAIN" label="EXPLAIN" onRemove={() => change({ ...now(), explain: false })} />
            </Show>
            <Index each={now().definitions}>
              {(definition, index) => (
                <Kept
                  text={`${definition().name} = ${definition().text}`}
                  label={`the definition of ${definition().name}`}
                  onRemove={() => change({ ...now(), definitions: withoutAt(now().definitions, index) })}
                />
              )}
            </Index>
          </Section>
        </Show>
        <Fault fault={faultIn('statement')} />
        <Show when={text().hasComments}>
          <p class={styles.hint}>Comments in the text are lost when a choice writes it; undo brings them back.</p>
        </Show>
      </Show>
    </div>
  );
}

function Waiting(props: { readonly builder: Builder }) {
  return (
    <Show when={props.builder.refusal() === null}>
      <p class={styles.hint}>Reading the collection…</p>
    </Show>
  );
}

interface SectionProps {
  readonly label: string;
  /** What the menu of this section adds; none where there is no menu. */
  readonly add?: string;
  readonly items?: readonly MenuItem[];
  /** Children stand beside each other. */
  readonly flows?: boolean;
  readonly children: JSX.Element;
}

/** One part of the question: its name, what is chosen, and a menu of what may be added. */
function Section(props: SectionProps) {
  return (
    <fieldset class={styles.section}>
      <legend class={styles.label}>{props.label}</legend>
      <div class={props.flows === true ? styles.flow : styles.rows}>
        {props.children}
        <Show when={props.add}>
          {(add) => (
            <Menu
              buttonClass={`${button.button} ${styles.add}`}
              label={add()}
              items={props.items ?? []}
              empty="There is nothing more to add."
            >
              <Icon name="plus" size={14} />
              Add
            </Menu>
          )}
        </Show>
      </div>
    </fieldset>
  );
}

function Fault(props: { readonly fault: { readonly message: string } | null }) {
  return (
    <Show when={props.fault} keyed>
      {(fault) => (
        <p class={styles.fault} role="status">
          <PhraseView phrase={phraseOf(fault.message)} />
        </p>
      )}
    </Show>
  );
}

/** A part that has no controls: it is kept as it is written, or removed. */
function Kept(props: { readonly text: string; readonly label: string; readonly onRemove: () => void }) {
  return (
    <span class={styles.chip}>
      <code>{props.text}</code>
      <button type="button" class={styles.remove} aria-label={`Remove ${props.label}`} onClick={() => props.onRemove()}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

/** The names, with the chosen one even where it is none of them. */
function namesWith(names: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || names.includes(chosen) ? names : [...names, chosen];
}
