import { NO_CLUSTER, type PhotoMap } from '../../protocol/index.ts';
import { cleanName } from '../pure/format.ts';
import { useThumb } from '../state/hooks/use-thumb.ts';
import { t } from '../text/t.ts';
import { clusterName } from './coloring/use-coloring.ts';

interface AnnouncementProps {
  map: PhotoMap;
  /** Index of the photo with the focus; -1 without. */
  index: number;
  words: ReadonlyMap<number, string>;
  selected: ReadonlySet<number>;
}

/** Names the photo with the focus for screen readers. */
export function Announcement({ map, index, words, selected }: AnnouncementProps) {
  return (
    <p className="visually-hidden" role="status" data-testid="map-focus">
      {index >= 0 && <Named map={map} index={index} words={words} selected={selected} />}
    </p>
  );
}

function Named({ map, index, words, selected }: AnnouncementProps) {
  const id = map.ids[index]!;
  const thumb = useThumb(id);
  if (!thumb) return null;
  const cluster = map.clusters[index]!;
  const name = cleanName(thumb.name);
  const marked = selected.has(id) ? 'yes' : 'no';
  if (cluster === NO_CLUSTER) return t('map.focused', { name, selected: marked });
  return t('map.focusedIn', { name, cluster: clusterName(cluster, words), selected: marked });
}
