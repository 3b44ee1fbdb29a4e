/** A stream of choices that a seed determines, the same on every platform (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds would begin with neighbouring numbers.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  }

  /** From 0, below 1. */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of them. Throws `RangeError` where there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError('random: nothing to pick from');
    return item;
  }

  /** One of them, as often as its weight says. */
  weighted<Item>(items: readonly (readonly [number, Item])[]): Item {
    let left = this.unit() * items.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return this.pick(items)[1];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = [...items];
    for (let place = order.length - 1; place > 0; place--) {
      const other = this.between(0, place);
      const [a, b] = [order[place], order[other]];
      if (a === undefined || b === undefined) continue;
      order[place] = b;
      order[other] = a;
    }
    return order;
  }

  /** Up to `most` of them, in random order. */
  some<Item>(items: readonly Item[], least: number, most: number): Item[] {
    return this.shuffled(items).slice(0, this.between(least, most));
  }
}
