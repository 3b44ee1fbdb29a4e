import { For } from 'solid-js';
import button from '../controls/button.module.css';
import { Dialog } from '../controls/dialog.tsx';
import { Icon } from '../icons/icon.tsx';
import { THEMES } from '../theme/theme.ts';
import { useApp } from './app-context.ts';
import { StepList } from './boot-log.tsx';
import styles from './more-sheet.module.css';
import { statusItems } from './status-bar.tsx';

/** What a phone has no room for: status, theme, search, keys, the boot log. */
export function MoreSheet() {
  const app = useApp();
  return (
    <Dialog title="More" sheet onClose={() => app.openDialog(null)}>
      <div class={styles.more}>
        <div class={styles.row}>
          <button type="button" class={button.bordered} onClick={() => app.openDialog('palette')}>
            <Icon name="search" size={14} />
            Search
          </button>
          <button type="button" class={button.bordered} onClick={() => app.openDialog('about')}>
            What is this?
          </button>
          <button type="button" class={button.bordered} onClick={() => app.openDialog('keys')}>
            Keys
          </button>
        </div>
        <fieldset class={styles.row}>
          <legend>Theme</legend>
          <For each={THEMES}>
            {(theme) => (
              <label class={styles.choice}>
                <input type="radio" name="theme" checked={app.theme() === theme} onChange={() => app.setTheme(theme)} />
                {theme}
              </label>
            )}
          </For>
        </fieldset>
        <h3>Status</h3>
        <ul class={styles.status}>
          <For each={statusItems(app)}>
            {(item) => (
              <li>
                {item.text}
                <br />
                <span class={styles.tip}>{item.tip}</span>
              </li>
            )}
          </For>
        </ul>
        <h3>Getting ready</h3>
        <StepList steps={app.sessions.steps()} />
      </div>
    </Dialog>
  );
}
