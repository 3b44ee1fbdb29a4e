import type { TableProfile } from '../../profiling/profile.ts';

/** A profile, and where it came from. */
export interface ServedProfile extends TableProfile {
  /** Read from the store, or computed for this call or one that it shared. */
  readonly origin: 'stored' | 'computed';
  /** Nothing proves that the source still has the bytes that were profiled. */
  readonly assumed: boolean;
}
