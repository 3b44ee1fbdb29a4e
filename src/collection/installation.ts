import { type DayNumber, parsePeriod } from '../columns/calendar.ts';
import { installationSchema } from './installation-schema.ts';
import type { CollectionIssue } from './issues.ts';
import { nearestNames } from './nearest-names.ts';
import { Report } from './report.ts';
import { readYaml } from './yaml/document.ts';
import type { Positions } from './yaml/positions.ts';
import { validate } from './yaml/validate.ts';

/** An installation as its YAML declares it. Paths are as written. */
export interface InstallationModel {
  readonly name: string;
  /** As written, in the order written. */
  readonly sources: readonly InstallationSource[];
  readonly backend: { readonly type: 'duckdb' | 'sqlite' | 'arquero' };
  readonly stabilityFilter: {
    /** Day number; null: the local civil date when the session opens. */
    readonly asOf: DayNumber | null;
    readonly defaultHoldOffDays: number;
    /** source → days */
    readonly overrides: ReadonlyMap<string, number>;
  };
  readonly metricEngine: {
    /** false where the YAML is silent: the engine is opted into. */
    readonly enabled: boolean;
    /** null: no bound but what the browser grants. */
    readonly maxBytesPerCollection: number | null;
  };
  readonly collections: readonly { readonly path: string }[];
  readonly positions: Positions;
}

export interface InstallationSource {
  readonly name: string;
  readonly path: string;
  /** SHA-256 of the bytes, 64 lower-case hex digits: nothing is probed where it is stated. */
  readonly sha256: string | null;
}

export type LoadedInstallation =
  | { readonly ok: true; readonly model: InstallationModel }
  | { readonly ok: false; readonly issues: readonly CollectionIssue[] };

/** Reads installation.yaml; `file` is the name that messages give it. Returns everything that is wrong, or the model. */
export function loadInstallation(text: string, file: string): LoadedInstallation {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { positions } = read;
  const report = new Report();
  const document = validate(installationSchema, read.value, positions, report);
  if (document === undefined) return { ok: false, issues: report.issues };

  const sources = Object.entries(document.sources);
  const overrides = Object.entries(document.stability_filter?.overrides ?? {});
  for (const [source] of overrides) {
    if (Object.hasOwn(document.sources, source)) continue;
    const suggestions = nearestNames(source, Object.keys(document.sources));
    report.issue(
      'UNKNOWN_SOURCE',
      { name: source, usedBy: 'An override of the stability filter', suggestions },
      positions.key(['stability_filter', 'overrides', source]),
    );
  }
  checkPaths(
    document.acs.map((each) => each.path),
    positions,
    report,
  );
  if (report.failed) return { ok: false, issues: report.issues };

  const asOf = document.stability_filter?.as_of;
  return {
    ok: true,
    model: {
      name: document.name,
      sources: sources.map(([name, { path, sha256 }]) => ({ name, path, sha256: sha256 ?? null })),
      backend: document.backend,
      stabilityFilter: {
        asOf: asOf === undefined ? null : (parsePeriod(asOf, 'day') ?? null),
        defaultHoldOffDays: document.stability_filter?.default_hold_off_days ?? 0,
        overrides: new Map(overrides.map(([source, { hold_off_days: days }]) => [source, days])),
      },
      metricEngine: {
        enabled: document.metric_engine?.enabled ?? false,
        maxBytesPerCollection: document.metric_engine?.max_bytes_per_ac ?? null,
      },
      collections: document.acs.map(({ path }) => ({ path })),
      positions,
    },
  };
}

function checkPaths(paths: readonly string[], positions: Positions, report: Report): void {
  paths.forEach((path, index) => {
    const first = paths.indexOf(path);
    if (first === index) return;
    const firstLine = positions.value(['acs', first, 'path']).line;
    report.issue(
      'DUPLICATE_NAME',
      { kind: 'collection', name: path, firstLine },
      positions.value(['acs', index, 'path']),
    );
  });
}
