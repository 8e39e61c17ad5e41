import type {
  BackendName,
  EngineStatus,
  FaceBox,
  FacesOutput,
  NetInput,
  NetOutput,
  NetsReport,
} from '../../protocol/index.ts';
import type { Model } from './model.ts';
import { ModelNets } from './modelNets.ts';

const NOT_LOADED: EngineStatus = { backend: null, tensors: null };

/** The nets of the chosen model, and what they last said of themselves. */
export class WatchedNets extends ModelNets {
  #said: EngineStatus = NOT_LOADED;

  /** As they last said: asking them would wait for the batch that they compute. */
  get status(): EngineStatus {
    return this.isRunning ? this.#said : NOT_LOADED;
  }

  /** A worker of theirs has died. */
  died(): void {
    this.#said = NOT_LOADED;
  }

  override async embed(model: Model, inputs: readonly (readonly NetInput[])[]): Promise<NetOutput> {
    return this.#note(await super.embed(model, inputs));
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
