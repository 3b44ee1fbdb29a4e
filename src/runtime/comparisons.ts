interface Comparison {
  ended: Promise<void>;
  /** Begins once this one has ended. */
  next: Promise<void> | null;
}

/** Comparisons of sources' bytes under way: of each source one at a time, and at most one more that waits for it. */
export class Comparisons {
  private readonly under = new Map<string, Comparison>();
  /** `isLast`: no other comparison waits, so that what this one finds is of the last look at the source. */
  private readonly compare: (name: string, isLast: () => boolean) => Promise<void>;

  constructor(compare: (name: string, isLast: () => boolean) => Promise<void>) {
    this.compare = compare;
  }

  has(name: string): boolean {
    return this.under.has(name);
  }

  /** Begins one. What is under way may have read bytes that have changed since: another follows it. */
  begin(name: string): void {
    const comparison = this.under.get(name);
    if (comparison === undefined) this.run(name);
    else comparison.next ??= comparison.ended.then(() => this.run(name));
  }

  /** Resolves when what was begun so far has ended. */
  async ended(name: string): Promise<void> {
    const comparison = this.under.get(name);
    await (comparison?.next ?? comparison?.ended);
  }

  private run(name: string): Promise<void> {
    const comparison: Comparison = { ended: Promise.resolve(), next: null };
    this.under.set(name, comparison);
    comparison.ended = this.compare(name, () => comparison.next === null).finally(() => {
      if (comparison.next === null) this.under.delete(name);
    });
    return comparison.ended;
  }
}
