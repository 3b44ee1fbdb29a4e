import { For } from 'solid-js';
import { Dialog } from '../controls/dialog.tsx';
import { useApp } from './app-context.ts';
import styles from './key-list.module.css';
import { commandWith } from './platform.ts';

/** Every key of the page and what it does. */
export function keyRows(): readonly { readonly keys: string; readonly does: string }[] {
  return [
    { keys: commandWith('↵'), does: 'Run the question' },
    { keys: commandWith('⇧ E'), does: 'Explain the question: what it would do, without doing it' },
    { keys: 'Esc', does: 'Cancel the run, or close what is open' },
    { keys: 'Ctrl Space', does: 'Complete the word' },
    { keys: '⌥↑ ⌥↓', does: 'Previous and next question of the history, at the start and the end of the editor' },
    { keys: '⇧⌥F', does: 'Format the question' },
    { keys: 'F12', does: 'Where the name at the caret is declared' },
    { keys: 'F8 ⇧F8', does: 'Next and previous problem in the question' },
    { keys: commandWith('.'), does: 'Remedies of a refusal, or of what is underlined' },
    { keys: 'F6 ⇧F6', does: 'Next and previous region' },
    { keys: commandWith('K'), does: 'Search fields, examples, history, pages' },
    { keys: 'g q, g e', does: 'Query page, Engine page' },
    { keys: '?', does: 'This list' },
    { keys: 'Arrows, Home, End, PgUp, PgDn', does: 'Move in the rows' },
    { keys: '⇧ arrows', does: 'Select cells' },
    { keys: commandWith('A'), does: 'Select all cells' },
    { keys: commandWith('C'), does: 'Copy the selected cells as TSV' },
    { keys: '↵ on a header', does: 'Sort ascending, descending, as the question orders' },
    { keys: '↵ or I on a cell', does: 'Where that series came from' },
  ];
}

/** The list of keys, and the switch for those that are single letters. */
export function KeyList() {
  const app = useApp();
  return (
    <Dialog title="Keys" onClose={() => app.openDialog(null)}>
      <table class={styles.keys}>
        <tbody>
          <For each={keyRows()}>
            {(row) => (
              <tr>
                <th scope="row">
                  <kbd>{row.keys}</kbd>
                </th>
                <td>{row.does}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <label class={styles.switch}>
        <input
          type="checkbox"
          checked={app.letterKeys()}
          onChange={(event) => app.setLetterKeys(event.currentTarget.checked)}
        />
        Single letters are commands outside text fields
      </label>
      <p class={styles.about}>
        <button type="button" class={styles.link} onClick={() => app.openDialog('about')}>
          What is this page?
        </button>
      </p>
    </Dialog>
  );
}
