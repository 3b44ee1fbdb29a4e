/** Values made when first asked for and kept by key until they are taken out. */
export class Registry<Key extends string, Value> {
  private readonly values = new Map<Key, Value>();
  private readonly make: (key: Key) => Value;

  constructor(make: (key: Key) => Value) {
    this.make = make;
  }

  get(key: Key): Value {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const made = this.make(key);
    this.values.set(key, made);
    return made;
  }

  all(): readonly Value[] {
    return [...this.values.values()];
  }
}
