import type {
  BackendName,
  FaceBox,
  FacesOutput,
  NetInput,
  NetOutput,
  NetsReport,
} from '../../protocol/index.ts';
import type { NetsPool } from '../nets/netsPool.ts';
import type { Model } from './model.ts';

export interface ModelNetsOptions {
  /** The model that photos are seen with. */
  readonly chosen: () => Promise<Model>;
  readonly open: (model: Model) => NetsPool;
}

/**
 * The nets of the chosen model, in a pool of their own. What is under way with a former model ends as
 * it began; its workers go by themselves when they are idle.
 */
export class ModelNets {
  readonly #options: ModelNetsOptions;
  /** By space: a model that was removed and added anew may be another. */
  readonly #pools = new Map<string, NetsPool>();
  #model: Promise<Model> | null = null;
  #latest: NetsPool | null = null;

  constructor(options: ModelNetsOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return [...this.#pools.values()].some(({ isRunning }) => isRunning);
  }

  /** As the pool says that was asked last. */
  get workers(): number {
    return this.#latest?.workers ?? 1;
  }

  get width(): number {
    return this.#latest?.width ?? 1;
  }

  /** The model that photos are seen with. A failure is forgotten, so that the next call tries again. */
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

  /** @param inputs of each photo what the model's nets are shown @throws AkinError as the pool does */
  embed(model: Model, inputs: readonly (readonly NetInput[])[]): Promise<NetOutput> {
    return this.#poolOf(model).work('embed', [inputs]);
  }

  /** Faces have nets of their own, which run beside those of whichever model. */
  async faces(picture: ImageBitmap): Promise<FacesOutput> {
    return (await this.#pool()).work('faces', [picture]);
  }

  async drawnFace(picture: ImageBitmap, box: FaceBox): Promise<FacesOutput> {
    return (await this.#pool()).work('drawnFace', [picture, box]);
  }

  async report(): Promise<NetsReport> {
    return (await this.#pool()).report();
  }

  /** Changes the backend of all. */
  async choose(choice: BackendName | 'auto'): Promise<NetsReport> {
    const pool = await this.#pool();
    const others = [...this.#pools.values()].filter((each) => each !== pool && each.isRunning);
    await Promise.all(others.map((each) => each.choose(choice).catch(() => {})));
    return pool.choose(choice);
  }

  /** Lets the nets of faces go, in the pools of former models too. */
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
