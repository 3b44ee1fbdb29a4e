import { onCleanup, onMount } from 'solid-js';
import type { App } from './app-context.ts';

/** How long after `g` its second letter may come, in milliseconds. */
const CHORD = 1200;

/** The keys of the whole page. Keys of the editor and of the rows are with them. */
export function createKeys(app: App): void {
  let leaderAt = Number.NEGATIVE_INFINITY;

  const onLetter = (event: KeyboardEvent) => {
    const chord = event.timeStamp - leaderAt < CHORD;
    leaderAt = Number.NEGATIVE_INFINITY;
    if (chord && event.key === 'q')
      app.router.go({ page: 'query', q: app.question.outcome()?.question ?? null, c: null }, 'push');
    else if (chord && event.key === 'e') app.router.go({ page: 'engine', tab: 'entries' }, 'push');
    else if (event.key === 'g') leaderAt = event.timeStamp;
    else if (event.key === '?') app.openDialog('keys');
    else return;
    event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = event.metaKey || event.ctrlKey;
    if (command && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      app.openDialog(app.dialog() === 'palette' ? null : 'palette');
    } else if (app.dialog() !== null) {
      return;
    } else if (command && event.key === 'Enter') {
      event.preventDefault();
      app.run();
    } else if (command && event.shiftKey && event.key.toLowerCase() === 'e') {
      event.preventDefault();
      app.explain();
    } else if (event.key === 'Escape' && app.question.running() !== null && !app.editor.busy()) {
      event.preventDefault();
      app.question.cancel();
    } else if (event.key === 'Escape' && leaveGrid(event.target)) {
      event.preventDefault();
    } else if (event.key === 'F6') {
      event.preventDefault();
      moveRegion(app, event.shiftKey ? -1 : 1);
    } else if (!command && !event.altKey && app.letterKeys() && !isTyping(event.target)) {
      onLetter(event);
    }
  };

  onMount(() => {
    document.addEventListener('keydown', onKeyDown);
    onCleanup(() => document.removeEventListener('keydown', onKeyDown));
  });
}

/** Moves the focus from a cell to the region around the rows; whether it was in one. */
function leaveGrid(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest('[role="grid"]') === null) return false;
  target.closest<HTMLElement>('[data-region]')?.focus();
  return true;
}

/** Whether letters go into what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}

/** Moves the focus to the next region that is on screen. */
function moveRegion(app: App, step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetWidth > 0 && region.offsetHeight > 0,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length];
  if (next === undefined) return;
  if (next.dataset.region === 'editor') app.editor.focus();
  else (next.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]') ?? next).focus();
}
