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

/** Finds and describes faces on TF.js's current backend. */
export interface FaceFinder {
  /** Space id: the embedder's weights and dimensions. Vectors of different spaces never mix. */
  readonly space: string;
  readonly d: number;
  /** The models in use: changes if any of the three does. */
  readonly models: string;
  /**
   * Finds the faces of a picture. Calls are queued.
   *
   * @param picture decoded and oriented; the caller closes it after the promise settles
   * @throws AkinError `device-lost`, `internal`
   */
  find(picture: FacePicture): Promise<FoundFaces>;
  /**
   * Describes the face in a drawn box, whatever its quality: `flag` says whether it looks like a
   * face, `score` is 0 unless the detector finds it too, and the box is the one drawn.
   *
   * @param box fractions of the picture's sides, clipped to the picture
   * @throws AkinError `invalid-argument` for a box without area in the picture; `device-lost`,
   *   `internal`
   */
  describe(picture: FacePicture, box: Box): Promise<Face>;
  dispose(): void;
}

export interface FaceFinderOptions {
  /** URL of the folder `models/`, on the app's own origin, ending in a slash. */
  readonly modelsUrl: string;
  /** Rejects pending work when the device is lost, since its reads may never settle. */
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

/**
 * Runs each net once, so that memory is allocated and shaders are compiled before the first photo.
 */
async function warmUp(nets: FaceNets): Promise<void> {
  await nets.detect(new Float32Array(DETECT_SIDE ** 2 * 3));
  await nets.mesh(new Float32Array(MESH_SIDE ** 2 * 3), 1);
  await nets.embed(new Float32Array(CHIP_SIDE ** 2 * 3), 1);
}

/**
 * Fetches the three nets on first use, checks, loads and warms them up. TF.js must already run on a
 * backend, such as an embedder's: both share it, and when it is lost or changed both must be
 * disposed and recreated.
 *
 * @throws AkinError `model-missing`, `model-corrupt`, `device-lost`
 */
export async function createFaceFinder(options: FaceFinderOptions): Promise<FaceFinder> {
  const lost = options.lost?.then((reason) => {
    throw toAkinError(reason, 'device-lost');
  });
  // Nobody may be awaiting it at that moment; the next call reports it then.
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
