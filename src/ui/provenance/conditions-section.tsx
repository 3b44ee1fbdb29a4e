import { For, Match, Show, Switch } from 'solid-js';
import type { ConditionSummary } from '../../runtime/api.ts';
import { LevelDots } from '../icons/glyph.tsx';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { conditionStatusWord, type Level, levelDots, levelSentence } from '../words/level.ts';
import { countsWords } from '../words/provenance.ts';
import styles from './provenance.module.css';

interface ConditionsSectionProps {
  readonly level: Level;
  readonly conditions: readonly ConditionSummary[];
}

/** The level of the answer, and each condition it rests on with what the check found. */
export function ConditionsSection(props: ConditionsSectionProps) {
  const app = useApp();
  const open = () => props.conditions.filter((condition) => condition.status !== 'verified');
  const sorted = () => [...open(), ...props.conditions.filter((condition) => condition.status === 'verified')];
  return (
    <details class={styles.section} data-key="section:level">
      <summary>
        Level {props.level}
        <LevelDots filled={levelDots(props.level)} />
        <span class={styles.way}>{verifiedWords(props.conditions)}</span>
      </summary>
      <div class={styles.content}>
        <p>{levelSentence(props.level)}</p>
        <ul class={styles.list}>
          <For each={sorted()}>
            {(condition) => (
              <li class={styles.condition}>
                <span class={styles.mark} data-status={condition.status}>
                  <Switch>
                    <Match when={condition.status === 'verified'}>
                      <Icon name="check" size={14} />
                    </Match>
                    <Match when={condition.status === 'contradicted'}>
                      <Icon name="alert" size={14} />
                    </Match>
                    <Match when={condition.status === 'untested'}>
                      <Icon name="untested" size={14} />
                    </Match>
                  </Switch>
                </span>
                <div>
                  {condition.label}
                  <span class={styles.muted}>
                    {' '}
                    · {condition.id} {conditionStatusWord(condition.status)}
                    <Show when={countsWords(condition.counts, app.locale()) !== ''}>
                      , {countsWords(condition.counts, app.locale())}
                    </Show>
                  </span>
                </div>
              </li>
            )}
          </For>
        </ul>
      </div>
    </details>
  );
}

function verifiedWords(conditions: readonly ConditionSummary[]): string {
  const verified = conditions.filter((condition) => condition.status === 'verified').length;
  return `${verified} of ${conditions.length} verified`;
}
