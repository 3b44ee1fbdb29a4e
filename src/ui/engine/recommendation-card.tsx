import { createSignal, Show } from 'solid-js';
import type { Recommendation } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { writeClipboard } from '../controls/clipboard.ts';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { anchorText, listOf } from '../words/phrase.ts';
import styles from './recommendations-panel.module.css';

/** One anchor worth a hint: the evidence, and the YAML to paste. */
export function RecommendationCard(props: { readonly recommendation: Recommendation }) {
  const app = useApp();
  const [copied, setCopied] = createSignal('');
  const title = () => `${props.recommendation.family} @ ${anchorText(props.recommendation.anchor)}`;
  const days = () => {
    const { days } = props.recommendation;
    return days < 1 ? 'less than a day' : countOf(Math.round(days * 10) / 10, 'day', 'days', app.locale());
  };
  const copy = async () => {
    try {
      await writeClipboard(props.recommendation.yaml);
      setCopied('Copied');
      app.announce(`Copied the cache_hint of ${title()}.`);
    } catch (error) {
      setCopied(error instanceof Error ? error.message : 'Not copied.');
    }
  };
  return (
    <article class={styles.card} aria-label={title()}>
      <h2>
        <code>{title()}</code>
      </h2>
      <dl class={styles.evidence}>
        <div>
          <dt>Asked</dt>
          <dd>
            {countOf(props.recommendation.hits, 'hit', 'hits', app.locale())} in {days()}
          </dd>
        </div>
        <div>
          <dt>Rate</dt>
          <dd>{Math.round(props.recommendation.hitsPerDay * 10) / 10} a day</dd>
        </div>
        <div>
          <dt>Saved so far</dt>
          <dd>{formatDuration(props.recommendation.millisecondsSaved)}</dd>
        </div>
        <div>
          <dt>Would have saved with the hint</dt>
          <dd>{formatDuration(props.recommendation.millisecondsWouldSave)}</dd>
        </div>
        <div>
          <dt>Costs</dt>
          <dd>
            <Show when={props.recommendation.bytes !== null} fallback="not known before it is made">
              {formatBytes(props.recommendation.bytes ?? 0)}
            </Show>
          </dd>
        </div>
        <div>
          <dt>What is stored</dt>
          <dd>{listOf(props.recommendation.states)}</dd>
        </div>
      </dl>
      <div class={styles.yaml}>
        <p>
          In the collection’s YAML, under <code>name: {props.recommendation.family}</code>; it takes the place of a{' '}
          <code>cache_hint</code> that stands there.
        </p>
        <pre tabindex={0} data-testid="hint-yaml">
          {props.recommendation.yaml}
        </pre>
        <button type="button" class={button.bordered} aria-label={`Copy the YAML of ${title()}`} onClick={copy}>
          <Icon name="copy" size={14} /> Copy
        </button>
        <Show when={copied() !== ''}>
          <span class={styles.copied}>{copied()}</span>
        </Show>
      </div>
    </article>
  );
}
