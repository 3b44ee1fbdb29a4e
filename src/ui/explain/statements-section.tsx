import { createSignal, For, Show } from 'solid-js';
import type { ExplainedAtom, Explanation } from '../../runtime/api.ts';
import { Tabs } from '../controls/tabs.tsx';
import { CopyText } from '../provenance/copy-text.tsx';
import { backendTitle } from '../words/backend.ts';
import { listOf, plainPhrase } from '../words/phrase.ts';
import { atomPhrase } from './explain-words.ts';
import styles from './explanation.module.css';

type Statement = Explanation['statements'][number];

interface StatementsSectionProps {
  readonly statements: readonly Statement[];
  readonly atoms: readonly ExplainedAtom[];
}

/** What each backend would be sent, were nothing stored. */
export function StatementsSection(props: StatementsSectionProps) {
  const backends = () => [...new Set(props.statements.map((each) => each.backend))];
  const first = () => props.statements.find((each) => each.isDefault)?.backend ?? backends()[0] ?? 'duckdb';
  const [chosen, setChosen] = createSignal<Statement['backend'] | null>(null);
  const shown = () => chosen() ?? first();
  const of = (statement: Statement) =>
    listOf(props.atoms.filter(({ key }) => statement.atoms.includes(key)).map((atom) => plainPhrase(atomPhrase(atom))));
  return (
    <section class={styles.section} aria-labelledby="explanation-statements" data-testid="statements">
      <h3 id="explanation-statements">Statements, were nothing stored</h3>
      <p class={styles.muted}>
        Once tables are loaded, a backend may group rows before it climbs: the answer is the same.
      </p>
      <Tabs
        id="statements"
        label="Backend"
        tabs={backends().map((backend) => ({ key: backend, label: backendTitle(backend) }))}
        selected={shown()}
        onSelect={setChosen}
      />
      <For each={backends()}>
        {(backend) => (
          <div
            id={`statements-panel-${backend}`}
            role="tabpanel"
            aria-labelledby={`statements-tab-${backend}`}
            class={styles.panel}
            hidden={backend !== shown()}
          >
            <For each={props.statements.filter((each) => each.backend === backend)}>
              {(statement) => (
                <div class={styles.statement}>
                  <p class={styles.muted}>{of(statement)}</p>
                  <CopyText text={statement.text} label={`the statement for ${backendTitle(backend)}`} />
                  <Show when={statement.tabulated.length > 0}>
                    <p class={styles.muted}>
                      … stands for values that are not known yet: the distinct values of{' '}
                      <code>{statement.tabulated.join(', ')}</code> are read first, since a function of them stands
                      here.
                    </p>
                  </Show>
                </div>
              )}
            </For>
          </div>
        )}
      </For>
    </section>
  );
}
