import { useId, useState } from 'react';
import type { FaceView, PeopleCommand, PeopleView, PersonView } from '../../../protocol/index.ts';
import { personName, whom } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { FaceCrop } from './face-crop.tsx';
import { NameForm } from './naming/name-form.tsx';
import { NameScope } from './naming/name-scope.tsx';
import { isolated } from './text-tags.tsx';

interface FaceActionsProps {
  view: FaceView;
  everybody: PeopleView;
  onClose: () => void;
}

/** Actions on one face: say who it is, who it isn't, or that it isn't a face. */
export function FaceActions({ view, everybody, onClose }: FaceActionsProps) {
  const { people } = useUi();
  const { id, person, labelled } = view;
  const named = person !== null && person.name !== '';
  const inGroup = person !== null && person.faces > 1;
  const [only, setOnly] = useState(false);
  const noteId = useId();
  /** Whether the assertion is about this face alone. */
  const alone = person === null || (inGroup && only);

  const apply = async (command: PeopleCommand, toast: string) =>
    (await people.apply(command, toast)) !== null;
  const confirm = (other: PersonView) =>
    apply(
      { kind: 'confirm', person: other.key, faces: [id] },
      t('people.confirmed', { ...whom(other), count: 1 }),
    );
  const same = (other: PersonView) =>
    alone
      ? confirm(other)
      : apply(
          { kind: 'merge', into: other.key, from: person.key },
          t('people.merged', whom(other)),
        );
  const name = (typed: string, another: boolean) =>
    apply(
      alone
        ? { kind: 'name-face', face: id, name: typed, only: inGroup, another }
        : { kind: 'name', person: person.key, name: typed },
      t('people.nameSaved', { name: typed }),
    );
  const reject = (other: PersonView) =>
    apply(
      { kind: 'reject', person: other.key, faces: [id] },
      t('people.rejected', { ...whom(other), count: 1 }),
    );
  const notFace = async () => {
    const done = await apply(
      { kind: 'not-face', faces: [id] },
      t('people.markedNotFace', { count: 1 }),
    );
    if (done) onClose();
  };

  return (
    <div className="face-commands">
      {!named && (
        <NameForm
          key={person?.key ?? 'nobody'}
          label={t('person.name')}
          name=""
          people={everybody.people}
          self={person?.key ?? null}
          own={<FaceCrop face={id} size={52} round />}
          onSame={(other) => void same(other)}
          onName={(typed, another) => void name(typed, another)}
          note={
            inGroup
              ? {
                  id: noteId,
                  content: (
                    <NameScope id={noteId} faces={person.faces} only={only} onOnly={setOnly} />
                  ),
                }
              : undefined
          }
        />
      )}
      <div className="face-buttons">
        {named && !labelled && (
          <Button look="primary" onClick={() => void confirm(person)}>
            <span className="one-line face-whom">
              {t.rich('faces.yesItIs', { name: personName(person), b: isolated })}
            </span>
          </Button>
        )}
        {person !== null && (named || person.faces > 1) && (
          <Button onClick={() => void reject(person)}>
            {named ? (
              <span className="one-line face-whom">
                {t.rich('faces.itIsNot', { name: personName(person), b: isolated })}
              </span>
            ) : (
              t('person.notThisPerson')
            )}
          </Button>
        )}
        <Button onClick={() => void notFace()}>{t('faces.notAFace')}</Button>
      </div>
    </div>
  );
}
