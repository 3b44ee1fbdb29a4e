import { For, Show } from 'solid-js';
import type { Explanation } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { countOf } from '../format/count.ts';
import { LevelDots } from '../icons/glyph.tsx';
import { Icon } from '../icons/icon.tsx';
import { CopyText } from '../provenance/copy-text.tsx';
import { useApp } from '../shell/app-context.ts';
import { backendTitle } from '../words/backend.ts';
import { levelDots, levelSentence } from '../words/level.ts';
import { AtomSection } from './atom-section.tsx';
import { basisWord, graphSentences, proofSentence, withoutExplain } from './explain-words.ts';
import styles from './explanation.module.css';
import { PlanGraphView } from './plan-graph-view.tsx';
import { StatementsSection } from './statements-section.tsx';

interface ExplanationViewProps {
  /** As it was asked, with or without EXPLAIN. */
  readonly question: string;
  readonly explanation: Explanation;
}

/** What a question would do if it were run now: the plan as a graph, every state's way, statements and proofs. */
export function ExplanationView(props: ExplanationViewProps) {
  const app = useApp();
  const told = () => props.explanation;
  const backend = () => titleOf(told());
  const stored = () => told().atoms.filter((atom) => atom.route.entry !== null).length;
  const lead = () => {
    const { atoms } = told();
    const states = countOf(atoms.length, 'state', 'states', app.locale());
    if (stored() === atoms.length) return `${states} would be needed, all from stored entries: no database would run.`;
    const from = stored() === 0 ? '' : `, ${stored()} from stored entries`;
    return `${states} would be needed${from}; ${backend()} would compute ${stored() === 0 ? 'them' : 'the rest'}.`;
  };
  return (
    <article class={styles.view} data-testid="explanation" aria-labelledby="explanation-heading">
      <header class={styles.head}>
        <div>
          <h2 id="explanation-heading">What would happen now. Nothing was read.</h2>
          <p class={styles.lead}>{lead()}</p>
        </div>
        <button
          type="button"
          class={button.primary}
          data-testid="run-explained"
          onClick={() => app.askNow(withoutExplain(props.question))}
        >
          <Icon name="run" size={14} />
          Run the question
        </button>
      </header>
      <CopyText text={told().canonical} label="the question" />

      <section class={styles.section} aria-labelledby="explanation-plan">
        <h3 id="explanation-plan">The plan</h3>
        <PlanGraphView graph={told().graph} direction={app.layout() === 'phone' ? 'down' : 'right'} />
        <details class={styles.fold}>
          <summary>The plan as a list</summary>
          <ul class={styles.sentences} data-testid="plan-list">
            <For each={graphSentences(told().graph)}>{(sentence) => <li>{sentence}</li>}</For>
          </ul>
        </details>
        <details class={styles.fold}>
          <summary>Step by step</summary>
          <ol class={styles.steps}>
            <For each={told().steps}>
              {(step) => (
                <li>
                  {step.text}
                  <Show when={step.detail !== ''}>
                    <span class={styles.muted}> · {step.detail}</span>
                  </Show>
                </li>
              )}
            </For>
          </ol>
        </details>
      </section>

      <section class={styles.section} aria-labelledby="explanation-states">
        <h3 id="explanation-states">States it needs</h3>
        <For each={told().atoms}>
          {(atom) => (
            <AtomSection
              atom={atom}
              decision={
                told().schemas.find(({ subject, chosen }) => subject === atom.label && chosen === atom.schema) ?? null
              }
              backend={backend()}
              open={told().atoms.length === 1}
            />
          )}
        </For>
      </section>

      <StatementsSection statements={told().statements} atoms={told().atoms} />

      <section class={styles.section} aria-labelledby="explanation-proofs" data-testid="proofs">
        <h3 id="explanation-proofs">
          What it rests on
          <span
            class={styles.level}
            role="img"
            aria-label={levelSentence(told().level)}
            data-tip={levelSentence(told().level)}
          >
            {told().level} <LevelDots filled={levelDots(told().level)} />
          </span>
        </h3>
        <ul class={styles.proofs}>
          <For each={told().proofs} fallback={<li class={styles.muted}>Nothing but its own rows.</li>}>
            {(proof) => (
              <li>
                <span class={styles.mark} data-status={statusOf(proof)}>
                  <Icon name={iconOf(proof)} size={14} />
                </span>
                <span>
                  {proofSentence(proof)} <span class={styles.muted}>· {basisWord(proof)}</span>
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={told().missing.length > 0}>
          <p>Not yet attested; checked on the data before a number is read: {told().missing.join(', ')}.</p>
        </Show>
      </section>
    </article>
  );
}

function titleOf({ backend, statements }: Explanation): string {
  const computing = statements.find((each) => each.isDefault);
  return computing === undefined ? backend : backendTitle(computing.backend);
}

type Proof = Explanation['proofs'][number];

function statusOf({ basis, holds }: Proof): 'verified' | 'contradicted' | 'untested' {
  if (!holds) return 'contradicted';
  return basis === 'declared' ? 'untested' : 'verified';
}

function iconOf(proof: Proof): 'check' | 'alert' | 'untested' {
  switch (statusOf(proof)) {
    case 'verified':
      return 'check';
    case 'contradicted':
      return 'alert';
    case 'untested':
      return 'untested';
  }
}
