import { type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { type Token, tokenize } from '../../frameql/tokens.ts';
import type { WordClass } from './word-class.ts';

export type WordClasses = ReadonlyMap<string, WordClass>;

/** Tells the editor what names mean, once the collection is known or when it changes. */
export const setWordClasses = StateEffect.define<WordClasses>();

interface Highlighting {
  readonly classes: WordClasses;
  readonly decorations: DecorationSet;
}

/** Colours every token by the project's own tokenizer; a question is short, so the whole text is read each time. */
export const highlighting = StateField.define<Highlighting>({
  create: (state) => ({ classes: new Map(), decorations: decorate(state.doc.toString(), new Map()) }),
  update(value, transaction) {
    let { classes } = value;
    for (const effect of transaction.effects) if (effect.is(setWordClasses)) classes = effect.value;
    if (classes === value.classes && !transaction.docChanged) return value;
    return { classes, decorations: decorate(transaction.newDoc.toString(), classes) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.decorations),
});

function decorate(text: string, classes: WordClasses): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const tokens = tokenize(text);
  for (const [index, token] of tokens.entries()) {
    const isCalled = token.kind === 'name' && (tokens[index + 1]?.text === '(' || tokens[index - 1]?.text === '.');
    const name = isCalled ? 'fq-call' : tokenClass(token, classes);
    if (name !== null && token.span.to > token.span.from) {
      ranges.push(Decoration.mark({ class: name }).range(token.span.from, token.span.to));
    }
  }
  return Decoration.set(ranges);
}

function tokenClass(token: Token, classes: WordClasses): string | null {
  switch (token.kind) {
    case 'keyword':
      return 'fq-keyword';
    case 'number':
      return 'fq-number';
    case 'string':
      return 'fq-string';
    case 'comment':
      return 'fq-comment';
    case 'name':
    case 'quoted':
      return nameClass(classes.get(unquoted(token)));
    case 'operator':
    case 'punctuation':
    case 'error':
      return null;
  }
}

function unquoted(token: Token): string {
  return token.kind === 'quoted' ? token.text.replace(/^"|"$/g, '').replaceAll('""', '"') : token.text;
}

function nameClass(word: WordClass | undefined): string | null {
  switch (word) {
    case 'family':
      return 'fq-family';
    case 'dimension':
    case 'attribute':
      return 'fq-dimension';
    case 'schema':
    case undefined:
      return null;
  }
}
