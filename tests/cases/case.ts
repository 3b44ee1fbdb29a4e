/** One pinned case: a tiny installation, questions in order, and the only right answers. */
export interface Case {
  readonly name: string;
  /** ac.yaml */
  readonly collection: string;
  /** source name → CSV text; each is read from `<name>.csv`. */
  readonly tables: Readonly<Record<string, string>>;
  readonly questions: readonly Question[];
}

export type Cell = string | number | boolean | null;

/** A question with its rows (in order, columns as the answer has them), or the code it is refused with. */
export type Question =
  | {
      readonly query: string;
      readonly rows: readonly (readonly Cell[])[];
      /** Schema that must serve when nothing is stored: the engine is off, and warm-up has verified what there is. */
      readonly schema?: string;
      /** Where it must come from right after warm-up, the engine on. */
      readonly servedFrom?: string;
      /** It is computed from the sources each time: what it crosses or fans out is never kept. */
      readonly isNeverKept?: boolean;
    }
  | { readonly query: string; readonly code: string; readonly suggestions?: readonly string[] };

/** installation.yaml for a case. */
export function installationOf({ tables }: Pick<Case, 'tables'>): string {
  const sources = Object.keys(tables).map((name) => `  ${name}: {path: ${name}.csv}`);
  return [
    'name: cases',
    'sources:',
    ...sources,
    'backend: {type: duckdb}',
    'metric_engine: {enabled: true}',
    'acs: [{path: case/}]',
    '',
  ].join('\n');
}

/** A CSV file from lines. */
export function csv(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
