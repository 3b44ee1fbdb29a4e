import type { SemanticManifest } from '../collection/manifest.ts';
import type { Batch } from '../columns/column.ts';
import type { EdgeMap } from '../compose/frame.ts';
import type { DataAPIBackend } from '../protocol/backend.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import type { Step } from '../resolution/access.ts';
import type { Facts } from '../resolution/facts.ts';
import type { ColumnCounts } from '../sources/conversion.ts';

/** What checks ask of the data with. The columns that `conditionColumns` names are loaded before a check is run. */
export interface VerificationContext {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  readonly backend: Pick<DataAPIBackend, 'aggregate'>;
  /** Runs a request on the backend and decodes its result. */
  readonly aggregate: (request: AggregateRequest) => Promise<Batch>;
  /** The maps of the lookup edges among the steps, made where they are not at hand. */
  readonly edgeMaps: (steps: readonly Step[]) => Promise<ReadonlyMap<string, EdgeMap>>;
  /** By column, what reading the source counted; undefined for a source that was not read. */
  readonly columnReports: (source: string) => ReadonlyMap<string, ColumnCounts> | undefined;
}

/** What a check is made from: declarations, and what is known. */
export type Scene = Pick<VerificationContext, 'manifest' | 'facts'>;
