export interface CollectionSummary {
  readonly installation: string;
  readonly name: string;
  readonly description: string;
  readonly collections: readonly string[];
  readonly manifestFingerprint: string;
  readonly families: readonly {
    readonly name: string;
    readonly description: string;
    readonly kind: 'root' | 'derived';
    readonly type: string;
    readonly formula: string | null;
    readonly reducers: readonly string[];
    readonly blocked: readonly string[];
    readonly schema: string | null;
  }[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly type: string;
    readonly family: string;
    readonly level: string | null;
  }[];
  readonly attributes: readonly { readonly name: string; readonly of: string; readonly type: string }[];
  readonly edges: readonly {
    readonly id: string;
    readonly child: string;
    readonly parent: string;
    readonly via: string | null;
    readonly status: 'holds' | 'contradicted' | 'untested' | 'construction';
  }[];
  readonly schemas: readonly { readonly name: string; readonly source: string; readonly grain: readonly string[] }[];
  readonly sources: readonly {
    readonly name: string;
    readonly location: string;
    readonly rows: number | null;
    readonly bytes: number | null;
    readonly contentHash: string | null;
    readonly state: 'published' | 'verified' | 'failed';
    readonly reason: string | null;
  }[];
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly engineOff: 'installation' | 'session' | null;
  readonly engineHint: string | null;
}

/** A problem in the YAML, with its place. */
export interface CollectionIssue {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
