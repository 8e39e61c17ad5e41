import { isBoxInside } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';
import type {
  ExplainedExample,
  NetInput,
  PairHeat,
  PhotoId,
  RegionBox,
} from '../../protocol/index.ts';
import { drawInputs } from '../../vision/decoding/prepare.ts';
import type { Model } from '../models/model.ts';
import { throwIfAborted } from '../shared/yieldToEventLoop.ts';
import { badBox } from './embedPicture.ts';

export interface ExplainResultOptions {
  /** The model in use. */
  readonly model: () => Promise<Model>;
  readonly explain: (
    model: Model,
    examples: readonly (readonly NetInput[])[],
    result: readonly NetInput[],
    box: RegionBox | null,
  ) => Promise<PairHeat>;
  /** The file of a photo. @throws AkinError `not-found` */
  readonly original: (id: PhotoId) => Promise<Blob>;
}

/**
 * Which parts of a photo make it similar to the most similar of some examples. Runs the nets once
 * per picture, as an import would; stores nothing.
 *
 * @param box the part of the photo that matches; `null` for the whole
 * @throws AkinError `no-feature-map` if the model gives one vector per picture; `not-found` for a
 *   photo that is gone; `invalid-argument` for a bad box or no examples; as an import for pictures
 */
export async function explainResult(
  examples: readonly ExplainedExample[],
  photo: PhotoId,
  box: RegionBox | null,
  signal: AbortSignal,
  { model, explain, original }: ExplainResultOptions,
): Promise<PairHeat> {
  if (examples.length === 0) {
    throw new AkinError('invalid-argument', 'There is no picture to compare the photo with.');
  }
  for (const each of [box, ...examples.map((example) => example.box)]) {
    if (each && !isBoxInside(each)) throw badBox();
  }
  const chosen = await model();
  if (!chosen.hasMap) {
    throw new AkinError('no-feature-map', 'The model in use gives one vector per picture.');
  }
  const draw = async ({ of, box: part }: ExplainedExample) => {
    const picture = typeof of === 'number' ? await original(of) : of;
    return drawInputs(picture, { signal, inputs: chosen.inputs, box: part });
  };
  const result = await draw({ of: photo });
  const drawn: (readonly NetInput[])[] = [];
  for (const example of examples) drawn.push(await draw(example));
  throwIfAborted(signal);
  const { example, cosine, query, result: found } = await explain(chosen, drawn, result, box);
  return { example, cosine, query, result: found };
}
