import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AkinError } from '../../engine/index.ts';
import type { LabSample, PhotoId } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { LabIcon } from '../parts/icons.tsx';
import type { LabChapter } from '../pure/route.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import { CHAPTERS } from './chapters.ts';
import { ChapterNav } from './frame/chapter-nav.tsx';
import { LabProgress } from './frame/lab-progress.tsx';
import { LabContext } from './state/lab-context.ts';
import './lab.css';

interface LabProps {
  chapter: LabChapter;
  /** From 1 on. */
  step: number;
}

/** Every index type at work on a sample of the user's photos. */
export default function Lab({ chapter, step }: LabProps) {
  const { akin } = useUi();
  // Its indexes are held in memory.
  useEffect(() => () => akin.lab.close(), [akin]);
  const [turn, setTurn] = useState(0);
  // What is shown goes away first: a new sample ends the worker of the old one, and its work.
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const { value, error } = useLoad(
    // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a new sample
    useCallback((signal) => akin.lab.sample({ signal }), [akin, turn]),
  );
  const { length, ids } = useObservable(akin.gallery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there may be enough photos now
  useEffect(() => {
    if (value === null) reload();
  }, [length]);
  const isStale = useMemo(() => value !== null && !isUpToDate(value, ids), [value, ids]);
  return (
    <main className="screen lab" data-testid="lab">
      <h1 className="visually-hidden">{t('lab.title')}</h1>
      <div className="lab-side">
        <ChapterNav current={chapter} />
        {value && (
          <div className="lab-sample muted">
            <p>
              {value.ids.length < value.total
                ? t('lab.sampled', { sample: value.ids.length, count: value.total })
                : t('lab.sample', { count: value.total })}
            </p>
            {isStale && (
              <Button look="quiet" onClick={reload}>
                {t('lab.update')}
              </Button>
            )}
          </div>
        )}
      </div>
      {value ? (
        <Chapters sample={value} chapter={chapter} step={step} />
      ) : (
        <NoSample error={error} onRetry={reload} />
      )}
    </main>
  );
}

/** Whether the gallery has as many photos as when the sample was drawn, and all of the sample. */
function isUpToDate({ ids, total }: LabSample, gallery: Uint32Array): boolean {
  if (gallery.length !== total) return false;
  const photos = new Set(gallery);
  return ids.every((id) => photos.has(id));
}

function Chapters({ sample, chapter, step }: LabProps & { sample: LabSample }) {
  const { navigation } = useUi();
  const [photo, searchFor] = useState<PhotoId>(
    () => sample.ids[Math.floor(sample.ids.length / 2)]!,
  );
  const goTo = useCallback(
    (to: number) => navigation.replace({ view: 'lab', chapter, ...(to > 1 && { step: to }) }),
    [navigation, chapter],
  );
  const state = useMemo(
    () => ({ sample, k: resultsOf(sample), photo, searchFor, chapter, step, goTo }),
    [sample, photo, chapter, step, goTo],
  );
  const Chapter = CHAPTERS[chapter];
  return (
    <LabContext value={state}>
      <Chapter key={chapter} />
    </LabContext>
  );
}

function resultsOf({ ids }: LabSample): number {
  if (ids.length < 100) return 3;
  return ids.length < 500 ? 5 : 10;
}

function NoSample({ error, onRetry }: { error: AkinError | null; onRetry: () => void }) {
  const { akin, actions } = useUi();
  const gallery = useObservable(akin.gallery);
  const isEmpty = gallery.length < 2;
  return (
    <div className="lab-none">
      <span className="lab-none-icon">
        <LabIcon />
      </span>
      {isEmpty ? (
        <>
          <p>{t('lab.noPhotos')}</p>
          <Button look="primary" onClick={() => void actions.importSamples()}>
            {t('welcome.trySamples')}
          </Button>
        </>
      ) : error ? (
        <>
          <p role="alert">
            {t('lab.failed')} {errorText(error)}
          </p>
          <Button look="primary" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        </>
      ) : (
        <LabProgress />
      )}
    </div>
  );
}
