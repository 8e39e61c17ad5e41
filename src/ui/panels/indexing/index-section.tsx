import { useCallback, useEffect, useRef } from 'react';
import type { IndexWork } from '../../../protocol/index.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { IndexFigures } from './index-figures.tsx';
import { IndexWorkView } from './index-work.tsx';
import { KindChoice } from './kind-choice.tsx';
import { MeasurePart } from './measure-part.tsx';
import './indexing.css';

/** The similarity index: structure, quality and choice of type. */
export default function IndexSection() {
  const { akin } = useUi();
  const gallery = useObservable(akin.gallery);
  const work = useObservable(akin.indexWork);
  const loaded = useLoad(
    useCallback(async () => {
      const [report, stats] = await Promise.all([akin.index(), akin.stats()]);
      return { report, photos: stats.vectors, d: stats.index.d };
    }, [akin]),
  );
  const { value, error, reload } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: reload when photos or the index change
  useEffect(reload, [gallery.length, work.state, reload]);

  const intro = useRef<HTMLParagraphElement>(null);
  return (
    <>
      <p className="muted" ref={intro} tabIndex={-1}>
        {t('index.intro')}
      </p>
      {error && <p role="alert">{errorText(error)}</p>}
      {value && (
        <>
          <IndexFigures {...value} busy={work.state === 'building'} onChange={reload} />
          <IndexWorkView work={shownWork(work, value.report.work)} rest={() => intro.current} />
          <KindChoice {...value} onChange={reload} />
          <MeasurePart photos={value.photos} />
        </>
      )}
    </>
  );
}

/**
 * The page receives progress events as work goes on, but knows of earlier failures only from the
 * report. A build that the report shows as running may have finished by the time it is rendered.
 */
function shownWork(heard: IndexWork, read: IndexWork): IndexWork {
  return heard.state === 'idle' && read.state === 'failed' ? read : heard;
}
