import { Button } from '../../parts/button.tsx';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { t } from '../../text/t.ts';
import { useLab } from '../state/lab-context.ts';

/** The photo that is searched for, and a way to another. */
export function QueryPhoto() {
  const { sample, photo, searchFor } = useLab();
  const another = () => {
    const others = sample.ids.filter((id) => id !== photo);
    searchFor(others[Math.floor(Math.random() * others.length)]!);
  };
  return (
    <div className="lab-query">
      <span className="lab-query-photo" data-testid="lab-query" data-id={photo}>
        <ThumbImage id={photo} unnamed={t('lab.photoNumber', { id: String(photo) })} />
      </span>
      <div>
        <p className="muted">{t('lab.query')}</p>
        <Button look="quiet" onClick={another}>
          {t('lab.another')}
        </Button>
      </div>
    </div>
  );
}
