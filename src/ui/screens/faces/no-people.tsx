import { useState } from 'react';
import type { FacesReport, FaceWork } from '../../../protocol/index.ts';
import { FacesWork } from '../../panels/faces/faces-work.tsx';
import { Button } from '../../parts/button.tsx';
import { PeopleIcon } from '../../parts/icons.tsx';
import { useUi } from '../../state/ui.ts';
import { useWorkInPage } from '../../state/work-in-page.ts';
import { t } from '../../text/t.ts';
import '../waiting.css';

interface NoPeopleProps {
  report: FacesReport;
  work: FaceWork;
  photos: number;
}

/** Empty state: why there are no people, and what to do about it. */
export function NoPeople({ report, work, photos }: NoPeopleProps) {
  const { akin, faces, navigation, people } = useUi();
  const [turning, setTurning] = useState(false);
  const turnOn = async () => {
    setTurning(true);
    await people.run(t('faces.turnOnFailed'), () => akin.faces.turnOn());
    await faces.refresh();
    setTurning(false);
  };
  const busy = report.on && work.state !== 'idle' && photos > 0;
  return (
    <main className="screen waiting">
      <PeopleIcon />
      <h2>{titleOf(report, busy, photos)}</h2>
      {busy ? (
        <WorkInPage work={work} />
      ) : (
        <>
          <p className="muted">{detailOf(report, photos)}</p>
          {report.on || photos === 0 ? (
            <Button look="primary" onClick={() => navigation.home()}>
              {t('viewer.toPhotos')}
            </Button>
          ) : (
            <Button look="primary" disabled={turning} onClick={() => void turnOn()}>
              {t('faces.turnOn')}
            </Button>
          )}
        </>
      )}
    </main>
  );
}

/** Shown here instead of in the bar. */
function WorkInPage({ work }: { work: FaceWork }) {
  useWorkInPage();
  return (
    <div className="people-work">
      <FacesWork work={work} />
    </div>
  );
}

function titleOf(report: FacesReport, busy: boolean, photos: number): string {
  if (photos === 0) return t('people.noPhotosTitle');
  if (!report.on) return t('people.offTitle');
  if (busy) return t('people.waitingTitle');
  return t(report.faces > 0 ? 'people.onceTitle' : 'people.noFacesTitle');
}

function detailOf(report: FacesReport, photos: number): string {
  if (photos === 0) return t('people.noPhotosDetail');
  if (!report.on) return t('faces.about');
  return t(report.faces > 0 ? 'people.onceDetail' : 'people.noFacesDetail');
}
