import { useCallback, useState } from 'react';
import type { CalibrationInfo } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { bytes, count } from '../../pure/format.ts';
import { attempt } from '../../state/actions/attempt.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useVersionedLoad } from '../../state/hooks/use-versioned-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';

/** What was adopted: at most three, of which one may be in use. */
export function KeptCalibrations() {
  const { akin, ask, showToast } = useUi();
  const { teach } = akin;
  const { value: kept } = useVersionedLoad(
    teach.version,
    useCallback(() => teach.calibrations(), [teach]),
  );
  const work = useObservable(teach.work);
  const [busy, setBusy] = useState(false);
  if (!kept || kept.length === 0) return null;

  const run = async (what: string, change: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    await attempt(showToast, what, change);
    setBusy(false);
  };
  const choose = (id: string | null) => run(t('teach.chooseFailed'), () => teach.choose(id));
  const remove = async ({ id, title, bytes: size }: CalibrationInfo) => {
    const agreed = await ask({
      title: t('teach.removeTitle', { title }),
      body: t('teach.removeBody', { size: bytes(size) }),
      confirm: t('teach.remove'),
      decline: t('common.cancel'),
    });
    if (agreed) await run(t('teach.removeFailed'), () => teach.remove(id));
  };
  const stateOf = ({ id, isChosen, isReady, photos }: CalibrationInfo) => {
    if (isChosen) return t('teach.inUse');
    if (isReady) return null;
    if (work.state === 'idle' || work.id !== id) return t('teach.waiting');
    if (work.state === 'failed') return errorText(work);
    const done = Math.max(photos, work.done);
    return t('teach.filling', { done: count(done), total: count(work.total) });
  };

  return (
    <section aria-labelledby="kept-heading">
      <h3 id="kept-heading" className="trial-part">
        {t('teach.kept')}
      </h3>
      <ul className="teach-kept">
        {kept.map((each) => (
          <li key={each.id} className="index-box" data-testid="calibration">
            <div className="teach-kept-text">
              <p className="teach-kept-title">
                <bdi>{each.title}</bdi>
              </p>
              <p className="muted">
                {[
                  stateOf(each),
                  t(`teach.method.${each.method}`),
                  t('common.photos', { count: each.photos }),
                  bytes(each.bytes),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            </div>
            {each.isChosen ? (
              <Button onClick={() => void choose(null)}>{t('teach.goBack')}</Button>
            ) : (
              <>
                {each.isReady && (
                  <Button look="primary" onClick={() => void choose(each.id)}>
                    {t('teach.choose')}
                  </Button>
                )}
                <Button look="quiet" onClick={() => void remove(each)}>
                  {t(each.isReady ? 'teach.remove' : 'common.cancel')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
