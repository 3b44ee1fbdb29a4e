/** What a refresh found and did. */
export interface RefreshReport {
  readonly sources: readonly {
    readonly name: string;
    /**
     * `same`: proven by the server or by the bytes themselves. `changed`: read anew. `assumed`: its server proves nothing
     * and its bytes could not be fetched. `unreadable`: it cannot be read. `stated`: its hash is, and it is not asked for.
     */
    readonly state: 'same' | 'changed' | 'assumed' | 'unreadable' | 'stated';
  }[];
  /** Entries that no present source, or no present declaration, could serve. */
  readonly dropped: readonly RefreshedEntry[];
  /** Those that took their place, finest first. */
  readonly recomputed: readonly (RefreshedEntry & {
    readonly path: 'exact' | 'rollup' | 'backend';
    readonly milliseconds: number;
  })[];
  readonly notRecomputed: readonly (RefreshedEntry & { readonly reason: string })[];
  /** Files swept that no entry named. */
  readonly swept: number;
  readonly milliseconds: number;
}

/** An entry by what it holds. */
export interface RefreshedEntry {
  readonly key: string;
  readonly family: string | null;
  readonly state: string;
  readonly anchor: readonly string[];
  readonly filter: string | null;
}
