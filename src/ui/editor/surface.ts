import type { Span } from '../../canon/issue.ts';
import type { CollectionSummary } from '../../runtime/api.ts';

/** What would put something right: the whole question in its place. */
export interface EditorFix {
  readonly label: string;
  readonly query: string;
}

/** A place in the text that has something wrong with it. */
export interface EditorMark {
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly EditorFix[];
}

/** What both the text box and the code editor can do. */
export interface EditorSurface {
  /** Replaces the whole text, in one step that undo takes back. */
  replace(text: string): void;
  /** Puts text in place of the selection. */
  insert(text: string): void;
  focus(): void;
  hasFocus(): boolean;
  /** Whether Esc means something here already (an open list or box). */
  busy(): boolean;
  /** Selects a part of the text and brings it into view. */
  select(span: Span): void;
  /** Underlines places; earlier ones go. */
  mark(marks: readonly EditorMark[]): void;
  /** Puts the question into its canonical form over lines, or says why not. */
  format(): void;
  /** Tells what names mean. */
  learn(summary: CollectionSummary | null): void;
  close(): void;
}
