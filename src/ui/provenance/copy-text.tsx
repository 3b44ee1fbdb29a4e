import button from '../controls/button.module.css';
import { writeClipboard } from '../controls/clipboard.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import styles from './provenance.module.css';

/** Text in code with a button that copies it. */
export function CopyText(props: { readonly text: string; readonly label: string }) {
  const app = useApp();
  const copy = async () => {
    try {
      await writeClipboard(props.text);
      app.announce(`Copied ${props.label}.`);
    } catch (error) {
      app.announce(error instanceof Error ? error.message : 'Not copied.');
    }
  };
  return (
    <div class={styles.copy}>
      <pre>{props.text}</pre>
      <button type="button" class={button.icon} aria-label={`Copy ${props.label}`} onClick={copy}>
        <Icon name="copy" size={14} />
      </button>
    </div>
  );
}
