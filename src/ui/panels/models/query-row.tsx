import type { SearchHit, TrialQuery } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { differences, SHOWN_HITS } from '../../pure/settings/trial-text.ts';
import { t } from '../../text/t.ts';
import '../../parts/grid/tile.css';

interface QueryRowProps {
  query: TrialQuery;
  /** 1-based. */
  place: number;
  /** Title of the current model. */
  current: string;
}

/** A query photo beside the top hits of both models. */
export function QueryRow({ query, place, current }: QueryRowProps) {
  const only = differences(query);
  return (
    <li className="query" data-testid="trial-query">
      <span className="query-photo">
        <ThumbImage id={query.photoId} unnamed={t('models.photoNumbered', { place })} />
      </span>
      <Lane title={current} hits={query.current} only={only.current} />
      <Lane title={t('models.yourModel')} hits={query.tried} only={only.tried} />
    </li>
  );
}

interface LaneProps {
  title: string;
  hits: readonly SearchHit[];
  only: ReadonlySet<number>;
}

function Lane({ title, hits, only }: LaneProps) {
  return (
    <div className="query-lane">
      <p className="query-title muted">{title}</p>
      <ul aria-label={title}>
        {hits.slice(0, SHOWN_HITS).map(({ id }) => (
          <li key={id} className="query-hit" data-only={only.has(id) || undefined}>
            <ThumbImage id={id} unnamed={t('models.photo')} />
            {only.has(id) && <span className="visually-hidden">{t('models.onlyHere')}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
