import type { PeopleView } from '../../../protocol/index.ts';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

const CROP = 64;

/** Faces that belong to no one: how many, and some of them, linked to their photos. */
export function Unmatched({ everybody }: { everybody: PeopleView }) {
  const { navigation } = useUi();
  const { unassigned, unmatched } = everybody;
  if (unassigned === 0) return null;
  return (
    <details className="people-loose" data-testid="unmatched">
      <summary className="muted">{t('people.unmatched', { count: unassigned })}</summary>
      <p className="muted">{t('people.unmatchedHint')}</p>
      <ul className="people-loose-faces">
        {unmatched.map(({ id, photoId }, i) => {
          const route = { view: 'photo', id: photoId, face: id } as const;
          return (
            <li key={id}>
              <a
                href={navigation.url(route)}
                aria-label={t('people.unmatchedFace', { number: i + 1 })}
                onClick={(event) => {
                  if (opensElsewhere(event)) return;
                  event.preventDefault();
                  navigation.push(route);
                }}
              >
                <FaceCrop face={id} size={CROP} />
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
