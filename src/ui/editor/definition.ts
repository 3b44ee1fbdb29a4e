import { EditorView } from '@codemirror/view';
import type { Definition } from '../../runtime/api.ts';
import { writeClipboard } from '../controls/clipboard.ts';
import { isMac } from '../shell/platform.ts';
import { type Assistant, askedOf } from './assistant.ts';
import { element, notice, openPopover } from './popover.ts';

/** Ctrl-click (on a Mac ⌘-click) on a name shows where it is declared. */
export function definitionClick(assistant: () => Assistant | null) {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || !(isMac() ? event.metaKey : event.ctrlKey)) return false;
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (position === null) return false;
      event.preventDefault();
      view.focus();
      void showDefinition(view, assistant(), position);
      return true;
    },
  });
}

/** Shows where the name at an offset is declared: selects it in the text, or shows its lines of YAML. */
export async function showDefinition(view: EditorView, assistant: Assistant | null, position: number): Promise<void> {
  const before = view.state.doc;
  const found = await askedOf(view, assistant, (each, text) => each.definition(text, position));
  if (!view.state.doc.eq(before)) return;
  if (found === null) {
    notice(view, 'Nothing here has a declaration of its own.');
  } else if (found.kind === 'text') {
    view.dispatch({ selection: { anchor: found.at.from, head: found.at.to }, scrollIntoView: true });
  } else {
    const { dom, copy } = declarationBox(found);
    openPopover(view, { from: found.from, to: found.to, dom }, copy);
  }
}

function declarationBox({ name, file, line, column, lines }: Extract<Definition, { kind: 'yaml' }>) {
  const dom = element('section', 'cm-declaration');
  dom.setAttribute('aria-label', `Where ${name} is declared`);
  const head = element('header', '');
  const place = `${file}:${line}:${column}`;
  const copy = element('button', 'cm-popover-button', 'Copy');
  copy.type = 'button';
  copy.setAttribute('aria-label', `Copy the lines of ${place}`);
  copy.addEventListener('click', async () => {
    const copied = await writeClipboard(`# ${place}\n${lines.join('\n')}\n`).then(
      () => 'Copied',
      () => 'Not copied',
    );
    copy.textContent = copied;
  });
  head.append(element('code', '', place), copy);
  const code = element('pre', '');
  code.tabIndex = 0;
  code.setAttribute('aria-label', 'YAML');
  lines.forEach((text, index) => {
    const row = element('div', 'cm-declaration-line');
    const number = element('span', 'cm-declaration-number', String(line + index));
    number.setAttribute('aria-hidden', 'true');
    row.append(number, element('code', '', text === '' ? ' ' : text));
    code.append(row);
  });
  dom.append(head, code);
  return { dom, copy };
}
