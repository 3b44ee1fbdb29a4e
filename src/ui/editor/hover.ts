import { forEachDiagnostic } from '@codemirror/lint';
import type { EditorState, Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { Description } from '../../runtime/api.ts';
import { type Assistant, askedOf } from './assistant.ts';
import { element } from './popover.ts';

/** How long the pointer rests on a word before it is explained, in milliseconds. */
const REST = 350;

/** Explains the word under the pointer. A finger has none: there a word is explained nowhere but in the list of fields. */
export function hover(assistant: () => Assistant | null): Extension {
  return hoverTooltip(
    async (view, position) => {
      if (matchMedia('(hover: none)').matches) return null;
      const found = await askedOf(view, assistant(), (each, text) => each.describe(text, position));
      // What is wrong there is told alone: an explanation that came later would push its fix away from under the pointer.
      if (found === null || isUnderlined(view.state, position)) return null;
      return { pos: found.from, end: found.to, create: () => ({ dom: descriptionBox(found) }) };
    },
    { hoverTime: REST, hideOnChange: true },
  );
}

function isUnderlined(state: EditorState, position: number): boolean {
  let found = false;
  forEachDiagnostic(state, (_, from, to) => {
    found ||= from <= position && position <= to;
  });
  return found;
}

/** Name and type, a sentence, and what else is to be told. */
export function descriptionBox({ kind, title, type, doc, facts }: Description): HTMLElement {
  const box = element('div', 'cm-describe');
  const head = element('p', `cm-describe-head cm-kind-${kind}`);
  head.append(
    element('code', 'cm-describe-title', title),
    element('span', 'cm-describe-kind', [kind, type].filter(Boolean).join(' · ')),
  );
  box.append(head);
  if (doc !== '') box.append(element('p', 'cm-describe-doc', doc));
  if (facts.length > 0) {
    const list = element('dl', 'cm-describe-facts');
    for (const { name, value } of facts) list.append(element('dt', '', name), element('dd', '', value));
    box.append(list);
  }
  return box;
}
