import type { Plan } from '../planning/plan.ts';
import type { CrossCheck } from './api.ts';

/** Checks remembered: each holds a page of differences at most. */
const CAPACITY = 100;

/** The last cross-check of each plan, for as long as its sources have the bytes that it was made of. */
export class CrossCheckMemory {
  private readonly checks = new Map<string, CrossCheck>();
  private readonly hashOf: (source: string) => string | undefined;

  constructor(hashOf: (source: string) => string | undefined) {
    this.hashOf = hashOf;
  }

  find(plan: Plan): CrossCheck | null {
    return this.checks.get(this.keyOf(plan)) ?? null;
  }

  keep(plan: Plan, check: CrossCheck): void {
    for (const oldest of this.checks.keys()) {
      if (this.checks.size < CAPACITY) break;
      this.checks.delete(oldest);
    }
    this.checks.set(this.keyOf(plan), check);
  }

  private keyOf(plan: Plan): string {
    const sources = Object.keys(plan.requiredColumns).sort();
    return JSON.stringify([plan.fingerprint, ...sources.map((source) => this.hashOf(source))]);
  }
}
