import type { Span } from '../../../src/canon/issue.ts';
import { astFingerprint } from '../../../src/frameql/canonical.ts';
import { formatStatement } from '../../../src/frameql/layout.ts';
import { expandDefinitions } from '../../../src/frameql/macros.ts';
import { type ParseResult, parse, parseExpression, parserSteps } from '../../../src/frameql/parser.ts';
import { printExpr, printStatement } from '../../../src/frameql/printer.ts';
import type { FuzzInput } from './fuzz-inputs.ts';
import { KNOWN } from './known.ts';

export interface FuzzVerdict {
  readonly accepted: boolean;
  /** Steps of the parser a character. */
  readonly steps: number;
  /** What is wrong, in words; empty: nothing. */
  readonly wrong: readonly string[];
}

/** Tries one text: whatever it holds, the laws of parser, printer, canonical form and layout stand. */
export function fuzzCheck(input: FuzzInput): FuzzVerdict {
  const { text } = input;
  const wrong: string[] = [];
  const law = (name: string, holds: boolean) => {
    if (!holds) wrong.push(name);
  };
  try {
    const result = parse(text);
    const steps = parserSteps(text) / (text.length + 1);
    law('at most 200 steps a character', steps <= 200);
    law(
      'spans inside the text',
      spansOf(result.ok ? result.statement : issuesOf(result)).every((each) => inside(each, text)),
    );
    if (result.ok) {
      const printed = printStatement(result.statement);
      const again = parse(printed);
      law('printed text is a fixpoint', textOf(again) === printed);
      law('format says the same', textOf(parse(formatStatement(result.statement))) === printed);
      const fingerprint = astFingerprint(result.statement);
      law('one fingerprint for text and print', again.ok && astFingerprint(again.statement) === fingerprint);
      const expanded = expandDefinitions(result.statement);
      if (expanded.ok && result.statement.definitions.length > 0) {
        const without = printStatement(expanded.statement);
        law('one fingerprint without WITH', astFingerprint(expanded.statement) === fingerprint);
        law('without WITH it is a statement', textOf(parse(without)) === without);
      }
    } else {
      const said = issuesOf(result).every(
        ({ found, hint, expected }) => found !== '' && (hint ?? expected[0]) !== undefined,
      );
      law('every issue says something', said);
      const known = parse(text, KNOWN);
      law('known names change no verdict', !known.ok);
      const remedies = [...result.error.remedies, ...(known.ok ? [] : known.error.remedies)];
      for (const { query } of remedies) law('remedies are canonical', textOf(parse(query)) === query);
    }
    if (input.kind === 'grammatical') {
      law('of the language', result.ok);
      law('one print for all spellings', textOf(parse(input.respelt)) === textOf(result));
    }
    const expression = parseExpression(text);
    if (expression.ok) {
      const printed = printExpr(expression.expr);
      const again = parseExpression(printed);
      law('a printed expression is a fixpoint', again.ok && printExpr(again.expr) === printed);
    }
    return { accepted: result.ok, steps, wrong };
  } catch (error) {
    return { accepted: false, steps: 0, wrong: [...wrong, `no exception: ${String(error)}`] };
  }
}

function textOf(result: ParseResult): string | null {
  return result.ok ? printStatement(result.statement) : null;
}

function issuesOf(result: Extract<ParseResult, { ok: false }>) {
  return [result.error, ...result.others];
}

function inside({ from, to }: Span, text: string): boolean {
  return from >= 0 && from <= to && to <= text.length;
}

/** Every span in a tree. */
export function spansOf(value: unknown): readonly Span[] {
  const spans: Span[] = [];
  const look = (each: unknown) => {
    if (typeof each !== 'object' || each === null) return;
    if ('from' in each && 'to' in each && typeof each.from === 'number' && typeof each.to === 'number') {
      spans.push({ from: each.from, to: each.to });
    } else {
      for (const inner of Object.values(each)) look(inner);
    }
  };
  look(value);
  return spans;
}
