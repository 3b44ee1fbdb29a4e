import { For } from 'solid-js';
import { Dialog } from '../controls/dialog.tsx';
import { GLOSSARY } from '../words/glossary.ts';
import styles from './about.module.css';
import { useApp } from './app-context.ts';

const WORDS = ['Analytic Collection', 'metric family', 'anchor', 'entry', 'verification level'] as const;

/** What this page is, in a few sentences, and its words. */
export function About() {
  const app = useApp();
  return (
    <Dialog title="What is this?" onClose={() => app.openDialog(null)}>
      <div class={styles.about}>
        <p>
          Coframe answers questions about metrics from files, in this tab. A collection declares what the metrics mean;
          every question is proven from it before a number is read, or refused with the reason and what can be asked
          instead.
        </p>
        <p>
          Answers come from what was computed before when that is provably the same, else from a database that runs in a
          worker of this tab. Every figure says where it came from and how far it was checked.
        </p>
        <dl>
          <For each={WORDS}>
            {(word) => (
              <>
                <dt>{word}</dt>
                <dd>{GLOSSARY[word]}</dd>
              </>
            )}
          </For>
        </dl>
      </div>
    </Dialog>
  );
}
