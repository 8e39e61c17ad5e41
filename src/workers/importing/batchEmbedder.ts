import { toAkinError } from '../../base/errors.ts';
import type { FacesOutput, NetClasses, NetInput, NetOutput } from '../../protocol/index.ts';
import type { JobRow } from '../../store/index.ts';
import type { Prepared } from '../../vision/types.ts';
import type { Model } from '../models/model.ts';
import type { StageClock } from './stageClock.ts';

/** Pixels in, vectors out. */
export interface Nets {
  /** How many calls may compute at the same time. */
  width(): number;
  /** How many workers there were at most. */
  workers(): number;
  /** The model that photos are seen with now. */
  model(): Promise<Model>;
  embed(model: Model, photos: readonly (readonly NetInput[])[]): Promise<NetOutput>;
  faces(picture: ImageBitmap): Promise<FacesOutput>;
}

/** A file that was decoded. */
export interface Ready {
  readonly job: JobRow;
  /** The model that it was drawn for: another may be chosen meanwhile. */
  readonly model: Model;
  readonly prepared: Prepared;
  readonly thumb: ArrayBuffer;
}

/** What the nets see in it. */
export interface Embedded {
  readonly ready: Ready;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
  /** The likeliest classes; `null` where the net tells none. */
  readonly classes: NetClasses | null;
  /** `null` where none were looked for, or the nets could not: then they are looked for later. */
  readonly faces: FacesOutput | null;
}

/** Deaths of the nets' worker in a row after which faces are left for later. */
const MAX_FACE_DEATHS = 3;

/** Has the nets look at photos: one call for some of them, and one for the faces of each. */
export class BatchEmbedder {
  readonly #nets: Nets;
  readonly #clock: StageClock;
  #faceDeaths = 0;

  constructor(nets: Nets, clock: StageClock) {
    this.#nets = nets;
    this.#clock = clock;
  }

  get width(): number {
    return this.#nets.width();
  }

  /**
   * @param onEmbedded the nets have given the vectors of all of them
   * @throws AkinError as the nets do
   */
  async embed(batch: readonly Ready[], onEmbedded: () => void): Promise<Embedded[]> {
    const embedded: Embedded[] = [];
    for (const group of byModel(batch)) embedded.push(...(await this.#embed(group, onEmbedded)));
    return embedded;
  }

  async #embed(batch: readonly Ready[], onEmbedded: () => void): Promise<Embedded[]> {
    // Copied, not transferred: a photo whose batch fails is given to the nets again.
    const photos = batch.map(({ prepared: { inputs } }) => inputs);
    const { model } = batch[0]!;
    const output = await this.#clock.time('embed', this.#nets.embed(model, photos));
    this.#clock.add('nets', output.netMs);
    onEmbedded();
    const embedded: Embedded[] = [];
    for (const [i, ready] of batch.entries()) {
      const faces = await this.#findFaces(ready);
      const classes = output.classes?.[i] ?? null;
      embedded.push({
        ready,
        spaceId: output.spaceId,
        vector: output.vectors[i]!,
        classes,
        faces,
      });
    }
    for (const { prepared } of batch) prepared.picture?.close();
    return embedded;
  }

  async #findFaces({ prepared: { picture } }: Ready): Promise<FacesOutput | null> {
    if (!picture || this.#faceDeaths >= MAX_FACE_DEATHS) return null;
    try {
      const output = await this.#clock.time('faces', this.#nets.faces(picture));
      for (const [stage, ms] of Object.entries(output.msByStage)) this.#clock.add(stage, ms);
      this.#faceDeaths = 0;
      return output;
    } catch (thrown) {
      const { code } = toAkinError(thrown);
      if (code === 'worker-died') this.#faceDeaths++;
      // The photo itself is well: its faces can wait for who looks through the photos that are there.
      if (code === 'internal' || code === 'worker-died') return null;
      throw thrown;
    }
  }
}

/** In most batches all are of one model: of two only while another is being chosen. */
function byModel(batch: readonly Ready[]): Ready[][] {
  const groups = new Map<string, Ready[]>();
  for (const ready of batch) {
    const { id } = ready.model.space;
    const group = groups.get(id);
    if (group) group.push(ready);
    else groups.set(id, [ready]);
  }
  return [...groups.values()];
}
