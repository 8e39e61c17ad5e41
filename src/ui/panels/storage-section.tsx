import { Meter } from '@base-ui/react/meter';
import { useCallback, useEffect } from 'react';
import { Button } from '../parts/button.tsx';
import { TrashIcon } from '../parts/icons.tsx';
import { bytes, count, plural } from '../pure/format.ts';
import { useUi } from '../state/ui.ts';
import { useLoad } from '../state/use-load.ts';
import { useObservable } from '../state/use-observable.ts';
import { Figure } from './figure.tsx';

/** What the library takes, whether the browser promised to keep it, and how to be rid of it. */
export function StorageSection({ onClose }: { onClose: () => void }) {
  const { akin, actions, ask, navigation, people } = useUi();
  const gallery = useObservable(akin.gallery);
  const stats = useLoad(useCallback(() => akin.stats(), [akin]));
  const { reload } = stats;
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again when photos come or go
  useEffect(reload, [gallery.length, reload]);

  const all = (stats.value?.photos ?? gallery.length) + (stats.value?.binned ?? 0);
  const clear = async () => {
    const agreed = await ask({
      title: 'Delete everything?',
      body:
        all > 0
          ? `${plural(all, 'photo')} and everything Akin knows about them will be deleted from this device, including those in the bin, and so will models that you added. The files you added them from are not touched.`
          : 'There are no photos, but Akin still keeps settings, failed files, models that you added, or what you said about people. All of it will be deleted from this device.',
      confirm: all > 0 ? `Delete ${plural(all, 'photo')}` : 'Delete everything',
      tick: 'I understand that this can’t be undone.',
    });
    if (!agreed) return;
    onClose();
    navigation.home();
    await actions.clear();
    people.forget();
  };

  return (
    <section className="setting">
      <h3>Storage</h3>
      {stats.error && <p role="alert">{stats.error.message}</p>}
      {stats.value && (
        <>
          {stats.value.quotaBytes > 0 && (
            <Meter.Root
              className="quota"
              value={stats.value.usedBytes}
              max={stats.value.quotaBytes}
              aria-label="Storage used"
              getAriaValueText={() =>
                `${bytes(stats.value.usedBytes)} of ${bytes(stats.value.quotaBytes)}`
              }
            >
              <p>
                {bytes(stats.value.usedBytes)}{' '}
                <span className="muted">
                  used of the {bytes(stats.value.quotaBytes)} the browser grants
                </span>
              </p>
              <Meter.Track className="quota-track">
                <Meter.Indicator className="quota-indicator" />
              </Meter.Track>
            </Meter.Root>
          )}
          <p className="muted">
            {stats.value.persisted
              ? 'The browser has promised to keep your library until you delete it.'
              : 'The browser may delete your library if the disk gets full. Installing Akin, or using it often, makes browsers promise to keep it.'}
          </p>
          <dl className="figures">
            <Figure name="Photos" value={count(stats.value.photos)} />
            <Figure name="In the bin" value={count(stats.value.binned)} />
          </dl>
        </>
      )}
      <div className="setting-buttons">
        <Button
          onClick={() => {
            onClose();
            navigation.push({ view: 'bin' });
          }}
        >
          <TrashIcon /> Open the bin
        </Button>
        <Button
          className="button-risky"
          disabled={stats.value?.empty === true && gallery.length === 0}
          onClick={() => void clear()}
        >
          Delete everything…
        </Button>
      </div>
    </section>
  );
}
