import { For } from 'solid-js';

/** Outlines on a 16 × 16 grid, drawn with a 1.5 px stroke. */
const PATHS = {
  search: ['M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z', 'm10.5 10.5 3 3'],
  down: ['m4.5 6.5 3.5 3.5 3.5-3.5'],
  right: ['m6.5 4.5 3.5 3.5-3.5 3.5'],
  close: ['m4 4 8 8', 'm12 4-8 8'],
  plus: ['M8 3.5v9', 'M3.5 8h9'],
  run: ['M5 3.5v9l7.5-4.5Z'],
  stop: ['M4.5 4.5h7v7h-7Z'],
  check: ['m3.5 8.5 3 3 6-7'],
  alert: ['M8 2.5 14.5 13.5h-13Z', 'M8 6.5v3.5', 'M8 11.9v.1'],
  flag: ['M4 14V2.5', 'M4 3h8l-2 3 2 3H4'],
  question: [
    'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5Z',
    'M6.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.7-.9 1.3',
    'M8 11.6v.1',
  ],
  theme: ['M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z', 'M8 2v12', 'M8 5.2h4.9', 'M8 8h6', 'M8 10.8h4.9'],
  pane: ['M2.5 3.5h11v9h-11Z', 'M6 3.5v9'],
  'pane-right': ['M2.5 3.5h11v9h-11Z', 'M10 3.5v9'],
  more: [
    'M3.5 7.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
    'M8 7.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
    'M12.5 7.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
  ],
  copy: ['M5.5 5.5h8v8h-8Z', 'M3.5 10.5h-1v-8h8v1'],
  family: ['M12 3.5H4l4.5 4.5L4 12.5h8'],
  derived: ['M11 2.8c-1.6-.6-2.6.1-2.9 1.7L6.6 11.7c-.3 1.5-1.2 2.1-2.6 1.6', 'M5.5 6.5h4.5'],
  dimension: ['M8 2.5 13.5 8 8 13.5 2.5 8Z'],
  attribute: ['M3 4.5h10', 'M3 8h10', 'M3 11.5h6.5'],
  source: ['M2.5 3.5h11v9h-11Z', 'M2.5 6.8h11', 'M6.5 6.8v5.7'],
  untested: ['M8 7.25a.75.75 0 1 0 0 1.5.75.75 0 0 0 0-1.5Z'],
  up: ['m4.5 9.5 3.5-3.5 3.5 3.5'],
  pin: ['M5.5 2.5h5l-.5 4.5 2 2.5H4l2-2.5Z', 'M8 9.5v4'],
  trash: ['M3 4.5h10', 'M6 4.5v-2h4v2', 'm4.5 4.5.5 9h6l.5-9'],
  download: ['M8 2.5v7.5', 'm4.8 7 3.2 3.2 3.2-3.2', 'M3 13.5h10'],
  store: ['M2.5 4.5c0-2.5 11-2.5 11 0v7c0 2.5-11 2.5-11 0Z', 'M2.5 4.5c0 2.5 11 2.5 11 0'],
  clock: ['M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z', 'M8 4.8V8l2.2 1.5'],
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative outline: what it means is said in text beside it or in the control's label. */
export function Icon(props: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <For each={PATHS[props.name]}>{(path) => <path d={path} />}</For>
    </svg>
  );
}
