import { createEffect, onMount } from 'solid-js';
import styles from './builder.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly isNumber?: boolean;
  readonly isCode?: boolean;
  /** Width in letters; default: it takes what there is. */
  readonly letters?: number;
  /** Whether it takes the focus when it comes. */
  readonly takesFocus?: () => boolean;
  readonly onTyped: (text: string, how: 'now' | 'typing') => void;
}

/** A field that writes while it is typed in, and at once when it is left or Enter is pressed. */
export function TextField(props: TextFieldProps) {
  let field: HTMLInputElement | undefined;
  // What is being typed is never touched: how it is written in the text is shown when the field is left.
  const show = () => {
    if (field !== undefined && field.value !== props.value) field.value = props.value;
  };
  createEffect(() => {
    props.value;
    if (document.activeElement !== field) show();
  });
  onMount(() => {
    if (props.takesFocus?.() === true) field?.focus();
  });
  return (
    <input
      ref={field}
      type="text"
      class={styles.field}
      data-code={props.isCode === true ? '' : undefined}
      style={props.letters === undefined ? undefined : { width: `${props.letters + 2}ch` }}
      aria-label={props.label}
      placeholder={props.hint}
      inputmode={props.isNumber === true ? 'decimal' : 'text'}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      onInput={(event) => props.onTyped(event.currentTarget.value, 'typing')}
      onChange={(event) => props.onTyped(event.currentTarget.value, 'now')}
      onBlur={show}
    />
  );
}
