import type { Span } from '../canon/issue.ts';
import type { Signature } from './assistance.ts';
import { callableNamed } from './callable.ts';
import { outlineOf } from './outline.ts';
import { caretAt } from './place.ts';

/** How the innermost call around an offset is written, with the argument there; null outside calls. Never throws. */
export function signatureAt(text: string, offset: number): Signature | null {
  const outline = outlineOf(text);
  const inside = outline.tokens.find(({ kind, span }) => kind !== 'comment' && span.from < offset && offset < span.to);
  // Inside a number or a text nothing else can be told than at its beginning.
  const { calls } = caretAt(outline, inside?.span.from ?? endOfNumber(text, offset));
  const call = calls.findLast(({ callee }) => callableNamed(callee) !== undefined);
  const callable = call === undefined ? undefined : callableNamed(call.callee);
  if (call === undefined || callable === undefined) return null;
  const label = callable.signature;
  const parameters = parametersOf(label);
  return { ...call.span, label, doc: callable.doc, parameters, active: activeOf(label, parameters, call) };
}

/** The start of the number that ends at an offset; else the offset. */
function endOfNumber(text: string, offset: number): number {
  const token = outlineOf(text).tokens.find(({ kind, span }) => kind === 'number' && span.to === offset);
  return token?.span.from ?? offset;
}

/** Where each argument stands in a signature: `x` and `n` of `ROUND(x[, n])`. */
export function parametersOf(label: string): readonly Span[] {
  const open = label.indexOf('(');
  if (open < 0) return [];
  const spans: Span[] = [];
  let from = open + 1;
  for (let at = open + 1; at < label.length; at++) {
    const mark = label[at];
    if (mark !== ',' && mark !== ')') continue;
    const part = label.slice(from, at);
    const lead = part.length - part.replace(/^[\s[\]]+/, '').length;
    const trail = part.length - part.replace(/[\s[\]]+$/, '').length;
    if (part.trim() !== '') spans.push({ from: from + lead, to: at - trail });
    from = at + 1;
  }
  return spans;
}

function activeOf(
  label: string,
  parameters: readonly Span[],
  { argument, named }: { readonly argument: number; readonly named: string | null },
): number | null {
  const texts = parameters.map(({ from, to }) => label.slice(from, to));
  if (named !== null) {
    const index = texts.findIndex((text) => text.startsWith(`${named} =>`));
    return index < 0 ? null : index;
  }
  // `…` stands for more of what comes before it.
  if (argument < texts.length) return argument;
  return texts[texts.length - 1] === '…' ? texts.length - 1 : null;
}
