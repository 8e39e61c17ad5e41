import { useRef, useState } from 'react';
import type { FacesReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { LogIcon, PeopleIcon } from '../../parts/icons.tsx';
import { ABOUT_FACES } from '../../pure/face-words.ts';
import { count, plural } from '../../pure/format.ts';
import { useUi } from '../../state/ui.ts';
import { useObservable } from '../../state/use-observable.ts';
import { Figure } from '../figure.tsx';
import { FacesWork } from './faces-work.tsx';
import { FailedFaces } from './failed-faces.tsx';
import { UnreadSteps } from './unread-steps.tsx';
import '../indexing/indexing.css';
import './faces-section.css';

/** Whether faces are looked for, how far that is, and how to be rid of all of it. */
export default function FacesSection({ onClose }: { onClose: () => void }) {
  const { akin, ask, faces, navigation, people, tell, openPanel } = useUi();
  const { report, error } = useObservable(faces.state);
  const work = useObservable(akin.faces.work);
  const [busy, setBusy] = useState(false);
  const intro = useRef<HTMLParagraphElement>(null);

  const change = async (failing: string, what: () => Promise<void>) => {
    setBusy(true);
    const done = await people.run(failing, what);
    await faces.refresh();
    setBusy(false);
    // The button that was pressed may be gone.
    if (document.activeElement === document.body) intro.current?.focus();
    return done;
  };
  const turnOn = () =>
    change('The search for faces could not be turned on.', () => akin.faces.turnOn());
  const turnOff = () =>
    change('The search for faces could not be turned off.', () => akin.faces.turnOff());
  const retry = () => change('Faces could not be looked for.', () => akin.faces.retry());
  const erase = async (all: FacesReport) => {
    const agreed = await ask({
      title: 'Erase everything about faces?',
      body: `${plural(all.faces, 'face')}, every name and all that you said about people will be erased from this device, and faces are looked for no more. Your photos stay as they are.`,
      confirm: 'Erase it all',
      tick: 'I understand that this can’t be undone.',
    });
    if (!agreed) return;
    const done = await change('Not everything about faces could be erased.', () =>
      akin.faces.erase(),
    );
    people.forget();
    if (done) tell({ text: 'Everything about faces is erased' });
  };

  const any =
    report !== null &&
    (report.faces > 0 || report.looked > 0 || report.people > 0 || report.unread > 0);
  return (
    <>
      <p ref={intro} tabIndex={-1} className="muted">
        {ABOUT_FACES}
      </p>
      {error && <p role="alert">{error.message}</p>}
      {report && (report.on || any) && (
        <dl className="figures" data-testid="faces-figures">
          <Figure name="Photos" value={lookedWords(report)} />
          <Figure name="Faces" value={count(report.faces)} />
          <Figure name="People" value={peopleWords(report)} />
        </dl>
      )}
      {report?.on && <FacesWork work={work} />}
      {report?.on && report.failed > 0 && (
        <FailedFaces photos={report.failed} busy={busy} onRetry={() => void retry()} />
      )}
      {report !== null && report.unread > 0 && <UnreadSteps steps={report.unread} />}
      {report && (
        <div className="setting-buttons faces-buttons">
          {!report.on && (
            <Button look="primary" disabled={busy} onClick={() => void turnOn()}>
              Turn on faces
            </Button>
          )}
          {report.on && (
            <Button
              onClick={() => {
                onClose();
                navigation.push({ view: 'people' });
              }}
            >
              <PeopleIcon /> Open people
            </Button>
          )}
          {any && (
            <Button onClick={() => openPanel('people-log')}>
              <LogIcon /> What you said
            </Button>
          )}
          {report.on && (
            <Button disabled={busy} onClick={() => void turnOff()}>
              Turn off
            </Button>
          )}
          {(any || report.on) && (
            <Button className="button-risky" disabled={busy} onClick={() => void erase(report)}>
              Erase everything about faces…
            </Button>
          )}
        </div>
      )}
      {report && !report.on && any && (
        <p className="muted faces-note">
          Faces are not looked for in new photos. What was found before is still here.
        </p>
      )}
    </>
  );
}

function lookedWords({ looked, photos }: FacesReport) {
  return (
    <>
      {count(looked)} <span className="muted">of {plural(photos, 'photo')} looked through</span>
    </>
  );
}

function peopleWords({ people, groups }: FacesReport) {
  return (
    <>
      {count(people)}
      {groups > 0 && <span className="muted"> and {plural(groups, 'group')} to be named</span>}
    </>
  );
}
