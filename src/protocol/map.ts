import type { ErrorReport } from '../base/errors.ts';
import type { PhotoId } from './photo.ts';

/** A dense area of the map. */
export interface MapCluster {
  /** The photo that is nearest to most of its others: it stands for the cluster. */
  readonly central: PhotoId;
  readonly size: number;
  /** Center of gravity. */
  readonly x: number;
  readonly y: number;
}

/**
 * The library in two dimensions: photos that look alike lie near one another (UMAP). Axes, distances
 * between far photos and the orientation mean nothing.
 */
export interface PhotoMap {
  /** Embedding space whose neighbors it shows. */
  readonly spaceId: string;
  /** (n) ascending; live photos only */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × 2) x and y, both in [0, 1], y down; equal scales */
  readonly positions: Float32Array<ArrayBuffer>;
  /** (n) index into `clusterList`, or `NO_CLUSTER` */
  readonly clusters: Uint16Array<ArrayBuffer>;
  /** Largest first. */
  readonly clusterList: readonly MapCluster[];
  /** Milliseconds since 1970 of the layout. */
  readonly laidOutAt: number;
  /** Photos that were added since, each placed among its nearest neighbors. */
  readonly placed: number;
  /** Photos that were added since and are not on the map, being too many to place one by one. */
  readonly missing: number;
}

/** Held by the tab that lays a map out. */
export const MAP_LOCK = 'akin-map';

/** Marks a photo outside of all clusters. */
export const NO_CLUSTER = 0xffff;

/** Other places for some photos of a map. */
export interface MapPreview {
  /** (n) ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × 2) in [0, 1], as on the map */
  readonly positions: Float32Array<ArrayBuffer>;
}

/** Layouts, served by the `map` worker to the page: one job per worker. */
export interface MapLayoutContract {
  /**
   * Lays out all photos that have a vector in a space, and keeps the result; after any layout that is
   * running, in any tab. Reports `map-work` to all tabs, except for its end.
   *
   * @param seed the same photos and seed give the same map
   * @throws AkinError `not-found` if there is no photo to lay out; `aborted`, `out-of-memory`, and
   *   store errors
   */
  layOut(spaceId: string, seed: number): void;
  /**
   * Where photos near these pairs would lie if each pair belonged together. Changes nothing.
   *
   * @param pairs 1 to 50
   * @throws AkinError `not-found` if there is no map or one of them isn't on it, `invalid-argument`;
   *   `aborted`, `out-of-memory`, and store errors
   */
  preview(spaceId: string, pairs: readonly (readonly [PhotoId, PhotoId])[]): MapPreview;
}

/** The map, served by the `library` worker. */
export interface MapContract {
  /** The space that searches rank by and `map` shows. */
  spaceInUse(): string;
  /** The map of the space in use; `null` if there is none yet. Places what was added since. */
  map(): PhotoMap | null;
}

/** Work on the map, in whichever tab does it. */
export type MapWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'working';
      readonly stage: 'reading' | 'neighbors' | 'layout';
      /** Overall, in [0, 1]. */
      readonly share: number;
    }
  | ({ readonly state: 'failed' } & ErrorReport);
