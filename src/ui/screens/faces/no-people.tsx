import { useState } from 'react';
import type { FacesReport, FaceWork } from '../../../protocol/index.ts';
import { FacesWork } from '../../panels/faces/faces-work.tsx';
import { Button } from '../../parts/button.tsx';
import { PeopleIcon } from '../../parts/icons.tsx';
import { ABOUT_FACES } from '../../pure/face-words.ts';
import { useUi } from '../../state/ui.ts';
import '../waiting.css';

interface NoPeopleProps {
  report: FacesReport;
  work: FaceWork;
  photos: number;
}

/** Why there is nobody here, and what to do about it. */
export function NoPeople({ report, work, photos }: NoPeopleProps) {
  const { akin, faces, navigation, people } = useUi();
  const [turning, setTurning] = useState(false);
  const turnOn = async () => {
    setTurning(true);
    await people.run('The search for faces could not be turned on.', () => akin.faces.turnOn());
    await faces.refresh();
    setTurning(false);
  };
  const busy = report.on && work.state !== 'idle' && photos > 0;
  return (
    <main className="screen waiting">
      <PeopleIcon />
      <h2>{titleOf(report, busy, photos)}</h2>
      {busy ? (
        <div className="people-work">
          <FacesWork work={work} />
        </div>
      ) : (
        <>
          <p className="muted">{detailOf(report, photos)}</p>
          {report.on || photos === 0 ? (
            <Button look="primary" onClick={() => navigation.home()}>
              Go to your photos
            </Button>
          ) : (
            <Button look="primary" disabled={turning} onClick={() => void turnOn()}>
              Turn on faces
            </Button>
          )}
        </>
      )}
    </main>
  );
}

function titleOf(report: FacesReport, busy: boolean, photos: number): string {
  if (photos === 0) return 'There are no photos yet';
  if (!report.on) return 'Who is on your photos?';
  if (busy) return 'Nobody has been found yet';
  return report.faces > 0 ? 'Nobody is seen more than once' : 'No faces were found';
}

function detailOf(report: FacesReport, photos: number): string {
  if (photos === 0) return 'Add some, and the people on them are gathered here.';
  if (!report.on) return ABOUT_FACES;
  if (report.faces > 0) {
    return 'Open a photo and click a face to say whose it is. Groups form as more photos come in.';
  }
  return 'Where a face was missed, open its photo, mark the faces, and add it by hand.';
}
