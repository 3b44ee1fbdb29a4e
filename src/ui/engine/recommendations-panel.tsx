import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { Recommendation, RecommendationThresholds } from '../../runtime/api.ts';
import empty from '../controls/empty.module.css';
import { useApp } from '../shell/app-context.ts';
import { RecommendationCard } from './recommendation-card.tsx';
import styles from './recommendations-panel.module.css';
import { DEFAULTS, ThresholdsForm } from './thresholds-form.tsx';

/** Anchors worth a `cache_hint`: from when on, which, and the YAML to paste. */
export function RecommendationsPanel() {
  const app = useApp();
  const { sessions } = app;
  const [thresholds, setThresholds] = createSignal<RecommendationThresholds>(DEFAULTS);
  const [found, setFound] = createSignal<readonly Recommendation[] | null>(null);
  const [trouble, setTrouble] = createSignal('');
  let asked = 0;

  const ask = async (): Promise<readonly Recommendation[] | null> => {
    const session = sessions.session();
    if (session === null) return null;
    asked += 1;
    const present = asked;
    try {
      const next = await session.engine.recommendations(thresholds());
      // An earlier answer that comes later is of other thresholds.
      if (present !== asked) return null;
      setTrouble('');
      return setFound(next);
    } catch (error) {
      if (present === asked) setTrouble(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  createEffect(on([sessions.session, sessions.entries], () => void ask()));
  const apply = async (next: RecommendationThresholds) => {
    setThresholds(next);
    const told = await ask();
    if (told !== null) app.announce(told.length === 1 ? '1 recommendation.' : `${told.length} recommendations.`);
  };

  return (
    <div class={styles.panel}>
      <p class={styles.about}>
        What is asked for often, and no <code>cache_hint</code> declares. A hint has warm-up fill it before anyone asks,
        and it is the last to go when space is needed.
      </p>
      <ThresholdsForm onApply={(next) => void apply(next)} />
      <Show when={trouble() !== ''}>
        <p class={styles.trouble} role="alert">
          {trouble()}
        </p>
      </Show>
      <Show when={found()}>
        {(told) => (
          <Show
            when={told().length > 0}
            fallback={
              <p class={empty.empty}>
                {sessions.summary()?.engineOff
                  ? 'Nothing to recommend while the engine is off: no use is counted.'
                  : emptyWords(thresholds())}
              </p>
            }
          >
            <ul class={styles.list} data-testid="recommendations">
              <For each={told()}>
                {(recommendation) => (
                  <li>
                    <RecommendationCard recommendation={recommendation} />
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </div>
  );
}

/** What would have to happen for something to be recommended. */
function emptyWords({ min_hits, min_age_days, min_hits_per_day }: RecommendationThresholds): string {
  const times = `${min_hits} ${min_hits === 1 ? 'time' : 'times'}`;
  const days = `${min_age_days} ${min_age_days === 1 ? 'day' : 'days'}`;
  return (
    `Nothing to recommend. An anchor that no cache_hint declares would have to be asked for at least ${times}, ` +
    `be stored for at least ${days}, and be asked for at least ${min_hits_per_day} ${min_hits_per_day === 1 ? 'time' : 'times'} a day. ` +
    'Lower the thresholds to see what comes nearest.'
  );
}
