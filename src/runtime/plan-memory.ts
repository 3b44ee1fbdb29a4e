import type { Planned } from './execute.ts';

/** Texts remembered; an editor asks for a plan at every pause of typing. */
const CAPACITY = 200;

/** Plans by text, for as long as what they rest on is unchanged. */
export class PlanMemory {
  private readonly plans = new Map<string, Planned>();
  private version = '';

  get(text: string, version: string, make: () => Planned): Planned {
    if (version !== this.version) {
      this.plans.clear();
      this.version = version;
    }
    const known = this.plans.get(text);
    if (known !== undefined) return known;
    const planned = make();
    // The oldest goes: a Map iterates in insertion order.
    for (const oldest of this.plans.keys()) {
      if (this.plans.size < CAPACITY) break;
      this.plans.delete(oldest);
    }
    this.plans.set(text, planned);
    return planned;
  }
}
