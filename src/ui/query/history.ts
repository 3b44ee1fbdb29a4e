import { type Accessor, createSignal } from 'solid-js';
import { tokenize } from '../../frameql/tokens.ts';
import { readSetting, writeSetting } from '../shell/storage.ts';

const LIMIT = 50;

/** The last questions asked, newest first, each once. */
export interface History {
  readonly questions: Accessor<readonly string[]>;
  add(question: string): void;
  clear(): void;
}

/**
 * The history with a question put in front, as it was written now: repeated questions move up, the oldest goes at the
 * limit. A question laid out anew, with other white space between its words, is the same.
 */
export function withQuestion(questions: readonly string[], question: string): readonly string[] {
  const text = question.trim();
  if (text === '') return questions;
  return eachOnce([text, ...questions]).slice(0, LIMIT);
}

/** Reads stored questions, each once; anything that is not a list of texts is no history. */
export function parseHistory(stored: string | null): readonly string[] {
  if (stored === null) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? eachOnce(value.filter((each) => typeof each === 'string')).slice(0, LIMIT) : [];
  } catch {
    return [];
  }
}

/** The first of each question. */
function eachOnce(questions: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const question of questions) {
    const said = words(question);
    if (!first.has(said)) first.set(said, question);
  }
  return [...first.values()];
}

/** What a question says apart from its layout; white space in strings and quoted names says something. */
function words(question: string): string {
  return JSON.stringify(tokenize(question).map(({ text }) => text.trimEnd()));
}

/** The history kept in this browser. */
export function createHistory(): History {
  const [questions, setQuestions] = createSignal(parseHistory(readSetting('history')));
  const keep = (next: readonly string[]) => {
    setQuestions(next);
    writeSetting('history', JSON.stringify(next));
  };
  return {
    questions,
    add: (question) => keep(withQuestion(questions(), question)),
    clear: () => keep([]),
  };
}
