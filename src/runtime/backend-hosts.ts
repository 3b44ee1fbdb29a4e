import type { SemanticManifest } from '../collection/manifest.ts';
import type { BackendName } from '../protocol/backend.ts';
import type { BackendHost } from './backend-host.ts';
import { ColumnTypes } from './column-types.ts';
import { Registry } from './registry.ts';

type Hosts = Registry<BackendName, BackendHost>;

/**
 * The backends of an installation. A backend holds a column of a source in one type: collections that read one in
 * different types work with backends of their own.
 */
export class BackendHosts {
  private readonly groups: { readonly types: ColumnTypes; readonly hosts: Hosts }[] = [];
  private readonly make: (name: BackendName, types: ColumnTypes) => BackendHost;

  constructor(make: (name: BackendName, types: ColumnTypes) => BackendHost) {
    this.make = make;
  }

  /** The backends that a collection works with. */
  of(manifest: SemanticManifest): Hosts {
    const known = this.groups.find(({ types }) => types.admits(manifest));
    const group = known ?? this.group();
    group.types.add(manifest);
    return group.hosts;
  }

  all(): readonly BackendHost[] {
    return this.groups.flatMap(({ hosts }) => hosts.all());
  }

  private group() {
    const types = new ColumnTypes();
    const group = { types, hosts: new Registry<BackendName, BackendHost>((name) => this.make(name, types)) };
    this.groups.push(group);
    return group;
  }
}
