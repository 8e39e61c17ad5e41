import type {
  BackendName,
  EngineStatus,
  ExplainOutput,
  FaceBox,
  FacesOutput,
  LayersOutput,
  NetInput,
  NetOutput,
  NetsReport,
  RegionBox,
} from '../../protocol/index.ts';
import type { Model } from './model.ts';
import { ModelNets } from './modelNets.ts';

const NOT_LOADED: EngineStatus = { backend: null, tensors: null };

/** The chosen model's nets, with their last reported status. */
export class WatchedNets extends ModelNets {
  #said: EngineStatus = NOT_LOADED;

  /** The last reported status; asking for it would wait for the running batch. */
  get status(): EngineStatus {
    return this.isRunning ? this.#said : NOT_LOADED;
  }

  /** One of their workers died. */
  died(): void {
    this.#said = NOT_LOADED;
  }

  override async embed(model: Model, inputs: readonly (readonly NetInput[])[]): Promise<NetOutput> {
    return this.#note(await super.embed(model, inputs));
  }

  override async explain(
    model: Model,
    examples: readonly (readonly NetInput[])[],
    result: readonly NetInput[],
    box: RegionBox | null,
  ): Promise<ExplainOutput> {
    return this.#note(await super.explain(model, examples, result, box));
  }

  override async layers(model: Model, picture: readonly NetInput[]): Promise<LayersOutput> {
    return this.#note(await super.layers(model, picture));
  }

  override async faces(picture: ImageBitmap): Promise<FacesOutput> {
    return this.#note(await super.faces(picture));
  }

  override async drawnFace(picture: ImageBitmap, box: FaceBox): Promise<FacesOutput> {
    return this.#note(await super.drawnFace(picture, box));
  }

  override async report(): Promise<NetsReport> {
    return this.#note(await super.report());
  }

  override async choose(choice: BackendName | 'auto'): Promise<NetsReport> {
    return this.#note(await super.choose(choice));
  }

  #note<T extends { readonly status: EngineStatus }>(output: T): T {
    this.#said = output.status;
    return output;
  }
}
