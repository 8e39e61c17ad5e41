import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { IdentifiedFace } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { Button } from '../../parts/button.tsx';
import { CameraView, takesPicturesHere } from '../../parts/camera/camera-view.tsx';
import { PictureInputs } from '../../parts/camera/picture-inputs.tsx';
import { Crop } from '../../parts/faces/face-crop.tsx';
import { PersonLink } from '../../parts/faces/person-link.tsx';
import { PhotoStrip } from '../../parts/faces/photo-strip.tsx';
import { RankedPeople } from '../../parts/faces/ranked-people.tsx';
import { CameraIcon, FilesIcon } from '../../parts/icons.tsx';
import { count } from '../../pure/format.ts';
import {
  personCounts,
  photosTitle,
  verdictText,
  worthShowing,
} from '../../pure/people/face-text.ts';
import { boxStyle } from '../../pure/viewer/face-box.ts';
import { useDropTaker } from '../../state/drop-taker.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useShown } from '../../state/hooks/use-shown.ts';
import { type DropTaker, useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import './ask-picture.css';

type Asked =
  | { readonly state: 'none' }
  | { readonly state: 'scanning' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'done'; readonly faces: readonly IdentifiedFace[] };

/** Identifies the people in a picture without importing it. */
export function AskPicture({ onClose }: { onClose: () => void }) {
  const { akin } = useUi();
  const [picture, setPicture] = useState<Blob | null>(null);
  const [asked, setAsked] = useState<Asked>({ state: 'none' });
  const [over, setOver] = useState(false);
  const [filming, setFilming] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);

  const onPicture = useCallback((taken: Blob) => {
    setFilming(false);
    setPicture(taken);
  }, []);
  useDropTaker(
    useMemo<DropTaker>(
      () => ({
        over: setOver,
        take: ([file]) => file && onPicture(file),
      }),
      [onPicture],
    ),
  );

  useEffect(() => {
    if (!picture) return;
    const controller = new AbortController();
    const { signal } = controller;
    setAsked({ state: 'scanning' });
    akin.faces.identifyIn(picture, { signal }).then(
      (faces) => {
        if (!signal.aborted) setAsked({ state: 'done', faces: leftToRight(faces) });
      },
      (thrown: unknown) => {
        if (!signal.aborted) setAsked({ state: 'failed', message: errorText(akinError(thrown)) });
      },
    );
    return () => controller.abort();
  }, [akin, picture]);

  const openCamera = () => {
    if (takesPicturesHere()) setFilming(true);
    else camera.current?.click();
  };

  return (
    <PanelShell title={t('faces.identifyTitle')} onClose={onClose} question={null}>
      {asked.state !== 'done' && <p className="muted">{t('faces.identifyIntro')}</p>}
      <div
        className="ask-ways"
        hidden={filming}
        data-empty={picture === null || undefined}
        data-over={over || undefined}
      >
        <Button look={picture ? 'plain' : 'primary'} onClick={() => chooser.current?.click()}>
          <FilesIcon /> {t(picture ? 'faces.chooseAnother' : 'faces.choosePhoto')}
        </Button>
        <Button onClick={openCamera}>
          <CameraIcon /> {t('faces.useCamera')}
        </Button>
        <PictureInputs
          chooser={chooser}
          camera={camera}
          labels={{ choose: t('faces.choosePhoto'), take: t('faces.takePhoto') }}
          testId="ask-input"
          onPicture={onPicture}
        />
      </div>
      {filming && <CameraView onPicture={onPicture} onClose={() => setFilming(false)} />}
      {picture && !filming && <Picture picture={picture} asked={asked} />}
      <div aria-live="polite" hidden={filming}>
        {asked.state === 'scanning' && <p className="muted ask-note">{t('faces.looking')}</p>}
        {asked.state === 'failed' && (
          <p className="ask-note" role="alert">
            {asked.message}
          </p>
        )}
        {asked.state === 'done' && (
          <p className="muted ask-note" data-testid="ask-summary">
            {t('faces.identified', { count: asked.faces.length })}
          </p>
        )}
      </div>
      {asked.state === 'done' && !filming && (
        <ol>
          {asked.faces.map((face, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a face of this picture is identified by position
            <Answer key={i} face={face} place={asked.faces.length > 1 ? i + 1 : null} />
          ))}
        </ol>
      )}
    </PanelShell>
  );
}

/** Reading order, which is where users look for the numbers. */
function leftToRight(faces: readonly IdentifiedFace[]): IdentifiedFace[] {
  return [...faces].sort((a, b) => a.box.x - b.box.x);
}

function Picture({ picture, asked }: { picture: Blob; asked: Asked }) {
  const { url, onError } = useShown(picture);
  if (url === null) return null;
  const faces = asked.state === 'done' ? asked.faces : [];
  return (
    <div className="ask-picture">
      <div className="ask-frame">
        <img src={url} alt={t('faces.chosenPhoto')} onError={onError} />
        {faces.map((face, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={i} className="ask-box" style={boxStyle(face.box)} aria-hidden="true">
            {faces.length > 1 && <span>{count(i + 1)}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

function Answer({ face, place }: { face: IdentifiedFace; place: number | null }) {
  const { answer, chip, quality } = face;
  const ranked = worthShowing(answer.ranked);
  const group = answer.verdict === 'nobody-named' ? answer.unnamed : null;
  return (
    <li className="ask-answer" data-testid="asked-face">
      <div className="ask-head">
        <Crop src={chip} size={84} />
        <div>
          <h3>
            {place !== null && <span className="muted">{count(place)}. </span>}
            {group ? (
              <PersonLink person={group}>{verdictText(answer)}</PersonLink>
            ) : (
              verdictText(answer)
            )}
          </h3>
          {group && <p className="muted">{personCounts(group)}</p>}
          {quality === 'unsure' && <p className="muted">{t('faces.unclear')}</p>}
        </div>
      </div>
      {ranked.length > 0 && <RankedPeople ranked={ranked} own={<Crop src={chip} size={52} />} />}
      {answer.photos.length > 0 && (
        <details className="ask-photos">
          <summary>{photosTitle(answer)}</summary>
          <PhotoStrip photos={answer.photos} label={photosTitle(answer)} />
        </details>
      )}
    </li>
  );
}
