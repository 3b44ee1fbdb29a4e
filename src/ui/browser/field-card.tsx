import { For, onMount, Show } from 'solid-js';
import type { CollectionSummary } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import floating from '../controls/floating.module.css';
import { placeElement } from '../controls/place.ts';
import { edgeStatusWords } from '../words/collection.ts';
import { listOf } from '../words/phrase.ts';
import styles from './field-card.module.css';
import type { FieldRow } from './field-tree.ts';

interface FieldCardProps {
  readonly row: FieldRow;
  readonly owner: HTMLElement;
  readonly summary: CollectionSummary | null;
  readonly onInsert: () => void;
  readonly onClose: () => void;
}

/** What a field is, beside its row. */
export function FieldCard(props: FieldCardProps) {
  let card: HTMLDivElement | undefined;
  onMount(() => {
    if (card === undefined) return;
    card.showPopover();
    placeElement(card, props.owner, 'right', 'start', 6);
  });
  return (
    <div
      ref={card}
      popover="manual"
      class={`${floating.floating} ${styles.card}`}
      onPointerLeave={() => props.onClose()}
    >
      <h3>{props.row.name}</h3>
      <For each={factsOf(props.row, props.summary)}>{(fact) => <p>{fact}</p>}</For>
      <Show when={props.row.kind === 'family' ? props.row.family.formula : null}>
        {(formula) => <pre>{formula()}</pre>}
      </Show>
      <button type="button" class={button.bordered} tabindex={-1} onClick={() => props.onInsert()}>
        Insert
      </button>
    </div>
  );
}

/** What the card says, a sentence a line. */
export function factsOf(row: FieldRow, summary: CollectionSummary | null): readonly string[] {
  switch (row.kind) {
    case 'family': {
      const { family } = row;
      const facts = [
        family.description,
        `${family.kind === 'derived' ? 'A formula' : 'A metric'} of type ${family.type}.`,
      ];
      const [reducer] = family.reducers;
      if (reducer !== undefined) facts.push(`Asked bare, it is ${reducer}(${family.name}).`);
      if (family.schema !== null) facts.push(`Its rows are in ${family.schema}.`);
      if (family.blocked.length > 0) facts.push(`Never added up along ${listOf(family.blocked)}.`);
      return facts.filter((fact) => fact !== '');
    }
    case 'dimension': {
      const { dimension, edge } = row;
      const type = dimension.level === null ? dimension.type : `${dimension.level} of the calendar`;
      const facts = [`A dimension of ${dimension.family}: ${type}.`];
      if (edge !== null) {
        const via = edge.via === null ? '' : ` through ${edge.via}`;
        facts.push(`${edge.child} → ${edge.parent}${via}: ${edgeStatusWords(edge.status)}.`);
      }
      const others = summary?.edges.filter((each) => each.parent === row.name && each.child !== edge?.child) ?? [];
      for (const other of others) facts.push(`${other.child} → ${other.parent}: ${edgeStatusWords(other.status)}.`);
      return facts;
    }
    case 'attribute':
      return [`Describes ${row.attribute.of}: each has one.`, `Type ${row.attribute.type}.`];
  }
}
