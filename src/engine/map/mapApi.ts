import type { MapPreview, MapWork, PhotoId, PhotoMap } from '../../protocol/index.ts';
import type { CallOptions } from '../callOptions.ts';
import type { Observable } from '../observable.ts';

/** The library as a map. Methods reject with an `AkinError`. */
export interface MapApi {
  /** Incremented whenever the map may have changed, in any tab. */
  readonly version: Observable<number>;
  /** Progress of a layout, in whichever tab does it. */
  readonly work: Observable<MapWork>;
  /**
   * The map of the space in use, with photos added since its layout placed among their neighbors;
   * `null` if there is none yet.
   */
  get(options?: CallOptions): Promise<PhotoMap | null>;
  /**
   * Lays all photos out anew and keeps the result. The same photos and seed give the same map.
   * Aborting leaves the map as it was.
   */
  layOut(options?: CallOptions & { readonly seed?: number }): Promise<PhotoMap>;
  /**
   * Where photos near these pairs would lie if each pair belonged together, at most 600. Changes
   * nothing.
   */
  preview(
    pairs: readonly (readonly [PhotoId, PhotoId])[],
    options?: CallOptions,
  ): Promise<MapPreview>;
  /** Cancels a layout in any tab. */
  cancel(): Promise<void>;
}
