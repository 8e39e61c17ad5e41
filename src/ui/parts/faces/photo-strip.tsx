import { useState } from 'react';
import type { Identification } from '../../../protocol/index.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { likelihood } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { focusResultAfterKey } from '../grid/result-keys.ts';
import { ThumbImage } from '../grid/tile.tsx';
import './photo-strip.css';

const SHOWN = 30;

/** Photos showing a face, best match first. */
export function PhotoStrip({ photos, label }: { photos: Identification['photos']; label: string }) {
  const { navigation } = useUi();
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ul
        className="strip"
        aria-label={label}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          if (focusResultAfterKey(event.key, event.target)) event.preventDefault();
        }}
      >
        {photos.slice(0, shown).map(({ photoId, face, probability }) => {
          const route = { view: 'photo', id: photoId, face } as const;
          return (
            <li key={face}>
              <a
                className="result-link"
                href={navigation.url(route)}
                draggable={false}
                data-testid="face-photo"
                data-photo-id={photoId}
                onClick={(event) => {
                  if (opensElsewhere(event)) return;
                  event.preventDefault();
                  navigation.push(route);
                }}
              >
                <span className="result-picture">
                  <ThumbImage id={photoId} />
                </span>
                <span className="strip-odds muted">{likelihood(probability)}</span>
              </a>
            </li>
          );
        })}
      </ul>
      {photos.length > shown && (
        <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
      )}
    </>
  );
}
