/** Which of the elements has the focus; −1 where none has. */
export function focusedAt(elements: readonly Element[]): number {
  const focused = document.activeElement;
  return focused === null ? -1 : elements.indexOf(focused);
}
