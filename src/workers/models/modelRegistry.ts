import { AkinError } from '../../base/errors.ts';
import type { ModelInfo, NetsModel } from '../../protocol/index.ts';
import {
  CHOSEN_MODEL,
  type ChosenModel,
  chosenModel,
  type Store,
  type UserModelRow,
} from '../../store/index.ts';
import { isCalibration } from '../../vision/nets/fit.ts';
import { readNetSpec } from '../../vision/nets/spec.ts';
import { builtInModels, standardModel } from './builtIn.ts';
import type { Model, SearchedSpace } from './model.ts';
import { formerSpace } from './visualSpace.ts';

/** Maximum number of dimensions of an index. */
const MOST_D = 4_096;

export type RegistryStore = Pick<Store, 'indexes' | 'meta' | 'models'>;

/** The built-in and user models, and which one is in use. */
export class ModelRegistry {
  readonly #store: RegistryStore;

  constructor(store: RegistryStore) {
    this.#store = store;
  }

  /** Built-in models first, then the user's, latest first; skips damaged ones. */
  async all(): Promise<readonly Model[]> {
    const rows = await this.#store.models.list();
    return [...builtInModels, ...rows.map(userModel).filter((model) => model !== null)];
  }

  /** `null` if there is no such model. */
  async get(id: string): Promise<Model | null> {
    const own = builtInModels.find((model) => model.id === id);
    if (own) return own;
    const row = await this.#store.models.get(id);
    return row && userModel(row);
  }

  /** The standard model if none was chosen or the chosen one is gone. */
  async chosen(): Promise<Model> {
    const kept = chosenModel(await this.#store.meta.get(CHOSEN_MODEL));
    return (kept && (await this.get(kept.id))) ?? standardModel;
  }

  /**
   * What the inference worker loads the model from: for a user model, with its files.
   *
   * @throws AkinError `not-found`, and store errors
   */
  async source({ id, kind }: Model): Promise<NetsModel> {
    if (kind === 'built-in') return { kind, id };
    const [row, files] = await Promise.all([
      this.#store.models.get(id),
      this.#store.models.files(id),
    ]);
    if (!row) throw gone();
    const { spaceId, spec, calibration } = row;
    return { kind, id, spaceId, spec, calibration, files };
  }

  /** @throws AkinError `not-found`, and store errors */
  async choose(id: string): Promise<Model> {
    const model = await this.get(id);
    if (!model) throw gone();
    const kept: ChosenModel = { id, spaceId: model.space.id };
    await this.#store.meta.set(CHOSEN_MODEL, kept);
    return model;
  }

  /** @throws AkinError `not-found`, `invalid-argument`, and store errors */
  async remove(id: string): Promise<void> {
    if (builtInModels.some((model) => model.id === id)) {
      throw new AkinError('invalid-argument', 'This model is a part of Akin and can’t be removed.');
    }
    await this.#store.models.remove(id);
  }

  async list(): Promise<readonly ModelInfo[]> {
    const [all, chosen] = await Promise.all([this.all(), this.chosen()]);
    return Promise.all(
      all.map(async ({ id, title, kind, space, bytes, addedAt }) => ({
        id,
        title,
        kind,
        spaceId: space.id,
        d: space.d,
        bytes,
        addedAt,
        isChosen: id === chosen.id,
        photos: await this.#store.indexes.count(space.id),
      })),
    );
  }

  /**
   * Looks up a space the library has vectors in by its id, `<model>/<fit>/<d>`. If its calibration
   * table is no longer available, e.g. that of an older fit, uses the standard one's: the models
   * are related, and it only matters during the move. `null` for an invalid id.
   */
  async space(id: string): Promise<SearchedSpace | null> {
    const known = [...(await this.all()).map(({ space }) => space), formerSpace];
    const space = known.find((each) => each.id === id);
    if (space) return space;
    const d = Number(/^[^/]+\/[^/]+\/(\d+)$/.exec(id)?.[1]);
    if (!Number.isSafeInteger(d) || d < 1 || d > MOST_D) return null;
    return { id, d, metric: 'ip', calibration: standardModel.space.calibration };
  }
}

const gone = () => new AkinError('not-found', 'This model is not there any more.');

/** `null` for an invalid row. */
function userModel({
  id,
  title,
  spaceId,
  d,
  bytes,
  addedAt,
  spec,
  calibration,
}: UserModelRow): Model | null {
  try {
    const { input, tap } = readNetSpec(spec);
    if (!isCalibration(calibration) || d > MOST_D || !spaceId.startsWith(`${id}/`)) return null;
    const space = { id: spaceId, d, metric: 'ip', calibration } as const;
    const hasMap = tap.pooling !== 'none';
    return { id, title, kind: 'user', space, inputs: [input], hasMap, bytes, addedAt };
  } catch {
    return null;
  }
}
