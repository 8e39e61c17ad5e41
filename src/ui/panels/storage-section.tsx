import { Meter } from '@base-ui/react/meter';
import { useCallback, useEffect } from 'react';
import { Button } from '../parts/button.tsx';
import { DownloadIcon, TrashIcon } from '../parts/icons.tsx';
import { bytes, count } from '../pure/format.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import { Figure, muted } from './figure.tsx';

/** Storage usage, persistence status and deletion of the library. */
export function StorageSection({ onClose }: { onClose: () => void }) {
  const { akin, actions, ask, navigation, openPanel, people } = useUi();
  const gallery = useObservable(akin.gallery);
  const stats = useLoad(useCallback(() => akin.stats(), [akin]));
  const { reload } = stats;
  // biome-ignore lint/correctness/useExhaustiveDependencies: recount when photos are added or removed
  useEffect(reload, [gallery.length, reload]);

  const all = (stats.value?.photos ?? gallery.length) + (stats.value?.trashed ?? 0);
  const clear = async () => {
    const agreed = await ask({
      title: t('storage.deleteTitle'),
      body: all > 0 ? t('storage.deleteBody', { count: all }) : t('storage.deleteBodyEmpty'),
      confirm: all > 0 ? t('storage.deletePhotos', { count: all }) : t('storage.delete'),
      tick: t('storage.deleteTick'),
      decline: t('common.cancel'),
    });
    if (!agreed) return;
    onClose();
    navigation.home();
    await actions.clear();
    people.forget();
  };

  const used = {
    used: bytes(stats.value?.usedBytes ?? 0),
    quota: bytes(stats.value?.quotaBytes ?? 0),
  };
  return (
    <section className="setting">
      {stats.error && <p role="alert">{errorText(stats.error)}</p>}
      {stats.value && (
        <>
          {stats.value.quotaBytes > 0 && (
            <Meter.Root
              className="quota"
              value={stats.value.usedBytes}
              max={stats.value.quotaBytes}
              aria-label={t('storage.used')}
              getAriaValueText={() => t('storage.usedOf', used)}
            >
              <p>{t.rich('storage.usedText', { ...used, muted })}</p>
              <Meter.Track className="quota-track">
                <Meter.Indicator className="quota-indicator" />
              </Meter.Track>
            </Meter.Root>
          )}
          <p className="muted">
            {t(stats.value.persisted ? 'storage.persisted' : 'storage.notPersisted')}
          </p>
          <dl className="figures">
            <Figure name={t('storage.photos')} value={count(stats.value.photos)} />
            <Figure name={t('storage.inTrash')} value={count(stats.value.trashed)} />
          </dl>
        </>
      )}
      <div className="setting-buttons">
        <Button
          onClick={() => {
            onClose();
            navigation.push({ view: 'trash' });
          }}
        >
          <TrashIcon /> {t('storage.openTrash')}
        </Button>
        <Button disabled={gallery.length === 0} onClick={() => openPanel('export-vectors')}>
          <DownloadIcon /> {t('export.open')}
        </Button>
        <Button
          className="button-risky"
          disabled={stats.value?.empty === true && gallery.length === 0}
          onClick={() => void clear()}
        >
          {t('storage.deleteAll')}
        </Button>
      </div>
    </section>
  );
}
