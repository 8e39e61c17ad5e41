import { AkinError, type ErrorCode, toAkinError } from '../../base/errors.ts';
import type {
  BackendName,
  ModelChoices,
  ModelFacts,
  TrialFile,
  TrialProgress,
  TrialReport,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { type OpenModel, openModel, specFor } from '../../vision/brought/openModel.ts';
import { netOf } from '../../vision/nets/loadNet.ts';
import { type NetSpec, readNetSpec } from '../../vision/nets/spec.ts';
import { sha256 } from '../../vision/sha256.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import { MOST_SAMPLE, runTrial, type TrialSources } from './runTrial.ts';

/** Errors that may leave a backend in any state. */
const BREAKING: ReadonlySet<ErrorCode> = new Set(['device-lost', 'out-of-memory', 'model-failed']);
const MOST_TITLE = 100;
const HASH_DIGITS = 12;

/** The backend models run on; TF.js has one at a time. */
export interface SessionNets {
  open(): Promise<BackendName>;
  guard<T>(work: Promise<T>): Promise<T>;
  close(): void;
}

export interface SessionOptions {
  readonly store: () => Promise<Pick<Store, 'models'>>;
  readonly sources: () => Promise<TrialSources>;
  readonly nets: SessionNets;
  readonly onProgress: (progress: TrialProgress) => void;
  readonly now?: () => number;
}

/** A tried model in the form it would be stored in. */
interface Tried {
  readonly spec: Omit<NetSpec, 'id' | 'title'>;
  readonly calibration: CalibrationTable;
  readonly model: OpenModel;
}

function factsOf(model: OpenModel): ModelFacts {
  const { packed: _packed, graph: _graph, recommended: _recommended, ...facts } = model;
  return facts;
}

/** A trial of one model: read it, try it any number of times, store it. One call at a time. */
export class TrialSession {
  readonly #options: SessionOptions;
  #files: readonly TrialFile[] = [];
  #model: OpenModel | null = null;
  #tried: Tried | null = null;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** @throws AkinError as `TrialContract.readModel` says */
  read(files: readonly TrialFile[], signal: AbortSignal): Promise<ModelFacts> {
    return this.#inTurn(signal, async () => {
      this.#drop();
      this.#tried = null;
      this.#files = files;
      return factsOf(await this.#open(signal));
    });
  }

  /** @throws AkinError as `TrialContract.tryModel` says */
  try(
    choices: ModelChoices,
    { photos }: { readonly photos: number },
    signal: AbortSignal,
  ): Promise<TrialReport> {
    return this.#inTurn(signal, async () => {
      if (this.#files.length === 0) throw notRead();
      if (!Number.isInteger(photos) || photos < 0 || photos > MOST_SAMPLE) {
        throw new AkinError('invalid-argument', `A trial takes 0 to ${MOST_SAMPLE} photos.`);
      }
      this.#tried = null;
      const model = this.#model ?? (await this.#open(signal));
      const described = specFor(model, choices);
      const spec = readNetSpec({ ...described, ...(await nameOf(described)), title: model.title });
      const { nets, sources, onProgress } = this.#options;
      const report = await nets.guard(
        runTrial(netOf(model.graph, spec, 1), await sources(), {
          backend: await nets.open(),
          photos,
          signal,
          onProgress,
        }),
      );
      this.#tried = { spec: described, calibration: report.calibration, model };
      return report;
    });
  }

  /** @throws AkinError `invalid-argument`, and those of the store */
  keep(title: string, signal: AbortSignal): Promise<{ readonly id: string }> {
    return this.#inTurn(signal, async () => {
      if (!this.#tried) throw new AkinError('invalid-argument', 'Try the model first.');
      const trimmed = title.trim().slice(0, MOST_TITLE);
      if (trimmed === '')
        throw new AkinError('invalid-argument', 'Give the model a name.', {
          details: { reason: 'model-name' },
        });
      const { spec, calibration, model } = this.#tried;
      const { id, spaceId } = await nameOf(spec);
      const { files } = model.packed;
      this.#options.onProgress({ stage: 'saving', done: 0, total: 0 });
      await (await this.#options.store()).models.add(
        {
          ...{ id, title: trimmed, spaceId, d: spec.tap.dims, addedAt: Date.now(), calibration },
          bytes: Object.values(files).reduce((sum, { byteLength }) => sum + byteLength, 0),
          spec: { ...spec, id, title: trimmed },
        },
        files,
      );
      return { id };
    });
  }

  async #open(signal: AbortSignal): Promise<OpenModel> {
    const { nets, onProgress } = this.#options;
    onProgress({ stage: 'reading', done: 0, total: 0 });
    await nets.open();
    const opening = openModel(this.#files, {
      signal,
      onProgress: (stage, done, total) => onProgress({ stage, done, total }),
    });
    this.#model = await nets.guard(opening);
    return this.#model;
  }

  #inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const turn = this.#busy.then(async () => {
      try {
        signal.throwIfAborted();
        return await work();
      } catch (thrown) {
        const error = toAkinError(thrown);
        // The files stay: the next trial reads them again.
        if (BREAKING.has(error.code)) this.#drop();
        throw error;
      }
    });
    this.#busy = turn.catch(() => {}); /* reported to its caller; only its end matters here */
    return turn;
  }

  #drop(): void {
    try {
      this.#model?.graph.dispose();
    } catch {
      /* a lost backend can't free it; it is dropped as a whole */
    }
    this.#model = null;
    this.#options.nets.close();
  }
}

const notRead = () => new AkinError('invalid-argument', 'Choose the files of a model first.');

/** A model's ids by use: the same files used the same way are the same model. */
async function nameOf({ input, tap, format, files }: Tried['spec']) {
  const hashes = Object.values(files).map((file) => file.sha256);
  const text = JSON.stringify([format, Object.entries(input), Object.entries(tap), hashes]);
  const hash = (await sha256(new TextEncoder().encode(text))).slice(0, HASH_DIGITS);
  const id = `user-${hash}`;
  return { id, spaceId: `${id}/${hash}/${tap.dims}` };
}
