import { useRef, useState } from 'react';
import type { FacesReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { muted } from '../../parts/faces/text-tags.tsx';
import { LogIcon, PeopleIcon } from '../../parts/icons.tsx';
import { count } from '../../pure/format.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Figure } from '../figure.tsx';
import { FacesWork } from './faces-work.tsx';
import { FailedFaces } from './failed-faces.tsx';
import { UnparsedEntries } from './unparsed-entries.tsx';
import '../indexing/indexing.css';
import { errorText } from '../../text/errorText.ts';
import './faces-section.css';

/** Face recognition: on or off, scan progress, and deletion of face data. */
export default function FacesSection({ onClose }: { onClose: () => void }) {
  const { akin, ask, faces, navigation, people, showToast, openPanel } = useUi();
  const { report, error } = useObservable(faces.state);
  const work = useObservable(akin.faces.work);
  const [busy, setBusy] = useState(false);
  const intro = useRef<HTMLParagraphElement>(null);

  const change = async (failing: string, what: () => Promise<void>) => {
    setBusy(true);
    const done = await people.run(failing, what);
    await faces.refresh();
    setBusy(false);
    // The clicked button may be gone.
    if (document.activeElement === document.body) intro.current?.focus();
    return done;
  };
  const turnOn = () => change(t('faces.turnOnFailed'), () => akin.faces.turnOn());
  const turnOff = () => change(t('faces.turnOffFailed'), () => akin.faces.turnOff());
  const retry = () => change(t('faces.scanFailed'), () => akin.faces.retry());
  const erase = async (all: FacesReport) => {
    const agreed = await ask({
      title: t('faces.deleteTitle'),
      body: t('faces.deleteBody', { count: all.faces }),
      confirm: t('faces.deleteConfirm'),
      tick: t('faces.deleteTick'),
    });
    if (!agreed) return;
    const done = await change(t('faces.deleteFailed'), () => akin.faces.erase());
    people.forget();
    if (done) showToast({ text: t('faces.deleted') });
  };

  const any =
    report !== null &&
    (report.faces > 0 || report.scanned > 0 || report.people > 0 || report.unparsed > 0);
  return (
    <>
      <p ref={intro} tabIndex={-1} className="muted">
        {t('faces.about')}
      </p>
      {error && <p role="alert">{errorText(error)}</p>}
      {report && (report.on || any) && (
        <dl className="figures" data-testid="faces-figures">
          <Figure name={t('faces.photosFigure')} value={scannedText(report)} />
          <Figure name={t('faces.facesFigure')} value={count(report.faces)} />
          <Figure name={t('faces.peopleFigure')} value={peopleText(report)} />
        </dl>
      )}
      {report?.on && <FacesWork work={work} />}
      {report?.on && report.failed > 0 && (
        <FailedFaces photos={report.failed} busy={busy} onRetry={() => void retry()} />
      )}
      {report !== null && report.unparsed > 0 && <UnparsedEntries count={report.unparsed} />}
      {report && (
        <div className="setting-buttons faces-buttons">
          {!report.on && (
            <Button look="primary" disabled={busy} onClick={() => void turnOn()}>
              {t('faces.turnOn')}
            </Button>
          )}
          {report.on && (
            <Button
              onClick={() => {
                onClose();
                navigation.push({ view: 'people' });
              }}
            >
              <PeopleIcon /> {t('faces.openPeople')}
            </Button>
          )}
          {any && (
            <Button onClick={() => openPanel('people-log')}>
              <LogIcon /> {t('people.history')}
            </Button>
          )}
          {report.on && (
            <Button disabled={busy} onClick={() => void turnOff()}>
              {t('faces.turnOff')}
            </Button>
          )}
          {(any || report.on) && (
            <Button className="button-risky" disabled={busy} onClick={() => void erase(report)}>
              {t('faces.deleteAll')}
            </Button>
          )}
        </div>
      )}
      {report && !report.on && any && <p className="muted faces-note">{t('faces.offNote')}</p>}
    </>
  );
}

function scannedText({ scanned, photos }: FacesReport) {
  return t.rich('faces.scanned', { scanned, total: photos, muted });
}

function peopleText({ people, groups }: FacesReport) {
  if (groups === 0) return count(people);
  return t.rich('faces.peopleAndUnnamed', { people, unnamed: groups, muted });
}
