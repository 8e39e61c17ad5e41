import { useState } from 'react';
import type { MapWork, PhotoMap } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { CloseIcon } from '../../parts/icons.tsx';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { mapMemory } from '../memory.ts';
import { areManyPlaced } from '../pure/many-placed.ts';
import { LayoutProgress } from './layout-progress.tsx';
import type { LayOut } from './use-lay-out.ts';
import './layout.css';

interface LayoutWorkProps {
  map: PhotoMap;
  work: MapWork;
  layOut: LayOut;
}

/** Progress of a new layout over the old one, why it failed, or the advice to start one. */
export function LayoutWork({ map, work, layOut }: LayoutWorkProps) {
  const [seen, setSeen] = useState(mapMemory.laterSeen);
  if (work.state === 'working') {
    return (
      <div className="map-card">
        <LayoutProgress work={work} onCancel={layOut.cancel} />
      </div>
    );
  }
  const failure = layOut.error ?? (work.state === 'failed' ? work : null);
  const later = map.placed + map.missing;
  const many = map.missing > 0 || areManyPlaced(map.ids.length, map.placed);
  if (!failure && (!many || later <= seen)) return null;
  return (
    <div className="map-card">
      <p role={failure ? 'alert' : undefined}>
        {failure
          ? `${t('map.failed')} ${errorText(failure)}`
          : map.missing > 0
            ? t('map.missing', { count: map.missing })
            : t('map.placed', { count: map.placed })}
      </p>
      <Button onClick={layOut.start}>{failure ? t('common.tryAgain') : t('map.again')}</Button>
      {!failure && (
        <IconButton
          label={t('common.dismiss')}
          onClick={() => {
            mapMemory.laterSeen = later;
            setSeen(later);
          }}
        >
          <CloseIcon />
        </IconButton>
      )}
    </div>
  );
}
