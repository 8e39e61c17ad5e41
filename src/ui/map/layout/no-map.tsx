import type { AkinError } from '../../../engine/index.ts';
import type { MapWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { MapIcon } from '../../parts/icons.tsx';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { LayoutProgress } from './layout-progress.tsx';
import type { LayOut } from './use-lay-out.ts';
import './layout.css';

interface NoMapProps {
  /** In the library. */
  photos: number;
  work: MapWork;
  /** Why the map couldn't be read. */
  error: AkinError | null;
  layOut: LayOut;
}

const DONE = { state: 'working', stage: 'layout', share: 1 } as const;

/** What is shown before the first layout. */
export function NoMap({ photos, work, error, layOut }: NoMapProps) {
  const { navigation } = useUi();
  const failure = layOut.error ?? (work.state === 'failed' ? work : null) ?? error;
  return (
    <div className="no-map">
      <span className="no-map-icon">
        <MapIcon />
      </span>
      {work.state === 'working' || (layOut.isDone && photos > 0) ? (
        <LayoutProgress work={work.state === 'working' ? work : DONE} onCancel={layOut.cancel} />
      ) : photos === 0 ? (
        <>
          <p>{t('map.noPhotos')}</p>
          <Button look="primary" onClick={() => navigation.home()}>
            {t('gallery.title')}
          </Button>
        </>
      ) : (
        <>
          <p>{t('map.none')}</p>
          {failure && (
            <p className="no-map-error" role="alert">
              {t('map.failed')} {errorText(failure)}
            </p>
          )}
          <Button look="primary" onClick={layOut.start}>
            {failure ? t('common.tryAgain') : t('map.layOut')}
          </Button>
        </>
      )}
    </div>
  );
}
