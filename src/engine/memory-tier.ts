import { type Batch, batchBytes } from '../columns/column.ts';

/** Decoded columns above the files, least recently used out first, bounded in bytes. */
export class MemoryTier {
  private readonly held = new Map<string, { readonly batch: Batch; readonly bytes: number }>();
  private bytes = 0;
  private readonly limit: number;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): Batch | undefined {
    const found = this.held.get(key);
    if (found === undefined) return undefined;
    // A Map iterates in insertion order: setting again makes it the newest.
    this.held.delete(key);
    this.held.set(key, found);
    return found.batch;
  }

  has(key: string): boolean {
    return this.held.has(key);
  }

  set(key: string, batch: Batch): void {
    this.delete(key);
    const bytes = batchBytes(batch);
    if (bytes > this.limit) return;
    this.held.set(key, { batch, bytes });
    this.bytes += bytes;
    for (const oldest of this.held.keys()) {
      if (this.bytes <= this.limit) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.bytes -= this.held.get(key)?.bytes ?? 0;
    this.held.delete(key);
  }

  clear(): void {
    this.held.clear();
    this.bytes = 0;
  }
}
