import { createSignal, onCleanup, onMount } from 'solid-js';
import { meaningOf } from '../words/glossary.ts';
import floating from './floating.module.css';
import { placeElement } from './place.ts';
import styles from './tip.module.css';

/** How long the pointer rests on something before its tooltip shows, in milliseconds. */
const REST = 300;

/**
 * The one tooltip of the page. Whatever carries `data-tip` has one, and `data-term` one with what that word of the
 * glossary means: it shows when the pointer rests there and at once
 * when the keyboard comes there, stays while the pointer is on it, and goes with Esc.
 */
export function TipLayer() {
  const [text, setText] = createSignal('');
  let tip: HTMLDivElement | undefined;
  let shownFor: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const hide = () => {
    stop();
    if (shownFor === null) return;
    shownFor.removeAttribute('aria-describedby');
    shownFor = null;
    tip?.hidePopover();
  };
  const show = (owner: HTMLElement) => {
    hide();
    if (tip === undefined || !owner.isConnected) return;
    setText(owner.dataset.tip ?? meaningOf(owner.dataset.term ?? ''));
    shownFor = owner;
    owner.setAttribute('aria-describedby', 'tip');
    tip.showPopover();
    placeElement(tip, owner, 'below', 'center', 6);
  };
  const ownerOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-tip], [data-term]') : null;

  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    const inTip = event.target instanceof Node && tip?.contains(event.target) === true;
    const owner = ownerOf(event.target);
    if (inTip || (owner !== null && owner === shownFor)) {
      stop();
      return;
    }
    stop();
    if (owner !== null) timer = setTimeout(() => show(owner), REST);
    else if (shownFor !== null) timer = setTimeout(hide, 120);
  };
  const onFocus = (event: FocusEvent) => {
    const owner = ownerOf(event.target);
    if (owner?.matches(':focus-visible') === true) show(owner);
    else hide();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide();
  };

  onMount(() => {
    document.addEventListener('pointerover', onOver);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKey);
    document.addEventListener('scroll', hide, true);
    onCleanup(() => {
      stop();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('scroll', hide, true);
    });
  });

  return (
    <div ref={tip} id="tip" role="tooltip" popover="manual" class={`${floating.floating} ${styles.tip}`}>
      {text()}
    </div>
  );
}
