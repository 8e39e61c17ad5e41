import type { ImportFailure } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { RetryIcon } from '../parts/icons.tsx';
import { bytes, cleanName } from '../pure/format.ts';
import { canRetry } from '../pure/gallery/can-retry.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import { type PanelProps, PanelShell } from './panel.tsx';
import './problems.css';

/** Rows rendered at once, so that a folder of 20,000 non-image files doesn't block the page. */
const SHOWN = 200;

/** Lists the files that failed to import, each with its reason and remedy. */
export default function Problems({ onClose, children }: PanelProps) {
  const { akin, actions } = useUi();
  const failures = useObservable(akin.failures);
  const retriable = failures.filter(canRetry).map(({ id }) => id);
  return (
    <PanelShell title={t('problems.title')} onClose={onClose} question={children}>
      {failures.length === 0 ? (
        <p className="muted">{t('problems.empty')}</p>
      ) : (
        <>
          <div className="problems-all">
            <p className="muted">{t('problems.files', { count: failures.length })}</p>
            <Button look="quiet" onClick={() => void actions.dismiss()}>
              {t('problems.dismissAll')}
            </Button>
            {retriable.length > 0 && (
              <Button onClick={() => void actions.retry(retriable)}>
                <RetryIcon /> {t('problems.retryAll')}
              </Button>
            )}
          </div>
          <ul className="problems">
            {failures.slice(0, SHOWN).map((failure) => (
              <Problem key={failure.id} failure={failure} />
            ))}
          </ul>
          {failures.length > SHOWN && (
            <p className="muted">{t('common.moreFiles', { count: failures.length - SHOWN })}</p>
          )}
        </>
      )}
    </PanelShell>
  );
}

function Problem({ failure }: { failure: ImportFailure }) {
  const { actions } = useUi();
  const name = cleanName(failure.name);
  const isFolder = failure.code === 'unreadable-folder';
  const where = [isFolder ? t('problems.folder') : bytes(failure.bytes)];
  if (failure.path !== '') where.push(cleanName(failure.path));
  return (
    <li className="problem" data-testid="problem">
      <div className="problem-words">
        <p className="problem-name" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className="muted">{errorText(failure)}</p>
        <p className="problem-where muted">{where.join(' · ')}</p>
      </div>
      <div className="problem-buttons">
        {canRetry(failure) && (
          <button
            type="button"
            className="link-button"
            aria-label={t('problems.retryNamed', { name })}
            onClick={() => void actions.retry([failure.id])}
          >
            {t('common.tryAgain')}
          </button>
        )}
        <button
          type="button"
          className="link-button muted"
          aria-label={t('problems.dismissNamed', { name })}
          onClick={() => void actions.dismiss([failure.id])}
        >
          {t('common.dismiss')}
        </button>
      </div>
    </li>
  );
}
