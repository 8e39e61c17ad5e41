import { isBoxInside } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';
import type { NetInput, PhotoId, PictureVector, RegionBox } from '../../protocol/index.ts';
import { drawQuery } from '../../vision/decoding/prepare.ts';
import type { Model } from '../models/model.ts';

export interface EmbedPictureOptions {
  /** The model in use. */
  readonly model: () => Promise<Model>;
  readonly embed: (
    model: Model,
    photos: readonly (readonly NetInput[])[],
  ) => Promise<{ readonly vectors: readonly Float32Array<ArrayBuffer>[] }>;
}

export interface EmbedRegionOptions extends EmbedPictureOptions {
  /** The file of a photo. @throws AkinError `not-found` */
  readonly original: (id: PhotoId) => Promise<Blob>;
}

/**
 * The vector and colors of a picture that is not in the library, or the vector of a part of it, as
 * if it were imported. Stores nothing.
 *
 * @throws AkinError as an import does: `unsupported-format`, `damaged-picture`, `too-many-pixels`,
 *   `file-too-large`, `empty-file`, `unreadable-file`
 */
export async function embedPicture(
  picture: Blob,
  signal: AbortSignal,
  { model, embed }: EmbedPictureOptions,
  box?: RegionBox,
): Promise<PictureVector> {
  const chosen = await model();
  const { inputs, colors } = await drawQuery(picture, { signal, inputs: chosen.inputs, box });
  const { vectors } = await embed(chosen, [inputs]);
  return { spaceId: chosen.space.id, vector: vectors[0]!, ...(colors && { colors }) };
}

/**
 * The vector of a part of a photo or picture, as if the part were a picture of its own: drawn from
 * the original, so that a small part is as sharp as can be.
 *
 * @throws AkinError as `embedPicture`; `invalid-argument` for a box without area or outside the
 *   picture; `not-found` for a photo that is gone
 */
export async function embedRegion(
  of: PhotoId | Blob,
  box: RegionBox,
  signal: AbortSignal,
  { original, ...options }: EmbedRegionOptions,
): Promise<PictureVector> {
  if (!isBoxInside(box)) throw badBox();
  const picture = typeof of === 'number' ? await original(of) : of;
  return embedPicture(picture, signal, options, box);
}

export function badBox(): AkinError {
  return new AkinError(
    'invalid-argument',
    'A box has an area, and lies inside its picture: x, y, width and height are fractions of 1.',
  );
}
