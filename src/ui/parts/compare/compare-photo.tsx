import { type CSSProperties, useCallback } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { bytes, cleanName, count, dateWords, importedWords, typeName } from '../../pure/format.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { type CompareView, transformOf } from '../../pure/viewer/compare-view.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useOriginal } from '../../state/hooks/viewer/use-original.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { ThumbImage } from '../grid/tile.tsx';

interface ComparePhotoProps {
  id: PhotoId;
  /** Width / height, if it is known already. */
  aspect: number;
  view: CompareView;
}

/** One of the photos compared: its picture, and what tells it from the others. */
export function ComparePhoto({ id, aspect, view }: ComparePhotoProps) {
  const { akin, navigation } = useUi();
  const { value: info, error } = useLoad(useCallback(() => akin.photo(id), [akin, id]));
  const original = useOriginal(id);
  const route = { view: 'photo', id } as const;
  return (
    <figure className="compare-photo" data-testid="compared" data-photo-id={id}>
      <div className="compare-frame">
        <div
          className="compare-picture"
          style={{ '--aspect': aspect, transform: transformOf(view) } as CSSProperties}
        >
          <ThumbImage id={id} alt="" />
          {original.url !== null && (
            <img
              className="compare-original"
              src={original.url}
              alt={info ? cleanName(info.name) : ''}
              decoding="async"
              draggable={false}
              style={{ backgroundColor: info?.backdrop }}
              onLoad={(event) => {
                event.currentTarget.dataset.shown = '';
              }}
              onError={original.onError}
            />
          )}
        </div>
      </div>
      <figcaption>
        {error && <p role="alert">{errorText(error)}</p>}
        {info && (
          <>
            <a
              className="compare-name one-line"
              href={navigation.url(route)}
              onClick={(event) => {
                if (opensElsewhere(event)) return;
                event.preventDefault();
                navigation.push(route);
              }}
            >
              <bdi>{cleanName(info.name)}</bdi>
            </a>
            <p className="muted">
              {info.takenAt === undefined
                ? importedWords(info.addedAt)
                : dateWords(info.takenAt, info.dateSource)}
            </p>
            <p className="muted">
              {[
                `${count(info.width)} × ${count(info.height)}`,
                bytes(info.bytes),
                typeName(info.type),
              ].join(' · ')}
            </p>
          </>
        )}
      </figcaption>
    </figure>
  );
}
