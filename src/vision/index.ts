/**
 * From pictures to vectors. For a worker: nothing here runs on the page.
 *
 * ```ts
 * prepare(file: Blob, bytes: Uint8Array<ArrayBuffer> | undefined, { inputs }): Promise<Prepared>
 *   // AkinError: empty-file, unsupported-format, file-too-large, too-many-pixels,
 *   //            damaged-picture, unreadable-file
 * inspect(bytes: Uint8Array): Inspected            // { type, width, height } without decoding
 * createEmbedder(options: EmbedderOptions): Promise<Embedder>
 *   // AkinError: model-missing, model-corrupt, backend-unavailable, device-lost
 * embedder.embed(photos: readonly (readonly NetPicture[])[]): Promise<{ vectors, classes, netMs, otherMs }>
 *   // AkinError: device-lost → dispose, createEmbedder again, continue with the same photos
 * ```
 *
 * Faces use the backend opened by an embedder; the first call fetches their nets:
 *
 * ```ts
 * createFaceFinder(options: FaceFinderOptions): Promise<FaceFinder>
 *   // AkinError: model-missing, model-corrupt, device-lost
 * finder.find(picture: FacePicture): Promise<FoundFaces>   // { faces, leftOut, ms }
 * finder.describe(picture: FacePicture, box: Box): Promise<Face>   // a box drawn by hand
 * drawChip(picture: FacePicture, points: readonly Point[], side?: number): Promise<Blob>
 * faceId(photoHash: string, box: Box): string
 * ```
 *
 * The displayed similarity comes from `calibration.ts`, which doesn't import TF.js. Import it by
 * its own path, so that other workers or the page don't load the nets:
 *
 * ```ts
 * oneIn(table: CalibrationTable, cosine: number): number   // 4000: "1 in 4,000 unrelated pairs"
 * ```
 */

export type { Box } from '../base/boxes.ts';
export { facePicture } from './decoding/facePicture.ts';
export { prepare } from './decoding/prepare.ts';
export { createEmbedder, type EmbedderOptions } from './embedder.ts';
export { drawChip, writeChip } from './faces/align/chipImage.ts';
export type { Point } from './faces/align/geometry.ts';
export type { FacePicture } from './faces/align/sampler.ts';
export type { Pose } from './faces/detect/mesh.ts';
export type { FaceFinder, FaceFinderOptions } from './faces/faceFinder.ts';
export { createFaceFinder } from './faces/faceFinder.ts';
export { faceId } from './faces/faceId.ts';
export { FACE_D, type FaceSpace, faceSpace } from './faces/faceModels.ts';
export type { Face, FaceQuality, FaceTimes, FoundFaces } from './faces/types.ts';
export { MAX_FACES, MAYBE_SAME_PERSON_L2, SAME_PERSON_L2 } from './faces/types.ts';
export type { Inspected } from './headers/inspect.ts';
export { inspect, MAX_BYTES, MAX_PIXELS } from './headers/inspect.ts';
export type {
  BackendCandidate,
  BackendName,
  BackendReport,
  CalibrationTable,
  Embedded,
  Embedder,
  LoadProgress,
  NetPicture,
  PictureType,
  Prepared,
} from './types.ts';
export { backendNames, THUMB_SIDE } from './types.ts';
