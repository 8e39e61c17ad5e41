import { toAkinError } from '../base/errors.ts';
import type { FacesOutput, NetInput, NetOutput } from '../protocol/index.ts';
import type { JobRow } from '../store/index.ts';
import type { Prepared } from '../vision/types.ts';
import type { StageClock } from './stageClock.ts';

/** Pixels in, vectors out. */
export interface Nets {
  embed(inputs: readonly NetInput[]): Promise<NetOutput>;
  faces(picture: ImageBitmap): Promise<FacesOutput>;
}

/** A file that was decoded. */
export interface Ready {
  readonly job: JobRow;
  readonly prepared: Prepared;
  readonly thumb: ArrayBuffer;
}

/** What the nets see in it. */
export interface Embedded {
  readonly ready: Ready;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
  /** `null` where none were looked for, or the nets could not: then they are looked for later. */
  readonly faces: FacesOutput | null;
}

/**
 * One call of the nets for some photos, and one for the faces of each where they are looked for.
 *
 * @param onEmbedded the nets have answered for all of them
 * @throws AkinError as the nets do
 */
export async function embedBatch(
  nets: Nets,
  clock: StageClock,
  batch: readonly Ready[],
  onEmbedded: () => void,
): Promise<Embedded[]> {
  // Copied, not transferred: a photo whose batch fails is given to the nets again.
  const inputs = batch.map(({ prepared: { small, large } }) => ({ small, large }));
  const output = await clock.time('embed', nets.embed(inputs));
  clock.add('nets', output.netMs);
  onEmbedded();
  const embedded: Embedded[] = [];
  for (const [i, ready] of batch.entries()) {
    const faces = await findFaces(nets, clock, ready);
    embedded.push({ ready, spaceId: output.spaceId, vector: output.vectors[i]!, faces });
  }
  for (const { prepared } of batch) prepared.picture?.close();
  return embedded;
}

async function findFaces(
  nets: Nets,
  clock: StageClock,
  { prepared: { picture } }: Ready,
): Promise<FacesOutput | null> {
  if (!picture) return null;
  try {
    const output = await clock.time('faces', nets.faces(picture));
    for (const [stage, ms] of Object.entries(output.msByStage)) clock.add(stage, ms);
    return output;
  } catch (thrown) {
    // The photo itself is well: its faces can wait.
    if (toAkinError(thrown).code === 'internal') return null;
    throw thrown;
  }
}
