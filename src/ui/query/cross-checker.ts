import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { CrossCheck, Progress, Refusal, Session } from '../../runtime/api.ts';
import { type Defect, defectOf } from '../words/defect.ts';
import type { Outcome } from './question.ts';

/** How far the check of the answer on screen has come. */
export type Checking =
  /** `steps`: what each engine told last. */
  | { readonly kind: 'running'; readonly steps: readonly Progress[] }
  | { readonly kind: 'checked'; readonly check: CrossCheck }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly defect: Defect };

/** Checks the answer on screen across the engines. */
export interface CrossChecker {
  /** null: it was not checked. */
  readonly state: Accessor<Checking | null>;
  start(): Promise<void>;
  cancel(): void;
}

/** What is asked of the rest of the page. */
export interface CrossCheckerOptions {
  readonly outcome: Accessor<Outcome | null>;
  readonly whenOpen: () => Promise<Session>;
}

/** A check belongs to the answer that it was asked for: with another answer it is cancelled. */
export function createCrossChecker({ outcome, whenOpen }: CrossCheckerOptions): CrossChecker {
  const [checking, setChecking] = createSignal<Checking | null>(null);
  let current: AbortController | null = null;

  const cancel = () => {
    current?.abort();
    current = null;
    setChecking(null);
  };
  createEffect(on(outcome, cancel, { defer: true }));

  const start = async () => {
    const answered = outcome();
    if (answered?.kind !== 'served' || current !== null) return;
    const controller = new AbortController();
    current = controller;
    const present = () => current === controller;
    const end = (next: Checking) => {
      if (!present()) return;
      current = null;
      setChecking(next);
    };
    setChecking({ kind: 'running', steps: [] });
    try {
      const session = await whenOpen();
      const checked = await session.crossCheck(answered.question, {
        signal: controller.signal,
        onProgress: (step) => {
          if (!present()) return;
          setChecking((now) => (now?.kind === 'running' ? { ...now, steps: withStep(now.steps, step) } : now));
        },
      });
      end('backends' in checked ? { kind: 'checked', check: checked } : { kind: 'refused', refusal: checked });
    } catch (error) {
      end({ kind: 'failed', defect: defectOf(error) });
    }
  };

  const state = () => {
    const now = checking();
    const answered = outcome();
    if (now !== null || answered?.kind !== 'served') return now;
    // The same question was checked before: the engine remembers.
    const { crossCheck } = answered.answer.provenance;
    return crossCheck === null ? null : ({ kind: 'checked', check: crossCheck } as const);
  };
  return { state, start, cancel };
}

/** Each engine keeps its place. */
function withStep(steps: readonly Progress[], step: Progress): readonly Progress[] {
  return steps.some(({ id }) => id === step.id)
    ? steps.map((each) => (each.id === step.id ? step : each))
    : [...steps, step];
}
