import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { HeatMap, PhotoId, RegionBox } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { type PageTerm, toQuery } from '../../pure/query/terms.ts';
import { boxStyle } from '../../pure/viewer/face-box.ts';
import { brightestPlace, HEAT_COLORS, hasHeat, heatPicture } from '../../pure/viewer/heat.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useShown } from '../../state/hooks/use-shown.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './why.css';

interface WhyProps {
  id: PhotoId;
  /** The part of the photo that matches; `null` for the whole. */
  box: RegionBox | null;
  /** What the photo was found with: pictures to be more like, at least one. */
  terms: readonly PageTerm[];
  onClose: () => void;
}

/** Shows which parts of a result and of the example it is most like are similar. */
export default function Why({ id, box, terms, onClose }: WhyProps) {
  const { akin } = useUi();
  const [on, setOn] = useState(true);
  const { value, error, status, reload } = useLoad(
    useCallback(
      (signal) => akin.explain(toQuery(terms).query, { id, ...(box && { box }) }, { signal }),
      [akin, terms, id, box],
    ),
  );
  // The photo was moved to Trash meanwhile.
  const { ids } = useObservable(akin.gallery);
  const isGone = indexOfId(ids, id) < 0;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  const example = value ? terms[value.term] : terms.length === 1 ? terms[0] : undefined;
  return (
    <PanelShell title={t('why.title')} onClose={onClose} question={null} wide>
      <p className="muted" role="status">
        {status === 'loading' ? t('why.comparing') : value && t('why.hint')}
      </p>
      {error && (
        <p role="alert">
          {errorText(error)}{' '}
          {error.code !== 'no-feature-map' && error.code !== 'not-found' && (
            <button type="button" className="link-button" onClick={reload}>
              {t('common.tryAgain')}
            </button>
          )}
        </p>
      )}
      <div className="why-pair" aria-busy={status === 'loading'}>
        <Compared
          label={t('why.example')}
          term={example}
          box={example?.kind === 'region' ? example.box : null}
          heat={value?.query ?? null}
          on={on}
        />
        <Compared
          label={t('why.result')}
          term={{ kind: 'photo', id, mark: 'more' }}
          box={box}
          heat={value?.result ?? null}
          on={on}
        />
      </div>
      <div className="why-legend" data-waiting={value === null || undefined}>
        <span>{t('why.less')}</span>
        <span className="why-ramp" style={{ '--ramp': HEAT_COLORS } as CSSProperties} />
        <span>{t('why.more')}</span>
        <Button aria-pressed={on} onClick={() => setOn(!on)}>
          {t('why.highlights')}
        </Button>
      </div>
    </PanelShell>
  );
}

interface ComparedProps {
  label: string;
  term: PageTerm | undefined;
  /** The part that is compared. */
  box: RegionBox | null;
  heat: HeatMap | null;
  on: boolean;
}

/** One of the two pictures. */
function Compared({ label, term, box, heat, on }: ComparedProps) {
  const { akin } = useUi();
  const id = term?.kind === 'photo' || term?.kind === 'region' ? term.id : null;
  const { value: original } = useLoad(
    useCallback(async () => (id === null ? null : akin.original(id)), [akin, id]),
  );
  const { url, onError } = useShown(term?.kind === 'picture' ? term.picture : original);
  const { ids, aspects } = akin.gallery.get();
  const [natural, setNatural] = useState<number | null>(null);
  const aspect = (id === null ? null : aspects[indexOfId(ids, id)]) ?? natural ?? 1.5;
  return (
    <figure className="why-figure">
      <div className="why-picture" style={{ '--aspect': aspect } as CSSProperties}>
        {url !== null && (
          <img
            src={url}
            alt={label}
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setNatural(naturalWidth / Math.max(1, naturalHeight))
            }
            onError={onError}
          />
        )}
        {heat && on && <Heat heat={heat} />}
        {box && <span className="stage-match" style={boxStyle(box)} />}
      </div>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** The heat map over the part of the picture that it is of. */
function Heat({ heat }: { heat: HeatMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useMemo(() => heatPicture(heat), [heat]);
  const { width, height, rgba } = picture;
  useEffect(() => {
    const image = new ImageData(rgba, width, height);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [rgba, width, height]);
  return (
    <canvas
      ref={canvas}
      className="why-heat"
      width={width}
      height={height}
      style={boxStyle(heat.view)}
      role="img"
      aria-label={hasHeat(heat) ? t(`why.brightest.${brightestPlace(heat)}`) : t('why.nowhere')}
      data-testid="why-heat"
    />
  );
}
