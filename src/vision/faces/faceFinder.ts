import { AkinError, toAkinError } from '../../base/errors.ts';
import type { BytesProgress } from '../models.ts';
import { openModels } from '../models.ts';
import { laplacianVariance } from './blur.ts';
import { alignToChip, CHIP_SIDE } from './chip.ts';
import { FACE_D } from './dlibNet.ts';
import type { FaceNets } from './faceNets.ts';
import { FACE_MODEL_FILES, loadFaceNets } from './faceNets.ts';
import type { CheckedFace } from './faceSearch.ts';
import { FaceSearch } from './faceSearch.ts';
import { normalise } from './geometry.ts';
import { toFloats } from './input.ts';
import { faceQuality } from './quality.ts';
import type { FacePicture } from './sampler.ts';
import { Sampler } from './sampler.ts';
import { StageClock } from './stageClock.ts';
import type { Face, FoundFaces } from './types.ts';
import { MAX_FACES } from './types.ts';

/** Faces that the embedder sees at once: larger batches gain nothing and cost memory. */
const EMBED_BATCH = 8;
/** Aligns and embeds faces, several at a time. */
async function describeFaces(
  sampler: Sampler,
  nets: FaceNets,
  faces: readonly CheckedFace[],
  clock: StageClock,
): Promise<Face[]> {
  const described: Face[] = [];
  for (let from = 0; from < faces.length; from += EMBED_BATCH) {
    const batch = faces.slice(from, from + EMBED_BATCH);
    const chips = await clock.time('alignMs', () =>
      batch.map(({ mesh }) => {
        const map = alignToChip(mesh.fivePoints);
        return map === null ? null : sampler.read(map, CHIP_SIDE);
      }),
    );
    const present = chips.filter((chip) => chip !== null);
    const vectors = await clock.time('embedMs', () =>
      nets.embed(toFloats(present, 1, 0), present.length),
    );
    let at = 0;
    for (const [i, chip] of chips.entries()) {
      if (chip === null) continue;
      const { detection, mesh, flag } = batch[i]!;
      const { width, height } = sampler;
      const told = {
        score: detection.score,
        flag,
        sizePx: Math.max(detection.box.width, detection.box.height),
        blur: laplacianVariance(chip, CHIP_SIDE),
        pose: mesh.pose,
      };
      described.push({
        ...told,
        box: normalise(detection.box, width, height),
        points: mesh.fivePoints.map(({ x, y }) => ({ x: x / width, y: y / height })),
        quality: faceQuality(told),
        vector: vectors.slice(at, at + FACE_D) as Float32Array<ArrayBuffer>,
      });
      at += FACE_D;
    }
  }
  return described;
}

async function find(picture: FacePicture, nets: FaceNets): Promise<FoundFaces> {
  const clock = new StageClock();
  const sampler = new Sampler(picture);
  try {
    const checked = await new FaceSearch(sampler, nets, clock).run();
    const kept = checked.slice(0, MAX_FACES);
    const faces = await describeFaces(sampler, nets, kept, clock);
    return { faces, leftOut: checked.length - kept.length, ms: clock.ms };
  } finally {
    sampler.dispose();
  }
}

/** Finds and describes faces, on the backend that TF.js runs on. */
export interface FaceFinder {
  /** Space id: embedder's weights and dimensions. Vectors of two spaces never mix. */
  readonly space: string;
  /**
   * Finds the faces of a picture. Calls take turns.
   *
   * @param picture decoded and oriented; the caller closes it when the promise is settled
   * @throws AkinError `device-lost`, `internal`
   */
  find(picture: FacePicture): Promise<FoundFaces>;
  dispose(): void;
}

export interface FaceFinderOptions {
  /** Address of the folder `models/`, of the app's own origin, ending in a slash. */
  readonly modelsUrl: string;
  /** Rejects what is under way when the device is lost, since its reads may never settle. */
  readonly lost?: Promise<Error>;
  readonly onBytes?: BytesProgress;
}

/**
 * Fetches the three nets and loads them. Nothing of them is fetched before.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function createFaceFinder(options: FaceFinderOptions): Promise<FaceFinder> {
  const files = await openModels(options.modelsUrl, options.onBytes);
  const nets = await loadFaceNets(files);
  const [, , embedder] = FACE_MODEL_FILES.map((path) => files.sha256(path));
  const lost = options.lost?.then((reason) => {
    throw toAkinError(reason, 'device-lost');
  });
  lost?.catch(() => {});
  let disposed = false;
  let previous: Promise<unknown> = Promise.resolve();
  return {
    space: `dlib-face/${embedder!.slice(0, 12)}/${FACE_D}`,
    find(picture) {
      const result = previous.then(() => {
        if (disposed) throw new AkinError('internal', 'The face finder was disposed of.');
        const work = find(picture, nets);
        return lost ? Promise.race([work, lost]) : work;
      });
      previous = result.catch(() => {});
      return result;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      nets.dispose();
    },
  };
}
