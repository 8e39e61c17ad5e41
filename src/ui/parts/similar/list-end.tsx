import type { ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './list-end.css';

interface ListEndProps {
  /** Whether nothing is listed above. */
  empty: boolean;
  /** What was searched for, if that is not beside the list. */
  picture?: ReactNode;
  /** How close the best match is, in words; `null` if that is said elsewhere. */
  closest: string | null;
  onMore: () => void;
}

/** The end of a list of results, beyond which is noise. */
export function ListEnd({ empty, picture, closest, onMore }: ListEndProps) {
  return (
    <div
      className={empty ? 'list-end list-end-empty' : 'list-end'}
      role={empty ? 'status' : undefined}
      data-testid="list-end"
    >
      {picture && <span className="list-end-picture">{picture}</span>}
      <p className="list-end-title">{t(empty ? 'query.nothing' : 'query.nothingElse')}</p>
      {closest !== null && <p className="muted">{t('query.closest', { level: closest })}</p>}
      <Button look={empty ? 'plain' : 'quiet'} onClick={onMore}>
        {t('common.showMore')}
      </Button>
    </div>
  );
}
