import { type Accessor, batch, createSignal } from 'solid-js';
import type { ArrowAnswer, Explanation, Progress, Refusal, Session } from '../../runtime/api.ts';
import type { FrameView } from '../result/frame.ts';
import { type Defect, defectOf } from '../words/defect.ts';

/** How the last question ended. */
export type Outcome =
  | {
      readonly kind: 'served';
      readonly question: string;
      readonly answer: ArrowAnswer;
      readonly frame: FrameView;
      /** From asking the session to having its answer, in milliseconds. */
      readonly milliseconds: number;
      /** The sources turned out to have changed, and this took the place of an earlier answer. */
      readonly replaced: boolean;
    }
  | { readonly kind: 'refused'; readonly question: string; readonly refusal: Refusal }
  | { readonly kind: 'explained'; readonly question: string; readonly explanation: Explanation }
  | { readonly kind: 'cancelled'; readonly question: string; readonly milliseconds: number }
  | { readonly kind: 'defect'; readonly question: string; readonly defect: Defect };

/** A question that is being answered. */
export interface Running {
  readonly question: string;
  readonly startedAt: number;
  /** Long enough to be worth showing. */
  readonly slow: boolean;
  readonly progress: Progress | null;
}

export interface Question {
  readonly outcome: Accessor<Outcome | null>;
  readonly running: Accessor<Running | null>;
  /** Asks for the answer, or for what it would take. A question that is still running is cancelled first. */
  ask(question: string, what?: 'answer' | 'explanation'): Promise<void>;
  /** Stops the running question: the page is free at once. */
  cancel(): void;
  /** Asks the served question once more where checks that have run since may prove it further. */
  proveFurther(): void;
}

/** What is asked of the rest of the page. */
export interface QuestionOptions {
  readonly whenOpen: () => Promise<Session>;
  /** Called when a question has ended, however it did. */
  readonly onEnd: (outcome: Outcome) => void;
}

/** A run that is shorter than this shows nothing of itself, in milliseconds. */
const SLOW_AFTER = 150;

/** Asks questions one at a time and keeps the last outcome. */
export function createQuestion({ whenOpen, onEnd }: QuestionOptions): Question {
  const [outcome, setOutcome] = createSignal<Outcome | null>(null);
  const [running, setRunning] = createSignal<Running | null>(null);
  let current: AbortController | null = null;

  const end = (next: Outcome) => {
    current = null;
    batch(() => {
      setRunning(null);
      setOutcome(next);
    });
    onEnd(next);
  };

  const ask = async (text: string, what: 'answer' | 'explanation' = 'answer') => {
    const question = text.trim();
    if (question === '') return;
    current?.abort();
    const controller = new AbortController();
    current = controller;
    const present = () => current === controller;
    setRunning({ question, startedAt: performance.now(), slow: false, progress: null });
    const timer = setTimeout(() => {
      if (present()) setRunning((run) => run && { ...run, slow: true });
    }, SLOW_AFTER);
    try {
      const frames = import('../result/frame.ts');
      const session = await whenOpen();
      if (!present()) return;
      const asked = performance.now();
      const answer = () =>
        session.query(question, {
          format: 'arrow',
          signal: controller.signal,
          onProgress: (progress) => {
            if (present()) setRunning((run) => run && { ...run, progress });
          },
          onReplaced: async (later) => {
            const last = outcome();
            const latest = current === null && (last?.kind === 'served' || last?.kind === 'refused');
            if (!latest || last.question !== question || 'rows' in later) return;
            const { openFrame } = await frames;
            end(ended(question, later, openFrame, 0, true));
          },
        });
      const reply = await (what === 'answer' ? answer() : session.explain(question));
      const milliseconds = performance.now() - asked;
      if (!present()) return;
      const { openFrame } = await frames;
      if (present()) end(ended(question, reply, openFrame, milliseconds, false));
    } catch (error) {
      if (present()) end({ kind: 'defect', question, defect: defectOf(error) });
    } finally {
      clearTimeout(timer);
    }
  };

  const cancel = () => {
    const run = running();
    if (current === null || run === null) return;
    current.abort();
    end({ kind: 'cancelled', question: run.question, milliseconds: performance.now() - run.startedAt });
  };

  const proveFurther = () => {
    const last = outcome();
    if (current === null && last?.kind === 'served' && last.answer.level !== 'AAA') void ask(last.question);
  };

  return { outcome, running, ask, cancel, proveFurther };
}

function ended(
  question: string,
  reply: ArrowAnswer | Refusal | Explanation,
  openFrame: (ipc: ArrayBuffer) => FrameView,
  milliseconds: number,
  replaced: boolean,
): Outcome {
  if ('ipc' in reply) {
    return { kind: 'served', question, answer: reply, frame: openFrame(reply.ipc), milliseconds, replaced };
  }
  if (reply.mood === 'explain') return { kind: 'explained', question, explanation: reply };
  return { kind: 'refused', question, refusal: reply };
}
