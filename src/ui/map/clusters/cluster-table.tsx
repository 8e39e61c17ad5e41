import type { MapCluster } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { CloseIcon } from '../../parts/icons.tsx';
import { count } from '../../pure/format.ts';
import { t } from '../../text/t.ts';
import { clusterName } from '../coloring/use-coloring.ts';
import './cluster-table.css';

/** Clusters that are listed at most, the largest. */
const MOST_LISTED = 200;

interface ClusterTableProps {
  clusters: readonly MapCluster[];
  words: ReadonlyMap<number, string>;
  /** Without a map to show them on, absent. */
  onShow?: (cluster: number) => void;
  onSelect: (cluster: number) => void;
  onClose?: () => void;
}

/** The clusters of the map as a table, largest first. */
export function ClusterTable({ clusters, words, onShow, onSelect, onClose }: ClusterTableProps) {
  return (
    <section className="cluster-list" aria-label={t('map.clusters')} data-testid="clusters">
      <div className="map-head">
        <h2>{t('map.clusters')}</h2>
        {onClose && (
          <IconButton label={t('common.close')} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        )}
      </div>
      {clusters.length === 0 ? (
        <p className="muted cluster-none">{t('map.noClusters')}</p>
      ) : (
        <div className="cluster-scroller">
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{t('map.centralPhoto')}</span>
                </th>
                <th scope="col">{t('map.by.cluster')}</th>
                <th scope="col">{t('gallery.title')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('map.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {clusters.slice(0, MOST_LISTED).map(({ central, size }, cluster) => (
                <tr key={central}>
                  <td>
                    <span className="cluster-photo">
                      <ThumbImage id={central} alt="" />
                    </span>
                  </td>
                  <th scope="row">{clusterName(cluster, words)}</th>
                  <td>{count(size)}</td>
                  <td>
                    <span className="cluster-actions">
                      {onShow && (
                        <Button look="quiet" onClick={() => onShow(cluster)}>
                          {t('map.show')}
                          <span className="visually-hidden"> {clusterName(cluster, words)}</span>
                        </Button>
                      )}
                      <Button look="quiet" onClick={() => onSelect(cluster)}>
                        {t('map.select')}
                        <span className="visually-hidden"> {clusterName(cluster, words)}</span>
                      </Button>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
