import { type Accessor, createSignal } from 'solid-js';
import { readSetting, writeSetting } from '../shell/storage.ts';

const LIMIT = 50;

/** The last questions asked, newest first, each once. */
export interface History {
  readonly questions: Accessor<readonly string[]>;
  add(question: string): void;
  clear(): void;
}

/** The history with a question put in front: repeated questions move up, the oldest goes at the limit. */
export function withQuestion(questions: readonly string[], question: string): readonly string[] {
  const text = question.trim();
  if (text === '') return questions;
  return [text, ...questions.filter((each) => each !== text)].slice(0, LIMIT);
}

/** Reads stored questions; anything that is not a list of texts is no history. */
export function parseHistory(stored: string | null): readonly string[] {
  if (stored === null) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, LIMIT) : [];
  } catch {
    return [];
  }
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
