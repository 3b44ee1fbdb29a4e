import type { Answer, ConditionSummary } from '../../runtime/api.ts';
import { GLOSSARY } from './glossary.ts';

export type Level = Answer['level'];

/** How many of the three dots are filled. */
export function levelDots(level: Level): 1 | 2 | 3 {
  switch (level) {
    case 'AAA':
      return 3;
    case 'AA':
      return 2;
    case 'A':
      return 1;
  }
}

/** The level in a sentence. */
export function levelSentence(level: Level): string {
  return `Level ${level}. ${GLOSSARY[level]}`;
}

/** A condition's status in a word. */
export function conditionStatusWord(status: ConditionSummary['status']): string {
  switch (status) {
    case 'verified':
      return 'verified';
    case 'contradicted':
      return 'contradicted';
    case 'untested':
      return 'not run yet';
  }
}
