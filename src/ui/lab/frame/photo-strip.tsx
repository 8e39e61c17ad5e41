import type { PhotoId } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { t } from '../../text/t.ts';
import { useLab } from '../state/lab-context.ts';

/** A photo of a strip. */
export interface StripPhoto {
  readonly id: PhotoId;
  /** A true neighbor that wasn't found is shown as a ghost. */
  readonly state: 'found' | 'missed' | 'plain';
  /** Why it was missed, or another fact. */
  readonly note?: string;
}

interface PhotoStripProps {
  title: string;
  photos: readonly StripPhoto[];
}

/** Photos in a row; choosing one searches for it. */
export function PhotoStrip({ title, photos }: PhotoStripProps) {
  const { searchFor } = useLab();
  return (
    <section className="lab-strip" aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {photos.map(({ id, state, note }) => (
          <li key={id} data-state={state}>
            <button
              type="button"
              className="lab-photo"
              title={note}
              data-testid={`lab-photo-${state}`}
              data-id={id}
              onClick={() => searchFor(id)}
            >
              <ThumbImage id={id} unnamed={t('lab.photoNumber', { id: String(id) })} />
              {state === 'missed' && (
                <span className="visually-hidden">
                  {t('lab.missed')} {note}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      {reasonsOf(photos).map(([reason, count]) => (
        <p key={reason} className="lab-reason" aria-hidden="true">
          {t('lab.missedWhy', { count, reason })}
        </p>
      ))}
    </section>
  );
}

/** Why photos were missed, and how many for each reason: tooltips need a mouse. */
function reasonsOf(photos: readonly StripPhoto[]): readonly (readonly [string, number])[] {
  const reasons = new Map<string, number>();
  for (const { state, note } of photos) {
    if (state === 'missed' && note) reasons.set(note, (reasons.get(note) ?? 0) + 1);
  }
  return [...reasons];
}
