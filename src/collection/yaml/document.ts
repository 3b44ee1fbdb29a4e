import { Composer, LineCounter, Parser } from 'yaml';
import type { CollectionIssue } from '../issues.ts';
import { Report } from '../report.ts';
import { MAX_DEPTH, offsetBeyondDepth } from './nesting.ts';
import { PlainValue } from './plain-value.ts';
import { Positions, placeAt } from './positions.ts';

/** A YAML document as plain data that remembers where everything stands, or everything that is wrong with it. */
export type YamlDocument =
  | { readonly ok: true; readonly value: unknown; readonly positions: Positions }
  | { readonly ok: false; readonly issues: readonly CollectionIssue[] };

/** Reads one YAML 1.2 document (core schema: dates stay text). `file` is the name that messages give it. Never throws. */
export function readYaml(text: string, file: string): YamlDocument {
  const report = new Report();
  const lines = new LineCounter();
  const at = (offset: number) => placeAt(file, lines, offset);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = offsetBeyondDepth(tokens);
  if (deep !== null) {
    report.issue('TOO_DEEP', { limit: MAX_DEPTH }, at(deep));
    return { ok: false, issues: report.issues };
  }
  // Duplicate keys are told by PlainValue, which knows the name and the first line.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, strict: true });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  for (const error of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    report.issue('YAML_SYNTAX', { detail: sentence(error.message) }, at(error.pos[0]));
  }
  if (second !== undefined) {
    const detail = 'it holds a second document';
    report.issue('YAML_SYNTAX', { detail }, at(second.range[0]));
  }
  if (report.failed) return { ok: false, issues: report.issues };
  const plain = new PlainValue(report, at);
  const value = plain.of(document?.contents);
  if (report.failed) return { ok: false, issues: report.issues };
  return { ok: true, value, positions: new Positions(file, text, lines, plain.offsets) };
}

/** The library's message as the middle of a sentence. */
function sentence(message: string): string {
  const text = message.replace(/\.$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
