import type { OutlinePoint, QuestionOutline } from '../../runtime/api.ts';
import { Menu } from '../controls/menu.tsx';
import { Icon } from '../icons/icon.tsx';
import styles from './builder.module.css';
import type { Builder } from './builder-state.ts';
import { movedBy, withoutPoint } from './outline-edits.ts';

interface PointChipProps {
  readonly point: OutlinePoint;
  readonly index: number;
  readonly outline: QuestionOutline;
  readonly change: Builder['change'];
}

/** A dimension of the anchor: its menu or Alt with the arrows moves it, the cross removes it. */
export function PointChip(props: PointChipProps) {
  let chip: HTMLSpanElement | undefined;
  const move = (step: 1 | -1) => {
    const next = props.index + step;
    if (next < 0 || next >= props.outline.anchor.length) return;
    const chips = chip?.parentElement?.querySelectorAll<HTMLElement>('[data-testid="builder-point"]');
    props.change({ ...props.outline, anchor: movedBy(props.outline.anchor, props.index, step) });
    // The focus goes with the dimension, which is now in the other chip.
    chips?.[next]?.querySelector('button')?.focus();
  };
  const remove = () => props.change(withoutPoint(props.outline, props.index));
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey && event.key === 'ArrowLeft') move(-1);
    else if (event.altKey && event.key === 'ArrowRight') move(1);
    else if (event.key === 'Delete') remove();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <span ref={chip} class={styles.chip} data-testid="builder-point" onKeyDown={onKey}>
      <Menu
        buttonClass={styles.chipName}
        items={[
          { label: 'Move earlier', disabled: props.index === 0, onSelect: () => move(-1) },
          {
            label: 'Move later',
            disabled: props.index === props.outline.anchor.length - 1,
            onSelect: () => move(1),
          },
          { label: 'Remove', onSelect: remove },
        ]}
      >
        <Icon name="dimension" size={12} />
        {props.point.name}
        {props.point.via === null ? '' : ` via ${props.point.via}`}
      </Menu>
      <button type="button" class={styles.remove} aria-label={`Remove ${props.point.name}`} onClick={remove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
