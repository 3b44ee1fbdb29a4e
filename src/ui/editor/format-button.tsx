import button from '../controls/button.module.css';
import { useApp } from '../shell/app-context.ts';
import { isMac } from '../shell/platform.ts';

/** Puts the question into its canonical form over lines; there once the code editor is. */
export function FormatButton() {
  const app = useApp();
  return (
    <button
      type="button"
      class={app.layout() === 'phone' ? button.bordered : button.button}
      data-testid="format"
      data-tip={isMac() ? 'Format the question (⇧⌥F)' : 'Format the question (Shift Alt F)'}
      disabled={!app.editor.upgraded()}
      onClick={() => app.editor.format()}
    >
      Format
    </button>
  );
}
