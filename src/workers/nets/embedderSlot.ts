import { type AkinError, toAkinError } from '../../base/errors.ts';
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
import { createEmbedder, type Embedder, type LoadProgress } from '../../vision/index.ts';
import type { ModelSource } from '../../vision/nets/model.ts';
import { FaceSlot, type RawFaces, writeChips } from './faceSlot.ts';

/** Device losses after which a backend is not used again until the worker restarts. */
const MAX_LOSSES = 2;
/** Attempts to create an embedder whose device is lost during creation. */
const MAX_TRIES = 3;

/** Share of the download in loading progress; the rest is start-up and a first pass. */
const DOWNLOAD_SHARE = 0.8;

function shareOf(progress: LoadProgress): number {
  switch (progress.stage) {
    case 'download':
      return (DOWNLOAD_SHARE * progress.loadedBytes) / Math.max(1, progress.totalBytes);
    case 'probe':
      return 0;
    case 'compile':
      return DOWNLOAD_SHARE;
    case 'ready':
      return 1;
  }
}

/**
 * The worker's only embedder: created at first use, and recreated when its device is lost or
 * another backend is chosen, unnoticed by callers.
 */
export class EmbedderSlot {
  readonly #modelsUrl: string;
  readonly #model: ModelSource;
  readonly #onLoad: (share: number) => void;
  #choice: BackendName | 'auto';
  #embedder: Promise<Embedder> | null = null;
  #ready: Embedder | null = null;
  /** Face nets beside the ready embedder. */
  #faces: FaceSlot | null = null;
  /** The choice changed: dispose of the embedder as soon as it isn't in use. */
  #stale = false;
  #busy: Promise<unknown> = Promise.resolve();
  readonly #losses = new Map<BackendName, number>();

  constructor(
    modelsUrl: string,
    choice: BackendName | 'auto',
    model: ModelSource,
    onLoad: (share: number) => void,
  ) {
    this.#modelsUrl = modelsUrl;
    this.#choice = choice;
    this.#model = model;
    this.#onLoad = onLoad;
  }

  #status(): EngineStatus {
    const embedder = this.#ready;
    return {
      backend: embedder?.backend.active ?? null,
      tensors: embedder?.tensors() ?? null,
    };
  }

  /** Also takes its turn, since it may have to create the embedder. */
  report(): Promise<NetsReport> {
    const turn = this.#busy.then(async () => {
      const { backend, passMs } = await this.#get();
      const { active, candidates } = backend;
      return { active, candidates, choice: this.#choice, status: this.#status(), passMs };
    });
    this.#busy = turn.catch(() => {});
    return turn;
  }

  /** @throws AkinError `backend-unavailable`, `model-missing`, `model-corrupt`, `offline` */
  #get(): Promise<Embedder> {
    if (this.#stale) this.#drop();
    this.#embedder ??= this.#createSurely().catch((thrown: unknown) => {
      this.#embedder = null; /* a failed load may succeed the next time */
      throw thrown;
    });
    return this.#embedder;
  }

  /** Uses another backend from the next photo on, with the usual fallbacks if it doesn't run. */
  choose(choice: BackendName | 'auto'): void {
    this.#choice = choice;
    this.#losses.clear();
    this.#stale = true;
  }

  /**
   * Embeds photos. If the device is lost, retries the same photos on a new device or on the next
   * backend. Calls take turns, since TF.js has one backend at a time.
   */
  embed(photos: readonly (readonly NetInput[])[]): Promise<NetOutput> {
    return this.#inTurn(async (embedder) => {
      const output = await embedder.embed(photos);
      return { ...output, spaceId: embedder.space, status: this.#status() };
    });
  }

  /** Compares a result with examples, with the same retries. */
  explain(
    examples: readonly (readonly NetInput[])[],
    result: readonly NetInput[],
    box: RegionBox | null,
  ): Promise<ExplainOutput> {
    return this.#inTurn(async (embedder) => {
      const explained = await embedder.explain(examples, result, box);
      return { ...explained, spaceId: embedder.space, status: this.#status() };
    });
  }

  /** Looks into the first net, with the same retries. */
  layers(picture: readonly NetInput[]): Promise<LayersOutput> {
    return this.#inTurn(async (embedder) => {
      const seen = await embedder.layers(picture);
      return { ...seen, status: this.#status() };
    });
  }

  /** Detects faces, with the same retries. Closes the picture. */
  faces(picture: ImageBitmap): Promise<FacesOutput> {
    return this.#lookAt(picture, (slot) => slot.find(picture));
  }

  /** Describes a hand-drawn face, with the same retries. Closes the picture. */
  drawnFace(picture: ImageBitmap, box: FaceBox): Promise<FacesOutput> {
    return this.#lookAt(picture, (slot) => slot.describe(picture, box));
  }

  /** Unloads the face nets after the running call. The next face loads them again. */
  forgetFaces(): Promise<void> {
    const turn = this.#busy.then(() => this.#faces?.dispose());
    this.#busy = turn.catch(() => {});
    return turn;
  }

  async #lookAt(
    picture: ImageBitmap,
    look: (slot: FaceSlot) => Promise<RawFaces>,
  ): Promise<FacesOutput> {
    try {
      const found = await this.#inTurn(() => look(this.#faces!));
      return { ...(await writeChips(found)), status: this.#status() };
    } finally {
      picture.close();
    }
  }

  #inTurn<T>(work: (embedder: Embedder) => Promise<T>): Promise<T> {
    const turn = this.#busy.then(() => this.#surely(work));
    this.#busy = turn.catch(() => {}); /* reported to its caller; only its end matters here */
    return turn;
  }

  async #surely<T>(work: (embedder: Embedder) => Promise<T>): Promise<T> {
    for (;;) {
      const embedder = await this.#get();
      try {
        return await work(embedder);
      } catch (thrown) {
        if (toAkinError(thrown).code !== 'device-lost') throw thrown;
        this.#lost(embedder.backend.active);
      }
    }
  }

  async #createSurely(): Promise<Embedder> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#create();
      } catch (thrown) {
        if (toAkinError(thrown).code !== 'device-lost' || tries >= MAX_TRIES) throw thrown;
      }
    }
  }

  async #create(): Promise<Embedder> {
    const exclude = [...this.#losses].filter(([, n]) => n >= MAX_LOSSES).map(([name]) => name);
    let lose: (reason: Error) => void = () => {};
    const lost = new Promise<Error>((resolve) => {
      lose = resolve;
    });
    const options = {
      model: this.#model,
      modelsUrl: this.#modelsUrl,
      exclude,
      onLost: (reason: Error) => lose(reason),
      onProgress: (progress: LoadProgress) => this.#onLoad(shareOf(progress)),
    };
    const wanted = this.#choice;
    const forced = wanted !== 'auto' && !exclude.includes(wanted) ? wanted : undefined;
    let embedder: Embedder;
    try {
      embedder = await createEmbedder({ ...options, backend: forced });
    } catch (thrown) {
      const unavailable = (toAkinError(thrown) as AkinError).code === 'backend-unavailable';
      if (!forced || !unavailable) throw thrown;
      embedder = await createEmbedder(options);
    }
    this.#ready = embedder;
    this.#faces = new FaceSlot(this.#modelsUrl, lost);
    return embedder;
  }

  #lost(backend: BackendName): void {
    this.#losses.set(backend, (this.#losses.get(backend) ?? 0) + 1);
    this.#drop();
  }

  #drop(): void {
    this.#faces?.dispose();
    this.#faces = null;
    this.#ready?.dispose();
    this.#ready = null;
    this.#embedder = null;
    this.#stale = false;
  }
}
