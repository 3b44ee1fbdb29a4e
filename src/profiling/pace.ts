/** Rows between two looks at the clock: well below a millisecond of work. */
export const PIECE_ROWS = 32_768;

/** Milliseconds of work after which others get their turn. */
const TURN = 12;

/** What long work needs of its surroundings. */
export interface PaceTools {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Lets other tasks of the thread run. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Keeps long work in pieces, so that a worker hears other messages, and a cancel among them, between two. */
export class Pace {
  private readonly tools: PaceTools;
  private since: number;

  constructor(tools: PaceTools) {
    this.tools = tools;
    this.since = tools.clock();
  }

  /** To be awaited between two pieces. Throws the signal's reason once it is aborted. */
  async beat(): Promise<void> {
    const { clock, pause, signal } = this.tools;
    signal.throwIfAborted();
    if (clock() - this.since < TURN) return;
    await pause();
    signal.throwIfAborted();
    this.since = clock();
  }
}
