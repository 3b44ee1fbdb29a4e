import styles from './splitter.module.css';

/** Narrowest and widest a side pane may be, in pixels. */
export const PANE_LIMITS = { narrowest: 220, widest: 420 } as const;

interface SplitterProps {
  readonly label: string;
  /** Which side of the pane the handle is on. */
  readonly side: 'left' | 'right';
  readonly size: number;
  readonly onSize: (size: number) => void;
}

/** The handle between a side pane and the page: drag it, or move it with the arrows. */
export function Splitter(props: SplitterProps) {
  const sign = () => (props.side === 'right' ? 1 : -1);
  const set = (size: number) =>
    props.onSize(Math.round(Math.max(PANE_LIMITS.narrowest, Math.min(PANE_LIMITS.widest, size))));

  const onPointerDown = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const handle = event.currentTarget;
    const from = event.clientX;
    const size = props.size;
    handle.setPointerCapture(event.pointerId);
    handle.dataset.moving = '';
    const move = (next: PointerEvent) => set(size + sign() * (next.clientX - from));
    const end = () => {
      delete handle.dataset.moving;
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 40 : 8;
    if (event.key === 'ArrowRight') set(props.size + sign() * step);
    else if (event.key === 'ArrowLeft') set(props.size - sign() * step);
    else if (event.key === 'Home') set(PANE_LIMITS.narrowest);
    else if (event.key === 'End') set(PANE_LIMITS.widest);
    else return;
    event.preventDefault();
  };

  return (
    <hr
      class={props.side === 'right' ? styles.right : styles.left}
      aria-label={props.label}
      aria-orientation="vertical"
      aria-valuenow={props.size}
      aria-valuemin={PANE_LIMITS.narrowest}
      aria-valuemax={PANE_LIMITS.widest}
      tabindex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
