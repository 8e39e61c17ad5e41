import { MODEL_SIDES, type ModelInput } from '../../base/broughtModel.ts';
import { AkinError, type ErrorDetails } from '../../base/errors.ts';
import type { Skeleton } from './skeleton.ts';

/** Common training sizes, the most common first. */
const USUAL_SIDES: readonly number[] = [224, 256, 299, 192, 128, 96, 64, 32];

const wrong = (what: string, details: ErrorDetails): AkinError =>
  new AkinError(
    'model-wrong-input',
    `The model takes ${what}. Akin needs a model that takes one color picture: [1, height, width, 3] or [1, 3, height, width].`,
    { details },
  );

/**
 * Determines a model's input.
 *
 * @throws AkinError `model-wrong-input`
 */
export function modelInput({ input: { name, shape } }: Skeleton): ModelInput {
  // If the model declares nothing, assume the usual shape; running it shows whether that fits.
  if (shape === null) return { name, shape: [null, null, null, 3], layout: 'nhwc', side: null };
  const sides = `[${shape.map((each) => each ?? '?').join(', ')}]`;
  const wrongShape = () =>
    wrong(`an input of the shape ${sides}`, { reason: 'shape', shape: sides });
  if (shape.length !== 4) throw wrongShape();
  const [batch, one, two, three] = shape as [number | null, ...(number | null)[]];
  if (batch !== null && batch !== 1) {
    throw wrong(`${batch} pictures at a time`, { reason: 'batch', count: batch });
  }
  const layout = three === 3 ? 'nhwc' : one === 3 ? 'nchw' : null;
  if (layout === null) throw wrongShape();
  const [height, width] = layout === 'nhwc' ? [one, two] : [two, three];
  if (height !== width && height != null && width != null) {
    throw new AkinError(
      'model-wrong-input',
      `The model takes pictures of ${width} × ${height} pixels. Akin needs a model that takes square ones, or any.`,
      { details: { reason: 'square', width, height } },
    );
  }
  const side = height ?? width ?? null;
  if (side !== null && (side < MODEL_SIDES.least || side > MODEL_SIDES.most)) {
    throw new AkinError(
      'model-wrong-input',
      `The model takes pictures of ${side} × ${side} pixels. Akin draws pictures of ${MODEL_SIDES.least} to ${MODEL_SIDES.most} pixels.`,
      { details: { reason: 'side', side, ...MODEL_SIDES } },
    );
  }
  return { name, shape, layout, side };
}

/** Sides to try until one runs: some models declare any size but don't support it. */
export const sidesToTry = ({ side }: ModelInput): readonly number[] =>
  side === null ? USUAL_SIDES : [side];
