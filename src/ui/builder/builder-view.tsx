import { onCleanup, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { Dialog } from '../controls/dialog.tsx';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import styles from './builder.module.css';
import { BuilderPanel } from './builder-panel.tsx';
import { createBuilder } from './builder-state.ts';

/** The guided builder: a panel below the editor; on a phone a sheet, with the text that it writes. */
export function BuilderView(props: { readonly onClose: () => void }) {
  const app = useApp();
  const { editor, sessions, writing } = app;
  const builder = createBuilder({ text: editor.text, replace: editor.replace, session: sessions.session });
  writing.settled = builder.settled;
  onCleanup(() => {
    // What was typed last is written even though the form goes.
    void builder.settled();
    writing.settled = null;
  });
  const runAndClose = () => {
    app.run();
    props.onClose();
  };
  return (
    <Show
      when={app.layout() === 'phone'}
      fallback={
        <section
          class={styles.panel}
          aria-label="Build the question"
          data-region="builder"
          data-testid="builder"
          tabindex={-1}
        >
          <div class={styles.head}>
            <h2>Build the question</h2>
            <button type="button" class={button.icon} aria-label="Close the builder" onClick={() => props.onClose()}>
              <Icon name="close" />
            </button>
          </div>
          <BuilderPanel builder={builder} />
        </section>
      }
    >
      <Dialog title="Build the question" sheet onClose={() => props.onClose()}>
        <div data-testid="builder">
          <BuilderPanel builder={builder} />
          <div class={styles.written}>
            <pre>{editor.text()}</pre>
            <button type="button" class={button.primary} onClick={runAndClose}>
              <Icon name="run" size={14} />
              Run
            </button>
          </div>
        </div>
      </Dialog>
    </Show>
  );
}
