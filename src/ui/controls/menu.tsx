import { createUniqueId, For, type JSX, Show } from 'solid-js';
import floating from './floating.module.css';
import { focusedAt } from './focused-at.ts';
import styles from './menu.module.css';
import { type Align, placeElement } from './place.ts';

/** One choice of a menu. */
export interface MenuItem {
  readonly label: string;
  /** A second line, in code. */
  readonly detail?: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  /** What the button shows. */
  readonly children: JSX.Element;
  readonly buttonClass: string | undefined;
  /** Name of the button where its content is not text. */
  readonly label?: string;
  readonly items: readonly MenuItem[];
  /** Shown where there are no items. */
  readonly empty?: string;
  readonly align?: Align;
  /** Hands out the opener, for keys that open this menu. */
  readonly onReady?: (open: () => void) => void;
}

/** A button with a menu: arrows, Home, End and letters move, Enter chooses, Esc closes and gives the focus back. */
export function Menu(props: MenuProps) {
  const id = createUniqueId();
  let button: HTMLButtonElement | undefined;
  let list: HTMLDivElement | undefined;

  const choices = () => [...(list?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
  const focusChoice = (index: number) => {
    const all = choices();
    all[(index + all.length) % Math.max(1, all.length)]?.focus();
  };
  const close = () => list?.hidePopover();
  const open = () => {
    if (list === undefined || button === undefined) return;
    list.showPopover();
    placeElement(list, button, 'below', props.align ?? 'start');
    focusChoice(0);
  };
  props.onReady?.(open);

  const onKey = (event: KeyboardEvent) => {
    const all = choices();
    const at = focusedAt(all);
    switch (event.key) {
      case 'ArrowDown':
        focusChoice(at + 1);
        break;
      case 'ArrowUp':
        focusChoice(at - 1);
        break;
      case 'Home':
        focusChoice(0);
        break;
      case 'End':
        focusChoice(-1);
        break;
      case 'Tab':
        close();
        return;
      default: {
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ') return;
        const letter = event.key.toLowerCase();
        const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
        order.find((choice) => choice.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
      }
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.buttonClass}
        aria-haspopup="menu"
        aria-controls={id}
        aria-label={props.label}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open();
        }}
      >
        {props.children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabindex={-1}
        class={`${floating.floating} ${styles.menu}`}
        onKeyDown={onKey}
      >
        <For each={props.items} fallback={<p class={styles.empty}>{props.empty ?? 'Nothing here yet.'}</p>}>
          {(item) => (
            <button
              type="button"
              role="menuitem"
              tabindex={-1}
              class={styles.item}
              disabled={item.disabled}
              onClick={() => {
                close();
                item.onSelect();
              }}
            >
              {item.label}
              <Show when={item.detail}>{(detail) => <span class={styles.detail}>{detail()}</span>}</Show>
            </button>
          )}
        </For>
      </div>
    </>
  );
}
