import type { Box } from '../../base/boxes.ts';
import { AkinError, toAkinError } from '../../base/errors.ts';
import type { BytesProgress } from '../models.ts';
import { openModels } from '../models.ts';
import { CHIP_SIDE } from './align/chip.ts';
import type { FacePicture } from './align/sampler.ts';
import { Sampler } from './align/sampler.ts';
import { DETECT_SIDE } from './detect/blazeface.ts';
import { MESH_SIDE } from './detect/mesh.ts';
import { faceSpaceOf } from './faceModels.ts';
import type { FaceNets } from './faceNets.ts';
import { loadFaceNets } from './faceNets.ts';
import { describeDrawn, findFaces } from './findFaces.ts';
import type { Face, FoundFaces } from './types.ts';

/** Finds and describes faces, on the backend that TF.js runs on. */
export interface FaceFinder {
  /** Space id: embedder's weights and dimensions. Vectors of two spaces never mix. */
  readonly space: string;
  readonly d: number;
  /** Which models looked: changes when any of the three does. */
  readonly models: string;
  /**
   * Finds the faces of a picture. Calls take turns.
   *
   * @param picture decoded and oriented; the caller closes it when the promise is settled
   * @throws AkinError `device-lost`, `internal`
   */
  find(picture: FacePicture): Promise<FoundFaces>;
  /**
   * Describes the face in a box that a person drew, however poor: its `flag` says whether it looks
   * like one, its `score` is 0 unless the detector sees it too, and its box is the one drawn.
   *
   * @param box shares of the picture's sides; what of it lies outside is cut off
   * @throws AkinError `invalid-argument` for a box without area in the picture; `device-lost`,
   *   `internal`
   */
  describe(picture: FacePicture, box: Box): Promise<Face>;
  dispose(): void;
}

export interface FaceFinderOptions {
  /** Address of the folder `models/`, of the app's own origin, ending in a slash. */
  readonly modelsUrl: string;
  /** Rejects what is under way when the device is lost, since its reads may never settle. */
  readonly lost?: Promise<Error> | undefined;
  readonly onBytes?: BytesProgress | undefined;
}

async function sampled<T>(picture: FacePicture, work: (sampler: Sampler) => Promise<T>) {
  const sampler = new Sampler(picture);
  try {
    return await work(sampler);
  } finally {
    sampler.dispose();
  }
}

/** Runs each net once: memory is laid out and shaders compile before the first photo. */
async function warmUp(nets: FaceNets): Promise<void> {
  await nets.detect(new Float32Array(DETECT_SIDE ** 2 * 3));
  await nets.mesh(new Float32Array(MESH_SIDE ** 2 * 3), 1);
  await nets.embed(new Float32Array(CHIP_SIDE ** 2 * 3), 1);
}

/**
 * Fetches the three nets, checks and loads them, and warms them up. Nothing of them is fetched
 * before. TF.js must run on a backend already, such as the one of an embedder: both share it, and
 * when it is lost or changed both are disposed of and made anew.
 *
 * @throws AkinError `model-missing`, `model-corrupt`, `device-lost`
 */
export async function createFaceFinder(options: FaceFinderOptions): Promise<FaceFinder> {
  const lost = options.lost?.then((reason) => {
    throw toAkinError(reason, 'device-lost');
  });
  // Nobody may be waiting when it happens; then the next call tells.
  lost?.catch(() => {});
  const guarded = <T>(work: Promise<T>): Promise<T> => (lost ? Promise.race([work, lost]) : work);

  const files = await openModels(options.modelsUrl, options.onBytes);
  const nets = await guarded(loadFaceNets(files));
  try {
    await guarded(warmUp(nets));
  } catch (error) {
    nets.dispose();
    throw error;
  }
  const { id, d, version } = faceSpaceOf(files);
  let disposed = false;
  // One at a time: pictures share canvases, and two would count each other's time.
  let previous: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = previous.then(() => {
      if (disposed) throw new AkinError('internal', 'The face finder was disposed of.');
      return guarded(work());
    });
    // One failure must not fail the calls after it.
    previous = result.catch(() => {});
    return result;
  };
  return {
    space: id,
    d,
    models: version,
    find: (picture) => inTurn(() => sampled(picture, (sampler) => findFaces(sampler, nets))),
    describe: (picture, box) =>
      inTurn(() => sampled(picture, (sampler) => describeDrawn(sampler, nets, box))),
    dispose() {
      if (disposed) return;
      disposed = true;
      nets.dispose();
    },
  };
}
