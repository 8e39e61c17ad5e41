import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './list-end.css';

interface ListEndProps {
  /** Whether nothing is listed above. */
  empty: boolean;
  /** How close the best match is, in words; `null` if that is said elsewhere. */
  closest: string | null;
  onMore: () => void;
}

/** The end of a list of results, beyond which is noise. */
export function ListEnd({ empty, closest, onMore }: ListEndProps) {
  return (
    <div className={empty ? 'list-end list-end-empty' : 'list-end'} data-testid="list-end">
      <p>{t(empty ? 'query.nothing' : 'query.nothingElse')}</p>
      {closest !== null && <p className="muted">{t('query.closest', { level: closest })}</p>}
      <Button look={empty ? 'plain' : 'quiet'} onClick={onMore}>
        {t('common.showMore')}
      </Button>
    </div>
  );
}
