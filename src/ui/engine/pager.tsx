import button from '../controls/button.module.css';
import { formatCount } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import styles from './pager.module.css';

interface PagerProps {
  /** Of all, from 0. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which part of a long list is shown, and the way to the others. */
export function Pager(props: PagerProps) {
  const app = useApp();
  const count = (value: number) => formatCount(value, app.locale());
  const pages = () => Math.ceil(props.total / props.pageSize);
  const from = () => props.page * props.pageSize + 1;
  const to = () => Math.min(props.total, from() + props.pageSize - 1);
  const Go = (about: { readonly name: string; readonly to: number; readonly off: boolean }) => (
    <button type="button" class={button.bordered} disabled={about.off} onClick={() => props.onPage(about.to)}>
      {about.name}
    </button>
  );
  return (
    <nav class={styles.pager} aria-label="Pages of entries">
      <Go name="First" to={0} off={props.page === 0} />
      <Go name="Previous" to={props.page - 1} off={props.page === 0} />
      <span data-testid="page-range">
        {count(from())}–{count(to())} of {count(props.total)}
      </span>
      <Go name="Next" to={props.page + 1} off={props.page >= pages() - 1} />
      <Go name="Last" to={pages() - 1} off={props.page >= pages() - 1} />
    </nav>
  );
}
