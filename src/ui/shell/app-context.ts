import { type Accessor, createContext, useContext } from 'solid-js';
import type { Editor } from '../editor/editor.ts';
import type { CrossChecker } from '../query/cross-checker.ts';
import type { CheckedText } from '../query/diagnosis.ts';
import type { Example } from '../query/examples.ts';
import type { History } from '../query/history.ts';
import type { Question } from '../query/question.ts';
import type { Theme } from '../theme/theme.ts';
import type { Layout } from './layout.ts';
import type { Router } from './router.ts';
import type { SessionStore } from './session-store.ts';

/** Which dialog is open. */
export type OpenDialog = 'palette' | 'keys' | 'about' | 'fields' | 'more' | null;

/** What is being written for the editor by something other than typing, while there is such a thing. */
export interface Writing {
  /** Resolves when all of it stands in the editor. */
  settled: (() => Promise<void>) | null;
}

/** What the components of the page share. */
export interface App {
  readonly sessions: SessionStore;
  readonly router: Router;
  readonly layout: Accessor<Layout>;
  readonly editor: Editor;
  readonly question: Question;
  readonly crossChecker: CrossChecker;
  readonly writing: Writing;
  readonly checked: Accessor<CheckedText | null>;
  readonly history: History;
  readonly examples: Accessor<readonly Example[]>;
  readonly locale: Accessor<string>;
  readonly setLocale: (locale: string | null) => void;
  readonly theme: Accessor<Theme>;
  readonly setTheme: (theme: Theme) => void;
  readonly dialog: Accessor<OpenDialog>;
  readonly openDialog: (dialog: OpenDialog) => void;
  /** Whether single letters are commands outside text fields. */
  readonly letterKeys: Accessor<boolean>;
  readonly setLetterKeys: (on: boolean) => void;
  /** Requests to other origins, the workers' included. */
  readonly foreignRequests: Accessor<number>;
  /** The first answer is there, or long enough in coming: what it need not wait for may be fetched. */
  readonly settled: Accessor<boolean>;
  /** Wall-clock milliseconds, told anew every half minute, for ages. */
  readonly now: Accessor<number>;
  /** Asks what stands in the editor, once all that is being written does. */
  readonly run: () => void;
  /** Explains what stands in the editor: what it would do, without doing it. */
  readonly explain: () => void;
  /** Puts a question in the editor and asks it. */
  readonly askNow: (question: string) => void;
  /** Says something through the live region. */
  readonly announce: (message: string) => void;
}

export const AppContext = createContext<App>();

/** The shared state. Throws outside the page's tree: a defect of the caller. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('useApp: the component stands outside the page');
  return app;
}
