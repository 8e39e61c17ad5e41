import type { PhotoId, SearchHit } from '../../protocol/index.ts';
import { RERANKED } from '../../query/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { TaughtSpace } from '../calibrations/taughtSpace.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { mergeHits, type SpaceHits } from '../shared/mergeHits.ts';
import { endOfHits, rerankHits } from '../shared/rerankHits.ts';
import type { FormerIndexes } from './formerIndexes.ts';

export interface MovingFound {
  readonly hits: readonly SearchHit[];
  /** Number of leading hits that are worth listing. */
  readonly end: number;
  readonly codesScanned: number;
}

/** The photos only a former index can find, in the form a search takes. */
interface Unmoved {
  readonly ids: readonly PhotoId[];
  readonly set: ReadonlySet<PhotoId>;
}

/** An index, and the meaning of its cosines. */
interface Compared {
  readonly index: LibraryIndex;
  readonly table: CalibrationTable;
}

/**
 * Searches a library that may be moving to another space: searches for a photo in each space where
 * it has a vector, and merges the results by their odds.
 */
export class MovingSearch {
  readonly #target: LibraryIndex;
  readonly #calibration: CalibrationTable;
  readonly #former: FormerIndexes;
  readonly #taught: () => Pick<TaughtSpace, 'index' | 'odds'> | null;
  #unmoved: Unmoved | null = null;

  /** @param taught where the target's photos are compared instead, if the user has taught something */
  constructor(
    target: LibraryIndex,
    calibration: CalibrationTable,
    former: FormerIndexes,
    taught: () => Pick<TaughtSpace, 'index' | 'odds'> | null = () => null,
  ) {
    this.#target = target;
    this.#calibration = calibration;
    this.#former = former;
    this.#taught = taught;
  }

  /** The contents of the indexes have changed. */
  changed(): void {
    this.#unmoved = null;
  }

  /**
   * The nearest photos to a photo, best first, excluding itself; `null` if no index can find it.
   *
   * @param among the only ids to consider, in any order
   */
  async search(id: PhotoId, k: number, among?: readonly PhotoId[]): Promise<MovingFound | null> {
    const found: SpaceHits[] = [];
    let codesScanned = 0;
    const take = (hits: SpaceHits['hits'], table: CalibrationTable, codes: number) => {
      found.push({ hits, oneIn: (score) => oneIn(table, score) });
      codesScanned += codes;
    };
    const { index: compared, table } = this.#compared(id);
    const query = await compared.vectorOf(id);
    const own = query && compared.nearest(query, Math.max(k, RERANKED), id, among);
    if (own) take(own.hits, table, own.codesScanned);
    for (const { space, index } of this.#former.all) {
      const former = await index.vectorOf(id);
      if (!former) continue;
      // The new space decides about photos it contains, however well the old one ranked them.
      const allowed = own ? this.#stillThere(among) : among;
      if (allowed?.length === 0) continue;
      const { hits, codesScanned: codes } = index.nearest(former, k, id, allowed);
      take(hits, space.calibration, codes);
    }
    if (found.length === 0) return null;
    const merged = mergeHits(found, Math.max(k, RERANKED));
    // Vectors of two spaces can't be compared, so a library that is moving isn't reranked.
    const isOne = own && found.length === 1;
    const { vectorOf } = compared.engine;
    const reranked = isOne ? rerankHits(query, merged, vectorOf) : null;
    const hits = reranked?.hits ?? merged;
    const end = endOfHits(hits, reranked, vectorOf);
    return { hits: hits.slice(0, k), end: Math.min(end, k), codesScanned };
  }

  /** Where a photo is compared with those of the target space. */
  #compared(id: PhotoId): Compared {
    const taught = this.#taught();
    if (taught?.index.has(id)) return { index: taught.index, table: taught.odds };
    return { index: this.#target, table: this.#calibration };
  }

  #stillThere(among?: readonly PhotoId[]): readonly PhotoId[] {
    if (!this.#unmoved) {
      const set = this.#former.unmoved(this.#target);
      this.#unmoved = { set, ids: [...set] };
    }
    const { ids, set } = this.#unmoved;
    return among ? among.filter((id) => set.has(id)) : ids;
  }
}
