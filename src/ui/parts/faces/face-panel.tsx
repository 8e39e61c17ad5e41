import { useCallback, useEffect, useRef } from 'react';
import type { FaceNumber, FaceView, PersonView, PhotoId } from '../../../protocol/index.ts';
import { personName, photosWords, verdictWords, worthShowing } from '../../pure/face-words.ts';
import { useUi } from '../../state/ui.ts';
import { useFacesLoad } from '../../state/use-faces-load.ts';
import { useFocusHome } from '../../state/use-focus-home.ts';
import { Button, IconButton } from '../button.tsx';
import { CloseIcon } from '../icons.tsx';
import { FaceCrop } from './face-crop.tsx';
import { FaceDeeds } from './face-deeds.tsx';
import { PersonLink } from './person-link.tsx';
import { PhotoStrip } from './photo-strip.tsx';
import { RankedPeople } from './ranked-people.tsx';
import './face-panel.css';

const CROP = 112;
const SMALL_CROP = 52;

interface FacePanelProps {
  photoId: PhotoId;
  face: FaceNumber;
  onClose: () => void;
}

/** Whose face is this? Beside the photo, in the place of what looks like it. */
export default function FacePanel({ photoId, face, onClose }: FacePanelProps) {
  const { akin, people: actions } = useUi();
  const loaded = useFacesLoad(
    useCallback(async () => {
      const [faces, answer, everybody] = await Promise.all([
        akin.faces.ofPhoto(photoId),
        akin.faces.who(face),
        akin.faces.people(),
      ]);
      return { view: faces.find(({ id }) => id === face) ?? null, answer, everybody };
    }, [akin, photoId, face]),
  );
  const { value, error, status } = loaded;
  const title = useRef<HTMLHeadingElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another face is another answer to read
  useEffect(() => {
    title.current?.focus();
  }, [face]);

  useFocusHome(title, value);

  const confirm = (person: PersonView) =>
    actions.say(
      { kind: 'confirm', person: person.key, faces: [face] },
      `This is ${personName(person)}`,
    );

  const view = value?.view ?? null;
  const gone = error?.code === 'not-found' || (value !== null && view === null);
  const settled = view?.said === true;
  const ranked = worthShowing(value?.answer.ranked ?? []);
  return (
    <section className="similar face-panel" aria-labelledby="face-title">
      <div className="similar-head">
        <h2 id="face-title" ref={title} tabIndex={-1}>
          Whose face is this?
        </h2>
        <IconButton
          className="face-close"
          label="Back to similar photos"
          shortcut="Escape"
          onClick={onClose}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <div className="similar-list" aria-busy={status === 'loading'}>
        {status === 'loading' && <p className="similar-note waiting-late">Looking…</p>}
        {gone && (
          <p className="similar-note" role="status">
            This face is not there any more.{' '}
            <button type="button" className="link-button" onClick={onClose}>
              Back to the photo
            </button>
          </p>
        )}
        {error && !gone && (
          <p className="similar-note" role="alert">
            {error.message}{' '}
            <button type="button" className="link-button" onClick={loaded.reload}>
              Try again
            </button>
          </p>
        )}
        {value && view && (
          <>
            <div className="face-answer">
              <FaceCrop face={face} size={CROP} />
              <Verdict view={view} words={verdictWords(value.answer)} />
            </div>
            <FaceDeeds key={face} view={view} everybody={value.everybody} onClose={onClose} />
            {ranked.length > 0 && !settled && (
              <>
                <h3 className="face-part">Who it may be</h3>
                <RankedPeople
                  ranked={ranked}
                  own={<FaceCrop face={face} size={SMALL_CROP} />}
                  actions={(row) => (
                    <Button onClick={() => void confirm(row.person)}>
                      <span className="one-line face-whom">
                        It’s <bdi>{personName(row.person)}</bdi>
                      </span>
                    </Button>
                  )}
                />
              </>
            )}
            {value.answer.photos.length > 0 && (
              <>
                <h3 className="face-part">{photosWords(value.answer)}</h3>
                <PhotoStrip photos={value.answer.photos} label={photosWords(value.answer)} />
              </>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** What is known: what the person said, else what Akin makes of it. */
function Verdict({ view, words }: { view: FaceView; words: string }) {
  const { person, said, quality, drawn } = view;
  return (
    <div className="face-verdict">
      {said && person && person.name !== '' ? (
        <>
          <p className="face-words" data-testid="verdict">
            <PersonLink person={person} />
          </p>
          <p className="muted">You said so.</p>
        </>
      ) : (
        <>
          <p className="face-words" data-testid="verdict">
            {person && person.name !== '' ? <PersonLink person={person} /> : words}
          </p>
          {person && person.name !== '' && <p className="muted">{words}.</p>}
          {person && person.name === '' && person.faces > 1 && (
            <p className="muted">
              In a group of {person.faces} faces without a name. <GroupLink person={person} />
            </p>
          )}
        </>
      )}
      {quality === 'unsure' && (
        <p className="muted">Small, blurred or turned away: less can be told of it.</p>
      )}
      {drawn && <p className="muted">Drawn by hand.</p>}
    </div>
  );
}

function GroupLink({ person }: { person: PersonView }) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  return (
    <a
      href={navigation.url(route)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      See the group
    </a>
  );
}
