import type { TableProfile } from '../../profiling/profile.ts';

/** A profile, and where it came from. */
export interface ServedProfile extends TableProfile {
  /** Read from the store, or computed for this call or one that it shared. */
  readonly origin: 'stored' | 'computed';
  /** The source is assumed to have the bytes still that were profiled; they are being compared. */
  readonly assumed: boolean;
}
