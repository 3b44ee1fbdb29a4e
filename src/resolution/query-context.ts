import type { Condition } from '../collection/attestation.ts';
import type { Schema, SemanticManifest } from '../collection/manifest.ts';
import type { Statement } from '../frameql/ast.ts';
import type { Facts } from './facts.ts';
import { type Names, namesOf } from './names.ts';
import type { Decision, FilterTerm, Proof, WindowCut } from './query.ts';
import { Reaches } from './reach.ts';
import { Causes } from './typing.ts';

/** What all levels of one query share: what is known, what is asked, and what is found on the way. */
export class QueryContext {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  /** As asked, with its definitions put in; remedies are rewrites of it. */
  readonly statement: Statement;
  readonly names: Names;
  readonly reaches: Reaches;
  readonly causes = new Causes();
  readonly missing: Condition[] = [];
  readonly conditions: Condition[] = [];
  readonly decisions: Decision[] = [];
  readonly proofs: Proof[] = [];
  readonly blocked = new Set<string>();
  readonly cuts: Omit<WindowCut, 'past'>[] = [];
  /** Derived families used: name → formula as written. */
  readonly derived: Record<string, string> = {};
  /** The schema that FROM names. */
  from: Schema | null = null;
  filter: readonly FilterTerm[] = [];
  /** The collection's declared filter. */
  declared: readonly FilterTerm[] = [];
  /** Checks that a refusal would show the counterexamples of. */
  readonly wanting: Condition[] = [];
  /** An anchor is not what was meant: from where series are read says nothing. */
  isUnsettled = false;
  private given = 0;

  constructor(manifest: SemanticManifest, facts: Facts, statement: Statement) {
    this.manifest = manifest;
    this.facts = facts;
    this.statement = statement;
    this.names = namesOf(manifest);
    this.reaches = new Reaches(manifest, facts);
  }

  /** `#0`, `#1`, …: unique in the query. */
  readonly nextName = (): string => {
    this.given += 1;
    return `#${this.given - 1}`;
  };
}
