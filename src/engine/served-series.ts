import type { ServedAtom } from './metric-engine.ts';

/** How many atoms came by which path in one span of time. */
export interface ServedBucket {
  /** Milliseconds since 1970; a whole multiple of the span. */
  readonly start: number;
  readonly exact: number;
  readonly rollup: number;
  readonly backend: number;
}

/** Atoms served over time. Spans in which nothing was served are left out. */
export interface ServedOverTime {
  /** Length of each span, in milliseconds. */
  readonly span: number;
  readonly buckets: readonly ServedBucket[];
}

const MINUTE = 60_000;

/** Spans kept at most. */
const BUCKETS = 60;

/**
 * Counts served atoms by path in spans of a minute. Where more than an hour would be told, spans become twice as long, as
 * often as need be: the whole session stays, in bounded space.
 */
export class ServedSeries {
  private readonly buckets = new Map<number, ServedBucket>();
  private span = MINUTE;

  /** `at`: milliseconds since 1970. A clock that was set back counts where it stands. */
  record(path: ServedAtom['path'], at: number): void {
    this.add({ start: at, exact: 0, rollup: 0, backend: 0, [path]: 1 });
    while (this.reach() > BUCKETS) this.widen();
  }

  /** What was counted, in the order of time. */
  overTime(): ServedOverTime {
    return { span: this.span, buckets: [...this.buckets.values()].sort((a, b) => a.start - b.start) };
  }

  /** Spans from the first that counts to the last. */
  private reach(): number {
    const starts = [...this.buckets.keys()];
    return (Math.max(...starts) - Math.min(...starts)) / this.span + 1;
  }

  private widen(): void {
    this.span *= 2;
    const before = [...this.buckets.values()];
    this.buckets.clear();
    for (const bucket of before) this.add(bucket);
  }

  private add({ start: at, exact, rollup, backend }: ServedBucket): void {
    const start = Math.floor(at / this.span) * this.span;
    const known = this.buckets.get(start) ?? { start, exact: 0, rollup: 0, backend: 0 };
    this.buckets.set(start, {
      start,
      exact: known.exact + exact,
      rollup: known.rollup + rollup,
      backend: known.backend + backend,
    });
  }
}
