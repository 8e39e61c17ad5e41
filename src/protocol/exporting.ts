import type { VectorFormat } from '../base/vectorFormats.ts';
import type { PhotoMap } from './map.ts';
import type { PhotoId } from './photo.ts';
import type { WordLanguage } from './words.ts';

export { VECTOR_FORMATS, type VectorFormat } from '../base/vectorFormats.ts';

/** Names of what photos show: a photo may have several. */
export interface ShownNames {
  readonly names: readonly string[];
  /** (m) */
  readonly photos: Uint32Array<ArrayBuffer>;
  /** (m) index into `names` of what each of `photos` shows */
  readonly shown: Uint32Array<ArrayBuffer>;
}

/** What the `library` worker knows about the vectors to export. */
export interface ExportSource {
  /** The space that photos are compared in: the model's or the calibration's in use. */
  readonly spaceId: string;
  readonly d: number;
  /** (n) photos of the gallery with a vector in that space, ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly items: ShownNames;
  /** Named people, hidden ones aside; `null` if they weren't asked for. */
  readonly people: ShownNames | null;
}

export interface VectorFileRequest {
  readonly format: VectorFormat;
  readonly source: ExportSource;
  /** The photos to export; `null` for all. */
  readonly ids: readonly PhotoId[] | null;
  /** Of what photos look like. */
  readonly language: WordLanguage;
  readonly map: Pick<PhotoMap, 'ids' | 'positions' | 'clusters'> | null;
}

/** Photos written, and photos to write. */
export interface VectorFileProgress {
  readonly done: number;
  readonly total: number;
}

/** Vectors of photos with their metadata, as a file. */
export interface VectorFile {
  readonly blob: Blob;
  /** Number of photos in it, and of those asked for that have no vector, or are gone. */
  readonly photos: number;
  readonly skipped: number;
}

/** Exporting vectors, served by the `export` worker to the page: one file per worker. */
export interface ExportContract {
  /** Must be called first. @param news a port that receives `VectorFileProgress` */
  configure(baseUrl: string, news: MessagePort): void;
  /**
   * Rejects with `not-found` if there is no vector to export, and with `invalid-argument` for an
   * unknown format and for more than an archive can hold.
   */
  write(request: VectorFileRequest): VectorFile;
}
