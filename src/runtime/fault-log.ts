import type { EngineFault } from '../engine/entry.ts';
import type { EngineStatistics } from './api.ts';

const SENTENCES: { readonly [Kind in EngineFault['kind']]: (count: string, plural: boolean) => string } = {
  file_missing: (count, plural) =>
    `${count} stored file${plural ? 's were' : ' was'} missing; ${plural ? 'they are' : 'it is'} computed again when asked for.`,
  file_truncated: (count, plural) =>
    `${count} stored file${plural ? 's were' : ' was'} cut short; ${plural ? 'they are' : 'it is'} computed again when asked for.`,
  file_corrupt: (count, plural) =>
    `${count} stored file${plural ? 's' : ''} did not match ${plural ? 'their checksums' : 'its checksum'}; ${plural ? 'they are' : 'it is'} computed again when asked for.`,
  file_unreadable: (count, plural) =>
    `${count} stored file${plural ? 's' : ''} could not be read; ${plural ? 'they are' : 'it is'} computed again when asked for.`,
  row_invalid: (count, plural) =>
    `${count} row${plural ? 's' : ''} of the entry list ${plural ? 'were' : 'was'} not readable and ${plural ? 'were' : 'was'} dropped.`,
  write_failed: (count, plural) =>
    `${count} result${plural ? 's' : ''} could not be stored; ${plural ? 'they were' : 'it was'} answered all the same.`,
  quota_exceeded: (count, plural) =>
    `The browser's storage was full ${count} time${plural ? 's' : ''}; answers came all the same and were not kept.`,
  storage_unavailable: (count, plural) =>
    `The browser refused its storage ${count} time${plural ? 's' : ''}; see where entries are kept, above.`,
  storage_silent: (count, plural) =>
    `The browser's storage did not answer ${count} time${plural ? 's' : ''}; answers were computed instead. Close other tabs of this page, then reload it.`,
  store_newer: (count, plural) =>
    `What is stored here belongs to a newer version of this page, which this one left alone ${count} time${plural ? 's' : ''}. Reload this page to get that version.`,
  lock_timed_out: (count, plural) =>
    `${count} time${plural ? 's' : ''} another tab did not answer while it held a computation; it was computed here as well.`,
};

/** Faults that were survived: counted by kind, told in words. */
export class FaultLog {
  private readonly faults: EngineFault[] = [];

  readonly report = (fault: EngineFault): void => {
    this.faults.push(fault);
  };

  summary(): EngineStatistics['faults'] {
    const counts = new Map<EngineFault['kind'], number>();
    for (const { kind } of this.faults) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return [...counts].map(([kind, count]) => ({
      kind,
      count,
      message: SENTENCES[kind](count.toLocaleString('en'), count !== 1),
    }));
  }
}
