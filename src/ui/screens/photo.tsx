import { type CSSProperties, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { faceParts } from '../parts/faces/face-parts.ts';
import { FacesToggle } from '../parts/faces/faces-toggle.tsx';
import { SparkleIcon, TagIcon } from '../parts/icons.tsx';
import { itemParts } from '../parts/items/item-parts.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { SimilarPhotos } from '../parts/similar/similar-photos.tsx';
import { PhotoBar } from '../parts/viewer/photo-bar.tsx';
import { PhotoFacts } from '../parts/viewer/photo-facts.tsx';
import { PhotoStage } from '../parts/viewer/photo-stage.tsx';
import { AreaTools, SelectArea } from '../parts/viewer/select-area.tsx';
import { viewerParts } from '../parts/viewer/viewer-parts.ts';
import { useViewerQuery, ViewerSearch, ViewerTerms } from '../parts/viewer/viewer-search.tsx';
import { cleanName } from '../pure/format.ts';
import { indexOfId } from '../pure/gallery/ids.ts';
import { boxStyle } from '../pure/viewer/face-box.ts';
import { facesPinned, toggleFacesPinned } from '../state/face-boxes.ts';
import { useKeys } from '../state/hooks/keys/use-keys.ts';
import { useItems } from '../state/hooks/use-items-load.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useArea } from '../state/hooks/viewer/use-area.ts';
import { useWhy } from '../state/hooks/viewer/use-why.ts';
import { depth } from '../state/navigation.ts';
import { matchInRun, photoBeside } from '../state/photo-run.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import './photo.css';

// Loaded only with face recognition on.
const PhotoFaces = lazyPart(faceParts.photoFaces);
const FacePanel = lazyPart(faceParts.facePanel);
// Loaded only with items.
const WhatIsThis = lazyPart(itemParts.whatIsThis);
const Why = lazyPart(viewerParts.why);

interface PhotoProps {
  id: PhotoId;
  /** The face being identified. */
  face: FaceKey | null;
  gallery: GallerySnapshot;
}

/** One photo, with similar photos or the identification of a face beside it. */
export default function Photo({ id, face, gallery }: PhotoProps) {
  const { akin, actions, faces, navigation } = useUi();
  const pinned = useObservable(facesPinned);
  const withFaces = useObservable(faces.state).report?.on === true;
  const [asking, setAsking] = useState(false);
  const hasItems = (useItems()?.length ?? 0) > 0;
  const main = useRef<HTMLElement>(null);
  const stage = useRef<HTMLElement>(null);
  const place = indexOfId(gallery.ids, id);
  const inGallery = place >= 0;
  // Reload after a move to Trash or back, here or in another tab.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const load = useCallback(() => akin.photo(id), [akin, id, inGallery]);
  const photo = useLoad(load);
  const info = photo.value;

  // A new view starts at its picture, for keyboard and screen reader users.
  useEffect(() => {
    stage.current?.focus({ preventScroll: true });
  }, []);

  // The gallery already knows the aspect, so the frame is laid out before the rest loads.
  const aspect = gallery.aspects[place] ?? (info ? info.width / Math.max(1, info.height) : 1.5);

  const selection = useArea(id);
  // Whatever a photo in Trash shows isn't searched with.
  const area = inGallery ? selection.area : null;

  const query = useViewerQuery();
  const [match] = useState(() => matchInRun(id));
  const why = useWhy(id);

  const previous = photoBeside(id, -1, gallery);
  const next = photoBeside(id, 1, gallery);
  const show = (beside: PhotoId) => navigation.replace({ view: 'photo', id: beside });
  const toPrevious = previous === undefined ? null : () => show(previous);
  const toNext = next === undefined ? null : () => show(next);
  const remove = () => {
    const here = depth();
    void actions.remove([id], () => {
      // Back to the photo, unless the viewer was left.
      if (navigation.route.get().view === 'photo' && depth() === here) show(id);
    });
    // Continue with an adjacent photo, if there is one.
    (toNext ?? toPrevious ?? (() => navigation.back()))();
  };
  // Replace the history entry: Back leaves the photo, whichever faces were selected.
  const askAbout = (asked: FaceKey) => navigation.replace({ view: 'photo', id, face: asked });
  const closeFace = () => {
    navigation.replace({ view: 'photo', id });
    stage.current?.focus({ preventScroll: true });
  };

  const closeItem = () => {
    setAsking(false);
    stage.current?.focus({ preventScroll: true });
  };

  useKeys((key) => {
    if (area && key === 'Escape') {
      selection.cancel();
      return true;
    }
    if (area) return false;
    switch (key) {
      case 'r':
        if (inGallery && info) selection.start();
        return inGallery && info !== null;
      case 'w':
        if (inGallery && info) why?.setOpen(true);
        return why !== null && inGallery && info !== null;
      case 'Escape':
        if (asking && face === null) closeItem();
        else if (face === null) navigation.home();
        else closeFace();
        return true;
      case 'f':
        if (withFaces) toggleFacesPinned();
        return withFaces;
      case 'ArrowLeft':
        toPrevious?.();
        return true;
      case 'ArrowRight':
        toNext?.();
        return true;
      case 'ArrowDown':
        main.current?.querySelector<HTMLElement>('.result-link')?.focus();
        return true;
      case 'Delete':
        if (inGallery) remove();
        return inGallery;
      default:
        return false;
    }
  });

  if (photo.status === 'failed') {
    return (
      <>
        <PhotoBar info={null} inGallery={false} onRemove={remove} />
        <main className="screen waiting">
          <h1>
            {photo.error.code === 'not-found' ? t('viewer.notFound') : t('viewer.openFailed')}
          </h1>
          <p className="muted">
            {photo.error.code === 'not-found' ? t('viewer.notFoundHint') : errorText(photo.error)}
          </p>
          <Button look="primary" onClick={() => navigation.home()}>
            {t('viewer.toPhotos')}
          </Button>
        </main>
      </>
    );
  }
  return (
    <>
      <PhotoBar
        info={info}
        inGallery={inGallery}
        onRemove={remove}
        search={<ViewerSearch id={id} query={query} />}
      >
        {withFaces && inGallery && <FacesToggle />}
        {hasItems && inGallery && (
          <IconButton
            label={t('items.ask')}
            aria-pressed={asking}
            onClick={() => setAsking(!asking)}
          >
            <TagIcon />
          </IconButton>
        )}
      </PhotoBar>
      <ViewerTerms query={query} />
      <main className="screen photo" ref={main}>
        <section
          className="photo-stage"
          ref={stage}
          tabIndex={-1}
          style={{ '--aspect': aspect } as CSSProperties}
          aria-label={info ? cleanName(info.name) : t('viewer.title')}
        >
          <PhotoStage
            id={id}
            info={info}
            onPrevious={inGallery && !area ? toPrevious : null}
            onNext={inGallery && !area ? toNext : null}
            tools={
              inGallery && (
                <AreaTools selection={selection}>
                  {why && (
                    <button
                      type="button"
                      className="stage-pill stage-pill-button"
                      aria-keyshortcuts="W"
                      onClick={() => why.setOpen(true)}
                    >
                      <SparkleIcon /> {t('why.title')}
                    </button>
                  )}
                </AreaTools>
              )
            }
          >
            {match && !area && (
              <span className="stage-match" style={boxStyle(match)} data-testid="match" />
            )}
            {area && <SelectArea selection={selection} area={area} id={id} />}
            {withFaces && inGallery && !area && (
              <Suspense>
                <PhotoFaces
                  photoId={id}
                  aspect={aspect}
                  face={face}
                  pinned={pinned}
                  onFace={askAbout}
                />
              </Suspense>
            )}
          </PhotoStage>
          <PhotoFacts info={info} />
        </section>
        {face !== null && withFaces && inGallery ? (
          <Suspense fallback={<section className="similar" />}>
            <FacePanel photoId={id} face={face} onClose={closeFace} />
          </Suspense>
        ) : asking && inGallery ? (
          <Suspense fallback={<section className="similar" />}>
            <WhatIsThis photoId={id} onClose={closeItem} />
          </Suspense>
        ) : info?.deletedAt === undefined ? (
          <SimilarPhotos id={id} gallery={gallery} main={main} />
        ) : (
          <section className="similar similar-none" aria-label={t('trash.title')}>
            <p>{t('viewer.inTrash')}</p>
            <Button look="primary" onClick={() => void actions.restore([id])}>
              {t('trash.restore')}
            </Button>
          </section>
        )}
      </main>
      {why?.open && (
        <Suspense>
          <Why id={id} box={match} terms={why.terms} onClose={() => why.setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
