import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { Progress, ServedProfile, Session } from '../../runtime/api.ts';
import { ProfileError } from '../../runtime/client.ts';
import { defectOf } from '../words/defect.ts';

/** How far the profile of the table shown has come. */
export type Profiling =
  | { readonly kind: 'running'; readonly step: Progress | null }
  | { readonly kind: 'profiled'; readonly profile: ServedProfile }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy: string };

export interface ProfileRun {
  /** null: no table is chosen. */
  readonly state: Accessor<Profiling | null>;
  again(): void;
  cancel(): void;
}

export interface ProfileRunOptions {
  readonly table: Accessor<string | null>;
  /** Hash of the table's source as last told; a profile of other bytes is asked for anew. */
  readonly contentHash: Accessor<string | null>;
  readonly whenOpen: () => Promise<Session>;
  readonly onProfiled: (profile: ServedProfile) => void;
}

/** A profile belongs to the table that is chosen: with another, or when the view goes, it is cancelled. */
export function createProfileRun({ table, contentHash, whenOpen, onProfiled }: ProfileRunOptions): ProfileRun {
  const [state, setState] = createSignal<Profiling | null>(null);
  let current: AbortController | null = null;

  const stop = () => {
    current?.abort();
    current = null;
  };
  const start = async (name: string) => {
    stop();
    const controller = new AbortController();
    current = controller;
    const isPresent = () => current === controller;
    setState({ kind: 'running', step: null });
    try {
      const session = await whenOpen();
      const profile = await session.profile(name, {
        signal: controller.signal,
        onProgress: (step) => {
          if (isPresent() && step.state === 'running') setState({ kind: 'running', step });
        },
      });
      if (!isPresent()) return;
      current = null;
      setState({ kind: 'profiled', profile });
      onProfiled(profile);
    } catch (error) {
      if (!isPresent()) return;
      current = null;
      const { message, remedy } = error instanceof ProfileError ? error : defectOf(error);
      setState({ kind: 'failed', message, remedy });
    }
  };
  const again = () => {
    const name = table();
    if (name !== null) void start(name);
  };
  createEffect(
    on(table, (name) => {
      if (name !== null) return void start(name);
      stop();
      setState(null);
    }),
  );
  createEffect(
    on(createMemo(contentHash), (hash) => {
      const now = state();
      if (now?.kind === 'profiled' && hash !== null && now.profile.contentHash !== hash) again();
    }),
  );
  onCleanup(stop);
  return {
    state,
    again,
    cancel() {
      stop();
      setState({ kind: 'cancelled' });
    },
  };
}
