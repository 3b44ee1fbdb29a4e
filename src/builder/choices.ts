import type { MetricFamily, RootFamily, Schema, SemanticManifest } from '../collection/manifest.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import type { Expr, Statement } from '../frameql/ast.ts';
import { childrenOf } from '../frameql/children.ts';
import { OPERATORS, type OperatorDefinition } from '../operators/catalog.ts';
import type { Facts } from '../resolution/facts.ts';
import { type Names, namesOf } from '../resolution/names.ts';
import { climbFromAnchor, determines, type Reach, reach } from '../resolution/reach.ts';

/** What may be chosen next for a statement, and why the rest may not. */
export interface BuilderChoices {
  readonly families: readonly FamilyChoice[];
  /** Operators that may be applied to the values of a dimension or attribute, by its name. */
  readonly countable: readonly { readonly name: string; readonly operators: readonly OperatorChoice[] }[];
  /** For AT. */
  readonly dimensions: readonly NameChoice[];
  /** For WHERE: dimensions and attributes. */
  readonly filters: readonly NameChoice[];
  /** For SELECT: attributes, with whether the anchor determines them. */
  readonly attributes: readonly NameChoice[];
  /** For FROM. */
  readonly schemas: readonly string[];
}

export interface FamilyChoice {
  readonly name: string;
  readonly description: string;
  /** The reducer that the bare family stands for; of a derived family its formula. */
  readonly means: string;
  readonly operators: readonly OperatorChoice[];
}

export interface OperatorChoice {
  readonly name: string;
  /** Whether a number from 0 to 1 must be given. */
  readonly takesFraction: boolean;
  readonly doc: string;
}

export interface NameChoice {
  readonly name: string;
  readonly type: string;
  /** Level of the calendar; null outside it. */
  readonly level: string | null;
  /** The dimension family, or the dimension that an attribute is of. */
  readonly of: string;
  /** Whether every series reaches it as it is. */
  readonly works: boolean;
  /** Why it does not work. */
  readonly reason: string | null;
  /** Bridges by which it works as a membership on purpose. */
  readonly via: readonly string[];
}

/** What may be chosen next. Pure: what is not attested yet is taken as declared. */
export function choicesOf(manifest: SemanticManifest, facts: Facts, statement: Statement): BuilderChoices {
  const names = namesOf(manifest);
  const place: Place = { manifest, facts, schemas: rootsOf(manifest, names, statement), ...neededOf(names, statement) };
  const dimensions = manifest.dimensions.map(({ name, type, level, family }) =>
    nameChoice({ name, type, level, of: family }, standing(place, name)),
  );
  const attributes = manifest.attributes.map(({ name, type, of }) => ({ name, type, level: null, of }));
  return {
    families: familyChoices(manifest),
    countable: [...manifest.dimensions, ...manifest.attributes].map(({ name, type }) => ({
      name,
      operators: Object.values(OPERATORS)
        .filter((operator) => isPlain(operator) && !operator.isOrdered && !operator.mustBeListed)
        .filter((operator) => operator.accepts.includes(type.kind))
        .map(operatorChoice),
    })),
    dimensions,
    // A filter takes no bridge: what only a membership leads to cannot be filtered by.
    filters: [
      ...dimensions.map((each) => ({ ...each, via: [] })),
      ...attributes.map((each) => nameChoice(each, { ...standing(place, each.name), via: [] })),
    ],
    attributes: attributes.map((each) => nameChoice(each, determination(place, each.name, each.of))),
    schemas: manifest.schemas.map((each) => each.name),
  };
}

interface Place {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  /** What every series is read from; empty: nothing says it yet. */
  readonly schemas: readonly Schema[];
  /** Dimensions of the anchor; those that stand there without a bridge, and names of WHERE, are needed of every schema. */
  readonly anchor: readonly string[];
  readonly needed: readonly string[];
}

interface Standing {
  readonly works: boolean;
  readonly reason: string | null;
  readonly via: readonly string[];
}

function nameChoice(
  named: { readonly name: string; readonly type: LogicalType; readonly level: string | null; readonly of: string },
  standing: Standing,
): NameChoice {
  return { ...named, type: printType(named.type), ...standing };
}

/** Whether a name can be reached from all that the series are read from. */
function standing({ manifest, facts, schemas, needed }: Place, name: string): Standing {
  if (schemas.length === 0) {
    const wanted = [...needed, name];
    const works = manifest.schemas.some((schema) =>
      wanted.every((each) => reach(manifest, facts, schema, each).kind === 'reached'),
    );
    const reason = works ? null : `No table has it together with ${needed.map(code).join(', ')}.`;
    return { works, reason, via: [] };
  }
  for (const schema of schemas) {
    const reason = obstacle(schema, reach(manifest, facts, schema, name));
    if (reason !== null) return { works: false, reason, via: bridgesTo({ manifest, facts, schemas }, name) };
  }
  return { works: true, reason: null, via: [] };
}

function obstacle(schema: Schema, found: Reach): string | null {
  switch (found.kind) {
    case 'reached':
      return null;
    case 'contradicted':
      return `${code(found.edge)} does not hold in the data.`;
    case 'ambiguous':
      return `Its ways disagree: ${found.paths.join(' · ')}.`;
    case 'unreachable':
      return `Nothing leads there from ${code(schema.name)}.`;
  }
}

/** The bridges by which every schema's rows belong to values of the dimension. */
function bridgesTo({ manifest, facts, schemas }: Pick<Place, 'manifest' | 'facts' | 'schemas'>, name: string) {
  const leading = manifest.bridges.filter(
    ({ child, parent }) =>
      (parent === name || climbFromAnchor(manifest, facts, [parent], name) !== undefined) &&
      schemas.every((schema) => reach(manifest, facts, schema, child).kind === 'reached'),
  );
  return [...new Set(leading.map((each) => each.via))];
}

function determination({ manifest, facts, anchor }: Place, name: string, of: string): Standing {
  const works = determines(manifest, facts, anchor, name);
  return { works, reason: works ? null : `Needs ${code(of)} in AT: one row could have several values.`, via: [] };
}

/** The root schemas of all families that a statement names; the schema of FROM, where it names none. */
function rootsOf(manifest: SemanticManifest, names: Names, { items, definitions, from }: Statement): readonly Schema[] {
  const roots = new Set<string>();
  const add = (families: readonly MetricFamily[]): void => {
    const own = families.filter((each): each is RootFamily => each.kind === 'root');
    const chosen = own.length > 1 ? own.filter((each) => each.root.schema === from?.name) : own;
    for (const { root } of chosen) roots.add(root.schema);
    for (const family of families) {
      if (family.kind !== 'derived') continue;
      for (const input of family.inputs) addNamed(input);
    }
  };
  const addNamed = (name: string): void => {
    const meaning = names.meaningOf(name);
    if (meaning?.kind === 'family') add(meaning.families);
  };
  for (const { expr } of [...items, ...definitions]) for (const name of namesIn(expr)) addNamed(name);
  if (roots.size === 0 && from !== null) roots.add(from.name);
  return manifest.schemas.filter((schema) => roots.has(schema.name));
}

function neededOf(names: Names, { anchor, where }: Statement): Pick<Place, 'anchor' | 'needed'> {
  const logical = (name: string) => {
    const meaning = names.meaningOf(name);
    if (meaning?.kind === 'dimension') return [meaning.dimension.name];
    return meaning?.kind === 'attribute' ? [meaning.attribute.name] : [];
  };
  const own = anchor.points.filter((each) => each.via === null).flatMap((each) => logical(each.name));
  const filtered = where === null ? [] : namesIn(where).flatMap(logical);
  return { anchor: anchor.points.flatMap((each) => logical(each.name)), needed: [...new Set([...own, ...filtered])] };
}

function namesIn(expr: Expr): readonly string[] {
  return expr.kind === 'name' ? [expr.name] : childrenOf(expr).flatMap(namesIn);
}

/** Cousins are one choice: FROM tells them apart. */
function familyChoices(manifest: SemanticManifest): readonly FamilyChoice[] {
  const choices = new Map<string, FamilyChoice>();
  for (const family of manifest.metricFamilies) {
    if (choices.has(family.name)) continue;
    const { name, description } = family;
    const means = family.kind === 'derived' ? family.formulaText : (bareOperator(family) ?? '');
    choices.set(name, { name, description, means, operators: family.kind === 'derived' ? [] : operatorsOf(family) });
  }
  return [...choices.values()];
}

function bareOperator({ reducer, ipReducers }: RootFamily): string | undefined {
  return reducer ?? ipReducers[0]?.operator;
}

/** The operators of a family: those that it lists first, then those that any rows take. */
function operatorsOf(family: RootFamily): readonly OperatorChoice[] {
  const listed = new Set<string>(family.ipReducers.map((each) => each.operator));
  const rows = family.root.column === null;
  const all = Object.values(OPERATORS)
    .filter((operator) => isPlain(operator) && (rows ? operator.name === 'COUNT' : true))
    .filter((operator) => operator.accepts.includes(family.type.kind))
    .filter(({ name, mustBeListed, isOrdered }) => listed.has(name) || !(mustBeListed || isOrdered));
  return [...all.filter(({ name }) => listed.has(name)), ...all.filter(({ name }) => !listed.has(name))].map(
    operatorChoice,
  );
}

/** Whether it is applied to one value, and a number from 0 to 1 at most. */
function isPlain({ name, parameters }: OperatorDefinition): boolean {
  return name !== 'COUNT(*)' && parameters.every((each) => each === 'q');
}

function operatorChoice({ name, parameters, doc }: OperatorDefinition): OperatorChoice {
  return { name, takesFraction: parameters.includes('q'), doc };
}

function code(name: string): string {
  return `\`${name}\``;
}
