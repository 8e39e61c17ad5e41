import type {
  BackendName,
  ExplainOutput,
  FaceBox,
  FacesOutput,
  LayersOutput,
  NetInput,
  NetOutput,
  NetsReport,
  RegionBox,
} from '../../protocol/index.ts';
import type { NetsPool } from '../nets/netsPool.ts';
import type { Model } from './model.ts';

export interface ModelNetsOptions {
  /** The model in use. */
  readonly chosen: () => Promise<Model>;
  readonly open: (model: Model) => NetsPool;
}

/**
 * The chosen model's nets, in a pool of their own. Work on a former model finishes there; its idle
 * workers then terminate themselves.
 */
export class ModelNets {
  readonly #options: ModelNetsOptions;
  /** By space, since a model that was removed and added again may differ. */
  readonly #pools = new Map<string, NetsPool>();
  #model: Promise<Model> | null = null;
  #latest: NetsPool | null = null;

  constructor(options: ModelNetsOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return [...this.#pools.values()].some(({ isRunning }) => isRunning);
  }

  /** As reported by the pool used last. */
  get workers(): number {
    return this.#latest?.workers ?? 1;
  }

  get width(): number {
    return this.#latest?.width ?? 1;
  }

  /** The model in use. Doesn't cache a failure, so the next call retries. */
  model(): Promise<Model> {
    if (this.#model) return this.#model;
    const asked = this.#options.chosen();
    this.#model = asked;
    asked.catch(() => {
      if (this.#model === asked) this.#model = null;
    });
    return asked;
  }

  /** Another model was chosen. */
  changed(): void {
    this.#model = null;
  }

  /** @param inputs per photo, the inputs of the model's nets @throws AkinError as the pool does */
  embed(model: Model, inputs: readonly (readonly NetInput[])[]): Promise<NetOutput> {
    return this.#poolOf(model).work('embed', [inputs]);
  }

  /** Inputs as for `embed`. @throws AkinError as the pool does */
  explain(
    model: Model,
    examples: readonly (readonly NetInput[])[],
    result: readonly NetInput[],
    box: RegionBox | null,
  ): Promise<ExplainOutput> {
    return this.#poolOf(model).work('explain', [examples, result, box]);
  }

  /** Inputs of one photo. @throws AkinError as the pool does */
  layers(model: Model, picture: readonly NetInput[]): Promise<LayersOutput> {
    return this.#poolOf(model).work('layers', [picture]);
  }

  /** Faces have nets of their own, which run beside those of any model. */
  async faces(picture: ImageBitmap): Promise<FacesOutput> {
    return (await this.#pool()).work('faces', [picture]);
  }

  async drawnFace(picture: ImageBitmap, box: FaceBox): Promise<FacesOutput> {
    return (await this.#pool()).work('drawnFace', [picture, box]);
  }

  async report(): Promise<NetsReport> {
    return (await this.#pool()).report();
  }

  /** Switches the backend of all workers. */
  async choose(choice: BackendName | 'auto'): Promise<NetsReport> {
    const pool = await this.#pool();
    const others = [...this.#pools.values()].filter((each) => each !== pool && each.isRunning);
    await Promise.all(others.map((each) => each.choose(choice).catch(() => {})));
    return pool.choose(choice);
  }

  /** Unloads the face nets, including those in former models' pools. */
  async forgetFaces(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((each) => each.forgetFaces()));
  }

  async #pool(): Promise<NetsPool> {
    return this.#poolOf(await this.model());
  }

  #poolOf(model: Model): NetsPool {
    const { id } = model.space;
    const pool = this.#pools.get(id) ?? this.#options.open(model);
    this.#pools.set(id, pool);
    this.#latest = pool;
    return pool;
  }
}
