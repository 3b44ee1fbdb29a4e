import type { Progress } from '../../runtime/api.ts';

/** The steps of the session so far, in the order in which each was first told; a later event replaces its step. */
export class ProgressRecord {
  readonly #steps = new Map<string, Progress>();
  #listener: ((steps: readonly Progress[]) => void) | null = null;

  /** Notes an event. Bound, so that it can be handed over as `onProgress`. */
  readonly add = (event: Progress): void => {
    this.#steps.set(event.id, event);
    this.#listener?.([...this.#steps.values()]);
  };

  /** Hands over every step told so far and every later one. One listener at a time. */
  listen(listener: (steps: readonly Progress[]) => void): void {
    this.#listener = listener;
    listener([...this.#steps.values()]);
  }
}
