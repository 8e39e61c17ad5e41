import { useCallback, useEffect } from 'react';
import { useUi } from '../../state/ui.ts';
import { useLoad } from '../../state/use-load.ts';
import { useObservable } from '../../state/use-observable.ts';
import { IndexFigures } from './index-figures.tsx';
import { IndexWorkView } from './index-work.tsx';
import { KindChoice } from './kind-choice.tsx';
import { MeasurePart } from './measure-part.tsx';
import './indexing.css';

/** What finds similar photos: what it is made of, how good it is, and the choice of another. */
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when photos or the index change
  useEffect(reload, [gallery.length, work.state, reload]);

  return (
    <>
      <p className="muted">
        What finds similar photos without looking at each. Akin takes what suits your library; here
        you see what that is, how good it is, and can take another.
      </p>
      {error && <p role="alert">{error.message}</p>}
      {value && (
        <>
          <IndexFigures {...value} busy={work.state === 'building'} onChange={reload} />
          <IndexWorkView work={work.state === 'idle' ? value.report.work : work} />
          <KindChoice {...value} onChange={reload} />
          <MeasurePart photos={value.photos} />
        </>
      )}
    </>
  );
}
