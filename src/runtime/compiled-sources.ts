import type { ManifestSource, SemanticManifest } from '../collection/manifest.ts';
import type { Facts, UnreadableSource } from '../resolution/facts.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import type { SourceShelf } from './source-shelf.ts';

/** The sources as a collection is compiled with them; one that cannot be read has no kind and no columns. */
export function manifestSources(names: readonly string[], shelf: SourceShelf): readonly ManifestSource[] {
  return names.map((name) => {
    const snapshot = shelf.snapshots.get(name);
    return { name, kind: snapshot?.kind ?? null, columns: snapshot?.columns ?? [] };
  });
}

/** What a compiled collection may know of its sources: those that still have the columns it was compiled with. */
export class CompiledSources {
  private readonly sources: readonly ManifestSource[];
  private readonly shelf: SourceShelf;
  private version = -1;
  private known: Pick<Facts, 'snapshots' | 'unreadable'> = { snapshots: new Map(), unreadable: new Map() };
  private outdated: readonly string[] = [];

  constructor(manifest: SemanticManifest, shelf: SourceShelf) {
    this.sources = manifest.sources;
    this.shelf = shelf;
  }

  /** Snapshots of the sources that serve, and why the others do not. */
  facts(): Pick<Facts, 'snapshots' | 'unreadable'> {
    this.look();
    return this.known;
  }

  /** Sources that have other columns, or other types, than the collection was compiled with: it must be compiled anew. */
  changed(): readonly string[] {
    this.look();
    return this.outdated;
  }

  private look(): void {
    const { shelf } = this;
    if (this.version === shelf.version) return;
    this.version = shelf.version;
    const snapshots = new Map(shelf.snapshots);
    const unreadable = new Map(shelf.unreadable);
    this.outdated = this.sources.flatMap((source) => {
      const snapshot = snapshots.get(source.name);
      if (snapshot === undefined || hasColumns(snapshot, source)) return [];
      snapshots.delete(source.name);
      unreadable.set(source.name, otherColumns(snapshot));
      return [source.name];
    });
    this.known = { snapshots, unreadable };
  }
}

function hasColumns(snapshot: SourceSnapshot, source: ManifestSource): boolean {
  if (snapshot.kind !== source.kind || snapshot.columns.length !== source.columns.length) return false;
  const types = new Map(source.columns.map(({ name, type }) => [name, type]));
  return snapshot.columns.every(({ name, type }) => types.get(name) === type);
}

function otherColumns({ location }: SourceSnapshot): UnreadableSource {
  return {
    location,
    reason:
      'its columns are no longer those that the collection was compiled with, and with the new ones it does not compile',
    remedy: 'Restore the columns, or correct the collection and reload.',
    changed: null,
  };
}
