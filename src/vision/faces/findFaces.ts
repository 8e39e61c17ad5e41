import type { Box } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';
import { normalise } from './align/geometry.ts';
import type { SquareReader } from './align/sampler.ts';
import { FaceSearch } from './detect/faceSearch.ts';
import { describeFaces } from './embed/describe.ts';
import type { FaceNets } from './faceNets.ts';
import { StageClock } from './stageClock.ts';
import type { Face, FoundFaces } from './types.ts';
import { MAX_FACES } from './types.ts';

/**
 * Finds and describes the faces of one picture.
 *
 * @throws AkinError `internal`
 */
export async function findFaces(picture: SquareReader, nets: FaceNets): Promise<FoundFaces> {
  const clock = new StageClock();
  const found = await new FaceSearch(picture, nets, clock).run();
  const faces = await describeFaces(picture, nets, found.slice(0, MAX_FACES), clock);
  return { faces, leftOut: Math.max(0, found.length - MAX_FACES), ms: clock.ms };
}

/**
 * Describes the face in a drawn box.
 *
 * @param drawn fractions of the picture's sides
 * @returns with the drawn box, clipped to the picture
 * @throws AkinError `invalid-argument`, `internal`
 */
export async function describeDrawn(
  picture: SquareReader,
  nets: FaceNets,
  drawn: Box,
): Promise<Face> {
  const box = normalise(drawn, 1, 1);
  if (!(box.width > 0 && box.height > 0)) {
    throw new AkinError('invalid-argument', 'Draw the box within the picture.');
  }
  const { width, height } = picture;
  const inPixels = {
    x: box.x * width,
    y: box.y * height,
    width: box.width * width,
    height: box.height * height,
  };
  const clock = new StageClock();
  const checked = await new FaceSearch(picture, nets, clock).inDrawn(inPixels);
  const [face] = await describeFaces(picture, nets, [checked], clock);
  if (!face) throw new AkinError('internal', 'The box could not be aligned.');
  return { ...face, box };
}
