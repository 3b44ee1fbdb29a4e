import { createEffect, For, Show } from 'solid-js';
import type { Refusal } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { focusedAt } from '../controls/focused-at.ts';
import { Icon } from '../icons/icon.tsx';
import { phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import { refusalHeading, refusedPart } from '../words/refusal.ts';
import styles from './refusal-panel.module.css';
import { WitnessTable } from './witness-table.tsx';

interface RefusalPanelProps {
  readonly question: string;
  readonly refusal: Refusal;
  readonly onAsk: (query: string) => void;
  /** Shows the place in the editor. */
  readonly onPlace: (span: Refusal['span']) => void;
}

/** A question without a right answer: why, where, and what could be asked instead. */
export function RefusalPanel(props: RefusalPanelProps) {
  let panel: HTMLElement | undefined;
  const clarify = () => props.refusal.mood === 'clarify';
  const quoted = () => refusedPart(props.question, props.refusal.span);
  const choices = () => [...(panel?.querySelectorAll<HTMLButtonElement>('[data-remedy]') ?? [])];
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = choices();
    const at = focusedAt(all);
    all[(at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]?.focus();
    event.preventDefault();
  };
  createEffect(() => {
    // Choices are asked for: the first one is at hand without a search for it.
    if (clarify()) choices()[0]?.focus();
  });
  return (
    <section ref={panel} class={styles.panel} aria-labelledby="refusal-heading" data-testid="refusal">
      <h2 id="refusal-heading" class={styles.heading}>
        <Icon name="question" size={18} />
        {refusalHeading(props.refusal)}
      </h2>
      <p class={styles.message}>
        <PhraseView phrase={phraseOf(props.refusal.message)} />
      </p>
      <p class={styles.place}>
        <code data-testid="refusal-code">{props.refusal.code}</code>
        <Show when={quoted() !== ''}>
          <span>
            at <code class={styles.quoted}>{quoted()}</code>
          </span>
          <button type="button" class={button.button} onClick={() => props.onPlace(props.refusal.span)}>
            Show in the question
          </button>
        </Show>
      </p>
      <Show when={props.refusal.witness}>{(witness) => <WitnessTable witness={witness()} />}</Show>
      <Show when={props.refusal.remedies.length > 0}>
        <ul class={styles.remedies} onKeyDown={onKey}>
          <For each={props.refusal.remedies}>
            {(remedy) => (
              <li>
                <button type="button" data-remedy class={styles.remedy} onClick={() => props.onAsk(remedy.query)}>
                  <span class={styles.label}>{clarify() ? remedy.label : `Ask instead: ${remedy.label}`}</span>
                  <code class={styles.query}>{remedy.query}</code>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.refusal.others.length > 0}>
        <h3 class={styles.more}>Also in the way</h3>
        <ul class={styles.others}>
          <For each={props.refusal.others}>
            {(other) => (
              <li>
                <PhraseView phrase={phraseOf(other.message)} /> <code>{other.code}</code>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
