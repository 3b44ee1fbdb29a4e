import { createResource, For, Show } from 'solid-js';
import { tokenize } from '../../frameql/tokens.ts';
import type { ArrowAnswer, Session } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { quoteText, type TextComparison, textComparisons } from '../query/filter-clause.ts';
import { nearestTexts } from '../query/nearest.ts';
import { type SchemaRows, zeroRowsPhrase } from '../query/zero-rows-phrase.ts';
import { useApp } from '../shell/app-context.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import { spelled } from '../words/spelled.ts';
import styles from './quiet-panel.module.css';

interface ZeroRowsProps {
  readonly question: string;
  readonly answer: ArrowAnswer;
}

const OFFERED = 5;

/** An answer without rows: which filter keeps nothing, and the values nearest to what was asked for. */
export function ZeroRows(props: ZeroRowsProps) {
  const app = useApp();
  const [nearest] = createResource(
    () => ({ question: props.question, schema: firstSchema(props.answer) }),
    async ({ question, schema }) => {
      const comparison = textComparisons(tokenize(question))[0];
      const session = app.sessions.session();
      if (comparison === undefined || session === null || schema === null) return null;
      const values = await valuesOf(session, comparison.name, schema);
      return { comparison, values: nearestTexts(comparison.value, values, OFFERED) };
    },
  );
  const withValue = ({ valueSpan }: TextComparison, value: string) =>
    `${props.question.slice(0, valueSpan.from)}${quoteText(value)}${props.question.slice(valueSpan.to)}`;
  return (
    <div class={styles.panel}>
      <p class={styles.sentence} data-testid="zero-rows">
        <PhraseView
          phrase={zeroRowsPhrase(props.question, rowsOf(props.answer, app.sessions.summary()), app.locale())}
        />
      </p>
      <Show when={nearest.state === 'ready' ? nearest() : null}>
        {(found) => (
          <Show when={found().values.length > 0}>
            <div class={styles.actions}>
              <span class={styles.sentence}>Nearest values:</span>
              <For each={found().values}>
                {(value) => (
                  <button
                    type="button"
                    class={button.bordered}
                    onClick={() => app.askNow(withValue(found().comparison, value))}
                  >
                    {value}
                  </button>
                )}
              </For>
            </div>
          </Show>
        )}
      </Show>
    </div>
  );
}

function firstSchema(answer: ArrowAnswer): string | null {
  return answer.provenance.series[0]?.atoms[0]?.schema ?? null;
}

function rowsOf(
  answer: ArrowAnswer,
  summary: { readonly schemas: readonly { readonly name: string; readonly source: string }[] } | null,
): SchemaRows | null {
  const schema = firstSchema(answer);
  if (schema === null) return null;
  const source = summary?.schemas.find((each) => each.name === schema)?.source ?? schema;
  return { schema, rows: answer.provenance.sources.find((each) => each.name === source)?.rows ?? null };
}

/** The distinct values of a dimension in a schema, asked of the session itself; none where it cannot tell. */
async function valuesOf(session: Session, dimension: string, schema: string): Promise<readonly string[]> {
  const name = spelled(dimension);
  try {
    const reply = await session.query(`SELECT ${name}, COUNT(*) AS n FROM ${spelled(schema)} AT ${name}`);
    if (!('rows' in reply)) return [];
    return reply.rows.map((row) => row[0]).filter((value) => typeof value === 'string');
  } catch {
    return [];
  }
}
