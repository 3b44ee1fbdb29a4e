import { Match, Switch } from 'solid-js';

/** The four signs of `served_from`, 12 px: filled disc, half disc, ring with an arrow, hollow square. */
export function Glyph(props: { readonly kind: 'disc' | 'half' | 'ring' | 'square' }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      aria-hidden="true"
    >
      <Switch>
        <Match when={props.kind === 'disc'}>
          <circle cx="6" cy="6" r="4.25" fill="currentColor" />
        </Match>
        <Match when={props.kind === 'half'}>
          <circle cx="6" cy="6" r="4.25" />
          <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5Z" fill="currentColor" stroke="none" />
        </Match>
        <Match when={props.kind === 'ring'}>
          <circle cx="3.75" cy="6" r="2.75" />
          <path d="M7 6h4M9.25 4.25 11 6 9.25 7.75" stroke-linecap="round" stroke-linejoin="round" />
        </Match>
        <Match when={props.kind === 'square'}>
          <rect x="2" y="2" width="8" height="8" rx="1" />
        </Match>
      </Switch>
    </svg>
  );
}

/** The three dots of a level, `filled` of them full. */
export function LevelDots(props: { readonly filled: 1 | 2 | 3 }) {
  const fill = (dot: number) => (dot <= props.filled ? 'currentColor' : 'none');
  return (
    <svg width="24" height="8" viewBox="0 0 24 8" stroke="currentColor" stroke-width="1" aria-hidden="true">
      <circle cx="4" cy="4" r="2.5" fill={fill(1)} />
      <circle cx="12" cy="4" r="2.5" fill={fill(2)} />
      <circle cx="20" cy="4" r="2.5" fill={fill(3)} />
    </svg>
  );
}
