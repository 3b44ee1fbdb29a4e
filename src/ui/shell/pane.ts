import { type Accessor, createSignal } from 'solid-js';
import { PANE_LIMITS } from '../controls/splitter.tsx';
import { readSetting, writeSetting } from './storage.ts';

/** A side pane: its width in pixels, and whether it is closed. Both are remembered. */
export interface Pane {
  readonly size: Accessor<number>;
  readonly closed: Accessor<boolean>;
  resize(size: number): void;
  toggle(): void;
}

/** The pane of a name; index.html gives it the remembered width before first paint. */
export function createPane(name: 'browser' | 'provenance', width: number): Pane {
  const stored = readSetting(name);
  const remembered = Number(stored);
  const known = remembered >= PANE_LIMITS.narrowest && remembered <= PANE_LIMITS.widest;
  const [size, setSize] = createSignal(known ? remembered : width);
  const [closed, setClosed] = createSignal(stored === 'closed');
  const root = document.documentElement;
  return {
    size,
    closed,
    resize(next) {
      setSize(next);
      root.style.setProperty(`--${name}-size`, `${next}px`);
      writeSetting(name, String(next));
    },
    toggle() {
      setClosed(!closed());
      if (closed()) {
        root.dataset[name] = 'closed';
        root.style.removeProperty(`--${name}-size`);
      } else {
        delete root.dataset[name];
        root.style.setProperty(`--${name}-size`, `${size()}px`);
      }
      writeSetting(name, closed() ? 'closed' : String(size()));
    },
  };
}
