import type { FaceBox, FacesOutput, NetFace } from '../protocol/index.ts';
import {
  createFaceFinder,
  drawChip,
  type Face,
  type FaceFinder,
  type FoundFaces,
} from '../vision/index.ts';

/**
 * The face finder beside an embedder, whose backend it shares: made at the first face asked for, and
 * disposed of with the embedder.
 */
export class FaceSlot {
  readonly #modelsUrl: string;
  readonly #lost: Promise<Error>;
  #finder: Promise<FaceFinder> | null = null;

  /** @param lost resolves when the device of the embedder is lost */
  constructor(modelsUrl: string, lost: Promise<Error>) {
    this.#modelsUrl = modelsUrl;
    this.#lost = lost;
  }

  /** @throws AkinError `model-missing`, `model-corrupt`, `device-lost`, `internal` */
  async find(picture: ImageBitmap): Promise<Omit<FacesOutput, 'status'>> {
    const finder = await this.#get();
    return outputOf(finder, picture, await finder.find(picture));
  }

  /** @throws AkinError as `find`, `invalid-argument` for a box without area in the picture */
  async describe(picture: ImageBitmap, box: FaceBox): Promise<Omit<FacesOutput, 'status'>> {
    const finder = await this.#get();
    const face = await finder.describe(picture, box);
    return outputOf(finder, picture, { faces: [face], leftOut: 0, ms: null });
  }

  dispose(): void {
    void this.#finder?.then((finder) => finder.dispose()).catch(() => {}); /* there is none */
    this.#finder = null;
  }

  #get(): Promise<FaceFinder> {
    this.#finder ??= createFaceFinder({ modelsUrl: this.#modelsUrl, lost: this.#lost }).catch(
      (thrown: unknown) => {
        this.#finder = null; /* a failed load may succeed the next time */
        throw thrown;
      },
    );
    return this.#finder;
  }
}

async function outputOf(
  { space, models }: FaceFinder,
  picture: ImageBitmap,
  { faces, leftOut, ms }: Omit<FoundFaces, 'ms'> & { readonly ms: FoundFaces['ms'] | null },
): Promise<Omit<FacesOutput, 'status'>> {
  const from = performance.now();
  const kept: NetFace[] = [];
  for (const face of faces) kept.push(await netFace(picture, face));
  const msByStage = { ...ms, chipMs: performance.now() - from };
  return { spaceId: space, version: models, faces: kept, leftOut, msByStage };
}

async function netFace(picture: ImageBitmap, face: Face): Promise<NetFace> {
  const chip = await drawChip(picture, face.points);
  return { ...face, chip: await chip.arrayBuffer() };
}
