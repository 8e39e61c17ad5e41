import { count } from '../../../pure/format.ts';
import { percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';

/** The share of a tree's leaves that an exact search opens. */
export interface VisitedShare {
  readonly dimensions: number;
  /** Mean over some photos. */
  readonly opened: number;
  readonly leaves: number;
}

/** How much of a k-d tree is opened, by the number of dimensions. */
export function VisitedBars({ shares }: { shares: readonly VisitedShare[] }) {
  return (
    <div className="lab-plane tree-bars">
      <p className="muted">{t('lab.trees.visitedTitle')}</p>
      <dl>
        {shares.map(({ dimensions, opened, leaves }) => (
          <div key={dimensions}>
            <dt>{t('lab.trees.dimensions', { count: dimensions })}</dt>
            <dd>
              <span className="tree-bar" style={{ width: `${(70 * opened) / leaves}%` }} />
              <span data-testid="lab-visited">
                {percent(opened / leaves)}{' '}
                <span className="muted">
                  {t('lab.trees.ofLeaves', { opened: count(Math.round(opened)), count: leaves })}
                </span>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
