/**
 * Calls to something that may die: when it does, every call that waits rejects, and so does every later one. A race of
 * each call against one promise of that death would keep every answer for as long as the promise lives, since a promise
 * never lets go of a race.
 */
export class PendingCalls {
  private readonly waiting = new Set<(reason: Error) => void>();
  private death: Error | undefined;

  /** The outcome of the call, or the death of what was called. */
  run<Result>(call: () => PromiseLike<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.death !== undefined) return reject(this.death);
      this.waiting.add(reject);
      const done = () => this.waiting.delete(reject);
      call().then(
        (value) => {
          done();
          resolve(value);
        },
        (error: unknown) => {
          done();
          reject(error);
        },
      );
    });
  }

  /** Ends every call with the reason; only the first reason counts. */
  end(reason: Error): void {
    this.death ??= reason;
    for (const reject of this.waiting) reject(this.death);
    this.waiting.clear();
  }
}
