import type { ReactNode } from 'react';
import type { RankedView } from '../../../protocol/index.ts';
import { likelihood, whom } from '../../pure/people/face-text.ts';
import { t } from '../../text/t.ts';
import { FaceCrop } from './face-crop.tsx';
import { PersonLink } from './person-link.tsx';
import { isolated } from './text-tags.tsx';
import './ranked-people.css';

const SHOWN = 6;
const EVIDENCE = 3;
const CROP = 52;

interface RankedPeopleProps {
  ranked: readonly RankedView[];
  /** The queried face, to compare with. */
  own: ReactNode;
  /** Actions for each candidate. */
  actions?: (row: RankedView) => ReactNode;
}

/** Candidates, likeliest first, each with the matching faces beside the queried one. */
export function RankedPeople({ ranked, own, actions }: RankedPeopleProps) {
  return (
    <ol className="ranked">
      {ranked.slice(0, SHOWN).map((row) => (
        <li key={row.person.key} className="ranked-row" data-testid="ranked-person">
          <div className="ranked-head">
            <PersonLink person={row.person} />
            <span className="ranked-odds">{likelihood(row.probability)}</span>
          </div>
          <div className="ranked-evidence">
            {own}
            <span className="ranked-like" aria-hidden="true" />
            {row.evidence.slice(0, EVIDENCE).map((face) => (
              <FaceCrop
                key={face}
                face={face}
                size={CROP}
                alt={t('person.faceOf', whom(row.person))}
              />
            ))}
            {actions && <span className="ranked-actions">{actions(row)}</span>}
          </div>
          {row.inPhoto && (
            <p className="muted ranked-note">
              {t.rich('faces.otherInPhoto', { ...whom(row.person), b: isolated })}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
