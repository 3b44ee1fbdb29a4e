import { BackendError } from '../protocol/backend-error.ts';

interface Request {
  readonly id: string;
  readonly controller: AbortController;
}

/** Runs requests one after another, in the order in which they came, and cancels them by id. */
export class RequestQueue {
  #last: Promise<unknown> = Promise.resolve();
  readonly #requests = new Set<Request>();

  /**
   * Runs `work` when all earlier work has ended. Once cancelled, its promise rejects at once with CANCELLED; work that
   * has not begun never begins, and work that runs sees the signal and holds its place until it has stopped.
   */
  run<Result>(id: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const request: Request = { id, controller: new AbortController() };
    const { signal } = request.controller;
    this.#requests.add(request);
    const cancelled = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new BackendError({ code: 'CANCELLED', id })));
    });
    const turn = this.#last.then(() => (signal.aborted ? cancelled : work(signal)));
    const settled = turn.finally(() => this.#requests.delete(request));
    // The next request waits for this one however it ends; who asked for it hears of its failure.
    this.#last = settled.catch(() => {});
    return Promise.race([settled, cancelled]);
  }

  /** Cancels every request of an id; without one, nothing happens. */
  cancel(id: string): void {
    for (const request of this.#requests) if (request.id === id) request.controller.abort();
  }
}
