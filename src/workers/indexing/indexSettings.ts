import { type IndexSpec, resolveSpec } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexChoice, IndexQuality } from '../../protocol/index.ts';
import type { Meta, Space } from '../../store/index.ts';

const AUTOMATIC: IndexChoice = { kind: 'automatic' };
/** More vectors than any parameter requires, so only impossible choices are rejected. */
const ANY_NUMBER = 0xffffffff;

/** Stored index settings: the user's choice and the last check. */
export class IndexSettings {
  readonly #meta: Pick<Meta, 'get' | 'set'>;
  readonly #d: number;
  readonly #space: string;
  readonly #keys: { readonly choice: string; readonly quality: string };

  /** @param prefix of the setting names; none for the photos' own index */
  constructor(meta: Pick<Meta, 'get' | 'set'>, { id, d }: Space, prefix = '') {
    this.#meta = meta;
    this.#d = d;
    this.#space = id;
    this.#keys = { choice: `${prefix}index-choice`, quality: `${prefix}index-quality` };
  }

  /** The user's choice; `automatic` if there is none or it can't be read. */
  async choice(): Promise<IndexChoice> {
    try {
      return checkedChoice(await this.#meta.get(this.#keys.choice), ANY_NUMBER, this.#d);
    } catch (thrown) {
      if (thrown instanceof AkinError && thrown.code === 'invalid-argument') return AUTOMATIC;
      throw thrown;
    }
  }

  /**
   * Stores a choice.
   *
   * @param n current number of vectors
   * @throws AkinError `invalid-argument` if an index of `n` vectors can't have it
   */
  async choose(choice: IndexChoice, n: number): Promise<void> {
    await this.#meta.set(this.#keys.choice, checkedChoice(choice, n, this.#d));
  }

  /** The last check, if it was of this generation of the index and of its space. */
  async quality(generation: number): Promise<IndexQuality | null> {
    const kept = await this.#meta.get(this.#keys.quality);
    if (typeof kept !== 'object' || kept === null) return null;
    const { generation: of, space, quality } = kept as Record<string, unknown>;
    const isOfThis = of === generation && space === this.#space;
    return isOfThis && isQuality(quality) ? quality : null;
  }

  async setQuality(quality: IndexQuality, generation: number): Promise<void> {
    await this.#meta.set(this.#keys.quality, { generation, space: this.#space, quality });
  }
}

/** Validates a choice and drops irrelevant fields; omitted parameters stay omitted. */
function checkedChoice(value: unknown, n: number, d: number): IndexChoice {
  if (typeof value !== 'object' || value === null || !('kind' in value)) {
    throw new AkinError('invalid-argument', 'a choice of index names its kind');
  }
  if (value.kind === 'automatic') return AUTOMATIC;
  const resolved = resolveSpec(value as IndexSpec, n, d);
  const given = Object.entries(resolved).filter(
    ([key]) => (value as Record<string, unknown>)[key] !== undefined,
  );
  return Object.fromEntries(given) as unknown as IndexSpec;
}

function isQuality(value: unknown): value is IndexQuality {
  if (typeof value !== 'object' || value === null) return false;
  const numbers = value as Record<string, unknown>;
  return ['recall10', 'msMedian', 'queries', 'vectors', 'measuredAt'].every((key) =>
    Number.isFinite(numbers[key]),
  );
}
