import type { FaceBox, FacesOutput, NetFace } from '../../protocol/index.ts';
import {
  createFaceFinder,
  type Face,
  type FaceFinder,
  type FoundFaces,
  writeChip,
} from '../../vision/index.ts';

/** The models' output, with crops not encoded yet. */
export interface RawFaces extends Pick<FacesOutput, 'spaceId' | 'version' | 'leftOut'> {
  readonly faces: readonly Face[];
  readonly msByStage: Readonly<Record<string, number>>;
}

/**
 * The face finder beside an embedder, whose backend it shares: created for the first face, and
 * disposed of with the embedder or when all face data is erased.
 */
export class FaceSlot {
  readonly #modelsUrl: string;
  readonly #lost: Promise<Error>;
  #finder: Promise<FaceFinder> | null = null;

  /** @param lost resolves when the embedder's device is lost */
  constructor(modelsUrl: string, lost: Promise<Error>) {
    this.#modelsUrl = modelsUrl;
    this.#lost = lost;
  }

  /** @throws AkinError `model-missing`, `model-corrupt`, `device-lost`, `internal` */
  async find(picture: ImageBitmap): Promise<RawFaces> {
    const finder = await this.#get();
    const found = await finder.find(picture);
    return rawFaces(finder, found, { ...found.ms });
  }

  /** @throws AkinError as `find`, and `invalid-argument` for a box without area in the picture */
  async describe(picture: ImageBitmap, box: FaceBox): Promise<RawFaces> {
    const finder = await this.#get();
    const face = await finder.describe(picture, box);
    return rawFaces(finder, { faces: [face], leftOut: 0 }, {});
  }

  /** The next face recreates the finder. */
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

/** Encodes the crops as images. Needs no net, so the next photo need not wait for it. */
export async function writeChips({
  faces,
  msByStage,
  ...rest
}: RawFaces): Promise<Omit<FacesOutput, 'status'>> {
  const from = performance.now();
  const written = await Promise.all(
    faces.map(async (face): Promise<NetFace> => {
      const image = await writeChip(face.chip);
      return { ...face, chip: await image.arrayBuffer() };
    }),
  );
  return { ...rest, faces: written, msByStage: { ...msByStage, chipMs: performance.now() - from } };
}

function rawFaces(
  { space, models }: FaceFinder,
  { faces, leftOut }: Pick<FoundFaces, 'faces' | 'leftOut'>,
  msByStage: Readonly<Record<string, number>>,
): RawFaces {
  return { spaceId: space, version: models, faces, leftOut, msByStage };
}
