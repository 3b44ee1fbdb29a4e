import type { MessageTable } from '../canon/issue.ts';

/** What compiling notices and goes on from, with what its message needs. */
export type FindingParameters = {
  COUSINS: { readonly name: string; readonly roots: readonly string[] };
  SOURCE_UNREAD: { readonly source: string; readonly schemas: readonly string[] };
  FILTER_NOT_SCOPED: { readonly schema: string; readonly names: readonly string[] };
  NAME_MAP_UNUSED: { readonly logical: string; readonly physical: string };
};

export type FindingCode = keyof FindingParameters;

const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** The message of each finding: what it is, and what it means for questions. */
export const FINDINGS: MessageTable<FindingParameters> = {
  COUSINS: ({ name, roots }) =>
    `\`${name}\` has ${roots.length} different roots: ${listed(roots)}. A question about it must say which one with FROM.`,
  SOURCE_UNREAD: ({ source, schemas }) =>
    `The source \`${source}\` could not be read, so the columns of ${listed(schemas)} have their declared types, and text otherwise. Mend the source; questions that need it are refused until then.`,
  FILTER_NOT_SCOPED: ({ schema, names }) =>
    `The collection's filter does not scope \`${schema}\`, which does not reach ${listed(names)}. Its rows are all read; declare an edge to change that.`,
  NAME_MAP_UNUSED: ({ logical, physical }) =>
    `The name map names the column \`${physical}\` for \`${logical}\`, but no source has it. Correct or remove it.`,
};
