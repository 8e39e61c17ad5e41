import type { NetInput, PictureVector } from '../../protocol/index.ts';
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

/**
 * The vector and colors of a picture that is not in the library, as if it were imported. Stores nothing.
 *
 * @throws AkinError as an import does: `unsupported-format`, `damaged-picture`, `too-many-pixels`,
 *   `file-too-large`, `empty-file`, `unreadable-file`
 */
export async function embedPicture(
  picture: Blob,
  signal: AbortSignal,
  { model, embed }: EmbedPictureOptions,
): Promise<PictureVector> {
  const chosen = await model();
  const { inputs, colors } = await drawQuery(picture, { signal, inputs: chosen.inputs });
  const { vectors } = await embed(chosen, [inputs]);
  return { spaceId: chosen.space.id, vector: vectors[0]!, colors };
}
