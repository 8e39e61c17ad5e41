import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { FaceKey, FaceView, PersonView, PhotoId } from '../../../protocol/index.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { photosTitle, verdictText, whom, worthShowing } from '../../pure/people/face-text.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useFocusHome } from '../../state/hooks/use-focus-home.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { CloseIcon } from '../icons.tsx';
import { FaceActions } from './face-actions.tsx';
import { FaceCrop } from './face-crop.tsx';
import { PersonLink } from './person-link.tsx';
import { PhotoStrip } from './photo-strip.tsx';
import { RankedPeople } from './ranked-people.tsx';
import { isolated } from './text-tags.tsx';
import './face-panel.css';

const CROP = 112;
const SMALL_CROP = 52;

interface FacePanelProps {
  photoId: PhotoId;
  face: FaceKey;
  onClose: () => void;
}

/** Identifies a face. Shown beside the photo in place of the similar photos. */
export default function FacePanel({ photoId, face, onClose }: FacePanelProps) {
  const { akin, people: actions } = useUi();
  const loaded = useFacesLoad(
    useCallback(async () => {
      const [faces, answer, everybody] = await Promise.all([
        akin.faces.ofPhoto(photoId),
        akin.faces.identify(face),
        akin.faces.people(),
      ]);
      return { view: faces.find(({ id }) => id === face) ?? null, answer, everybody };
    }, [akin, photoId, face]),
  );
  const { value, error, status } = loaded;
  const title = useRef<HTMLHeadingElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: refocus for each face
  useEffect(() => {
    title.current?.focus();
  }, [face]);

  useFocusHome(title, value);

  const confirm = (person: PersonView) =>
    actions.apply(
      { kind: 'confirm', person: person.key, faces: [face] },
      t('people.confirmed', { ...whom(person), count: 1 }),
    );

  const view = value?.view ?? null;
  const gone = error?.code === 'not-found' || (value !== null && view === null);
  const settled = view?.labelled === true;
  const ranked = worthShowing(value?.answer.ranked ?? []);
  return (
    <section className="similar face-panel" aria-labelledby="face-title">
      <div className="similar-head">
        <h2 id="face-title" ref={title} tabIndex={-1}>
          {t('faces.whoTitle')}
        </h2>
        <IconButton
          className="face-close"
          label={t('faces.backToSimilar')}
          shortcut="Escape"
          onClick={onClose}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <div className="similar-list" aria-busy={status === 'loading'}>
        {status === 'loading' && <p className="similar-note waiting-late">{t('common.loading')}</p>}
        {gone && (
          <p className="similar-note" role="status">
            {t('faces.gone')}{' '}
            <button type="button" className="link-button" onClick={onClose}>
              {t('faces.backToPhoto')}
            </button>
          </p>
        )}
        {error && !gone && (
          <p className="similar-note" role="alert">
            {errorText(error)}{' '}
            <button type="button" className="link-button" onClick={loaded.reload}>
              {t('common.tryAgain')}
            </button>
          </p>
        )}
        {value && view && (
          <>
            <div className="face-answer">
              <FaceCrop face={face} size={CROP} />
              <Verdict view={view} text={verdictText(value.answer)} />
            </div>
            <FaceActions key={face} view={view} everybody={value.everybody} onClose={onClose} />
            {ranked.length > 0 && !settled && (
              <>
                <h3 className="face-part">{t('faces.matches')}</h3>
                <RankedPeople
                  ranked={ranked}
                  own={<FaceCrop face={face} size={SMALL_CROP} />}
                  actions={(row) => (
                    <Button onClick={() => void confirm(row.person)}>
                      <span className="one-line face-whom">
                        {t.rich('faces.itIs', { ...whom(row.person), b: isolated })}
                      </span>
                    </Button>
                  )}
                />
              </>
            )}
            {value.answer.photos.length > 0 && (
              <>
                <h3 className="face-part">{photosTitle(value.answer)}</h3>
                <PhotoStrip photos={value.answer.photos} label={photosTitle(value.answer)} />
              </>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** The user's assertion if there is one, otherwise Akin's guess. */
function Verdict({ view, text }: { view: FaceView; text: string }) {
  const { person, labelled, confirmed, quality, manual } = view;
  return (
    <div className="face-verdict">
      {labelled && person && person.name !== '' ? (
        <>
          <p className="face-text" data-testid="verdict">
            <PersonLink person={person} />
          </p>
          <p className="muted">{t(confirmed ? 'faces.confirmedByYou' : 'faces.namedWithGroup')}</p>
        </>
      ) : (
        <>
          <p className="face-text" data-testid="verdict">
            {person && person.name !== '' ? <PersonLink person={person} /> : text}
          </p>
          {person && person.name !== '' && <p className="muted">{text}</p>}
          {person && person.name === '' && person.faces > 1 && (
            <p className="muted">
              {t.rich('faces.ofUnnamed', {
                count: person.faces,
                link: (chunks) => <UnnamedLink person={person}>{chunks}</UnnamedLink>,
              })}
            </p>
          )}
        </>
      )}
      {quality === 'unsure' && <p className="muted">{t('faces.unclear')}</p>}
      {manual && <p className="muted">{t('faces.addedByYou')}</p>}
    </div>
  );
}

function UnnamedLink({ person, children }: { person: PersonView; children: ReactNode }) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  return (
    <a
      href={navigation.url(route)}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      {children}
    </a>
  );
}
