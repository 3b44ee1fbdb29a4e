import { createUniqueId, type JSX, onCleanup, onMount } from 'solid-js';
import { Icon } from '../icons/icon.tsx';
import button from './button.module.css';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** Fills the whole window, for the phone. */
  readonly sheet?: boolean;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/** A modal dialog, open while it is mounted. Esc and a press outside close it; the focus goes back where it was. */
export function Dialog(props: DialogProps) {
  const id = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  const before = document.activeElement;

  onMount(() => {
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[autofocus]')?.focus();
  });
  onCleanup(() => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  const onPress = (event: MouseEvent) => {
    if (event.target === dialog) dialog?.close();
  };

  return (
    <dialog
      ref={dialog}
      class={props.sheet === true ? styles.sheet : styles.dialog}
      aria-labelledby={id}
      onClose={() => props.onClose()}
      onPointerDown={onPress}
    >
      <div class={styles.head}>
        <h2 id={id}>{props.title}</h2>
        <button type="button" class={button.icon} aria-label="Close" onClick={() => dialog?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class={styles.body}>{props.children}</div>
    </dialog>
  );
}
