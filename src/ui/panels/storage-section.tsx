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
      body: `${plural(all, 'photo')} and all that Akin knows of them will be deleted from this device, those in the bin too. The files you brought them from are not touched.`,
      confirm: `Delete ${plural(all, 'photo')}`,
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
        <Button className="button-risky" disabled={all === 0} onClick={() => void clear()}>
          Delete everything…
        </Button>
      </div>
    </section>
  );
}
