import { toAkinError } from '../../base/errors.ts';
import type {
  FacesOutput,
  NetClasses,
  NetInput,
  NetOutput,
  NetRegions,
} from '../../protocol/index.ts';
import type { JobRow } from '../../store/index.ts';
import type { Prepared } from '../../vision/types.ts';
import type { Model } from '../models/model.ts';
import type { StageClock } from './stageClock.ts';

/** Pixels in, vectors out. */
export interface Nets {
  /** Number of calls that may compute concurrently. */
  width(): number;
  /** Maximum number of workers so far. */
  workers(): number;
  /** The model in use. */
  model(): Promise<Model>;
  embed(model: Model, photos: readonly (readonly NetInput[])[]): Promise<NetOutput>;
  faces(picture: ImageBitmap): Promise<FacesOutput>;
}

/** A decoded file. */
export interface Ready {
  readonly job: JobRow;
  /** The model its inputs were drawn for; another may be chosen meanwhile. */
  readonly model: Model;
  readonly prepared: Prepared;
  readonly thumb: ArrayBuffer;
}

/** The models' output for a file. */
export interface Embedded {
  readonly ready: Ready;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
  /** `null` if a net has no feature map. */
  readonly regions: NetRegions | null;
  /** The most likely classes; `null` if the net has no classifier. */
  readonly classes: NetClasses | null;
  /** `null` if faces are off or detection failed; the scan then catches up later. */
  readonly faces: FacesOutput | null;
}

/** Consecutive crashes of the inference worker after which faces are deferred. */
const MAX_FACE_DEATHS = 3;

/** Runs photos through the models: one call per batch, plus one per photo for its faces. */
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
   * @param onEmbedded called when the vectors of the whole batch are available
   * @throws AkinError as the models do
   */
  async embed(batch: readonly Ready[], onEmbedded: () => void): Promise<Embedded[]> {
    const embedded: Embedded[] = [];
    for (const group of byModel(batch)) embedded.push(...(await this.#embed(group, onEmbedded)));
    return embedded;
  }

  async #embed(batch: readonly Ready[], onEmbedded: () => void): Promise<Embedded[]> {
    // Copied, not transferred: if the batch fails, its photos are retried.
    const photos = batch.map(({ prepared: { inputs } }) => inputs);
    const { model } = batch[0]!;
    const output = await this.#clock.time('embed', this.#nets.embed(model, photos));
    this.#clock.add('nets', output.netMs);
    this.#clock.add('regions', output.regionsMs ?? 0);
    onEmbedded();
    const embedded: Embedded[] = [];
    for (const [i, ready] of batch.entries()) {
      const faces = await this.#findFaces(ready);
      const classes = output.classes?.[i] ?? null;
      embedded.push({
        ready,
        spaceId: output.spaceId,
        vector: output.vectors[i]!,
        regions: output.regions?.[i] ?? null,
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
      // The photo itself is fine: the face scan can catch up later.
      if (code === 'internal' || code === 'worker-died') return null;
      throw thrown;
    }
  }
}

/** Usually the whole batch uses one model; two only while another is being chosen. */
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
