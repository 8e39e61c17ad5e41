import { AkinError } from '../../base/errors.ts';
import {
  type Item,
  ItemRanker,
  type Items,
  type ItemVectors,
  LEAST_NAMED,
  LIKE_EACH,
} from '../../identity/index.ts';
import type { ItemIdentification, ItemQuery, ItemView, PhotoId } from '../../protocol/index.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { type ItemState, itemView, photosOf } from './itemLibrary.ts';
import type { PhotoNames } from './photoFiles.ts';

export type ItemIndex = Pick<LibraryIndex, 'space' | 'nearest' | 'vectorOf' | 'liveIds'>;

/** No photo has this id, so the search excludes none. */
const NOBODY = 0;
/** Photos of items nearest to a query: their items are ranked. */
const CANDIDATE_PHOTOS = 256;
/** Photos of an item that are compared, and that the metric is learned from. */
const MOST_COMPARED = 16;
const MOST_LEARNED = 8;
/** Photos that the metric is learned from: fitting takes a fraction of a second. */
const LEARNED_PHOTOS = 2_000;
/** Pictures of items whose like among other photos is looked for. */
const MOST_LIKED = 100;
const MOST_RANKED = 20;
const EVIDENCE = 3;
const MOST_SIMILAR = 12;

/** An item's photos with their vectors, in the same order. */
interface Candidate extends ItemVectors {
  readonly photos: readonly PhotoId[];
}

/** Says which item a picture shows, by the photos of the items. */
export class ItemIdentifier {
  /** The ranker of the last state asked about: learned once for each change. */
  #fitted: {
    readonly items: Items;
    readonly names: PhotoNames;
    readonly spaceId: string;
    readonly ranker: Promise<ItemRanker>;
  } | null = null;

  /**
   * @throws AkinError `not-found` if the photo isn't searchable (yet), `wrong-space` for a picture
   *   of another model
   */
  async identify(
    query: ItemQuery,
    state: ItemState,
    index: ItemIndex,
  ): Promise<ItemIdentification> {
    const { items, names } = state;
    const photoId = 'photoId' in query ? query.photoId : NOBODY;
    const vector = await vectorOf(query, index);
    const hash = names.hashOf.get(photoId);
    const excluded = hash === undefined ? new Set() : items.excludedFrom(hash);
    const saidId = hash === undefined ? undefined : items.ofPhoto.get(hash);
    const said = saidId === undefined ? undefined : items.get(saidId);
    const ranker = await this.#ranker(state, index);
    const candidates = await candidatesOf(vector, state, index, photoId);
    const ranked = ranker.rank(
      vector,
      candidates.filter(({ item }) => !excluded.has(item)),
    );
    const photosByItem = new Map(candidates.map(({ item, photos }) => [item, photos]));
    const best = ranked[0];
    return {
      verdict: best && best.probability >= LEAST_NAMED ? 'item' : 'none',
      ranked: ranked.slice(0, MOST_RANKED).map(({ item, probability, evidence }) => ({
        item: itemView(items.get(item)!, names),
        probability,
        evidence: evidence.slice(0, EVIDENCE).map((place) => photosByItem.get(item)![place]!),
      })),
      said: said ? itemView(said, names) : null,
    };
  }

  /** Items that look like an item, most similar first. */
  async similar(item: Item, state: ItemState, index: ItemIndex): Promise<ItemView[]> {
    const photos = photosOf(item, state.names).slice(0, MOST_COMPARED);
    const vectors = await vectorsOf(photos, index);
    if (vectors.vectors.length === 0) return [];
    const mean = meanOf(vectors.vectors);
    const ranker = await this.#ranker(state, index);
    const candidates = await candidatesOf(mean, state, index, NOBODY);
    return ranker
      .rank(
        mean,
        candidates.filter((each) => each.item !== item.id),
      )
      .slice(0, MOST_SIMILAR)
      .map((each) => itemView(state.items.get(each.item)!, state.names));
  }

  #ranker({ items, names }: ItemState, index: ItemIndex): Promise<ItemRanker> {
    const fitted = this.#fitted;
    const spaceId = index.space.id;
    if (fitted?.items === items && fitted.names === names && fitted.spaceId === spaceId)
      return fitted.ranker;
    const ranker = learn({ items, names }, index);
    this.#fitted = { items, names, spaceId, ranker };
    ranker.catch(() => {
      if (this.#fitted?.ranker === ranker) this.#fitted = null;
    });
    return ranker;
  }
}

async function learn({ items, names }: ItemState, index: ItemIndex): Promise<ItemRanker> {
  // Those with the most photos first: they say most about what varies within an item.
  const all = [...items.all.values()].map((item) => ({ item, photos: photosOf(item, names) }));
  all.sort((a, b) => b.photos.length - a.photos.length);
  const known: ItemVectors[] = [];
  let count = 0;
  for (const { item, photos } of all) {
    if (photos.length === 0 || count >= LEARNED_PHOTOS) break;
    const { vectors } = await vectorsOf(photos.slice(0, MOST_LEARNED), index);
    if (vectors.length > 0) known.push({ item: item.id, vectors });
    count += vectors.length;
  }
  await yieldToEventLoop();
  // Searching the whole library for their like takes longer than learning.
  const others = ItemRanker.canLearn(known) ? [] : await likeItems(known, { items, names }, index);
  return ItemRanker.fit(index.space.d, known, others);
}

/** Photos that show no item, but look like those that do. */
async function likeItems(
  known: readonly ItemVectors[],
  { items, names }: ItemState,
  index: ItemIndex,
): Promise<Float32Array[]> {
  const free = names.files.flatMap(({ id, hash }) => (items.ofPhoto.has(hash) ? [] : id));
  if (free.length === 0) return [];
  const pictures = known.flatMap(({ vectors }) => vectors.slice(0, 1)).slice(0, MOST_LIKED);
  const like = new Set<PhotoId>();
  for (const picture of pictures)
    for (const { id } of index.nearest(picture, LIKE_EACH, NOBODY, free).hits) like.add(id);
  return (await vectorsOf([...like], index)).vectors;
}

/** The items of the photos nearest to a vector, the nearest first. */
async function candidatesOf(
  vector: Float32Array,
  { items, names }: ItemState,
  index: ItemIndex,
  exclude: PhotoId,
): Promise<Candidate[]> {
  const owners = new Map<PhotoId, string>();
  for (const { id, hash } of names.files) {
    const item = items.ofPhoto.get(hash);
    if (item !== undefined) owners.set(id, item);
  }
  const among = [...owners.keys()];
  if (among.length === 0) return [];
  const { hits } = index.nearest(vector, CANDIDATE_PHOTOS, exclude, among);
  const near = new Map<string, PhotoId[]>();
  for (const { id } of hits) {
    const item = owners.get(id)!;
    const photos = near.get(item);
    if (photos) photos.push(id);
    else near.set(item, [id]);
  }
  const candidates: Candidate[] = [];
  for (const [item, nearest] of near) {
    const rest = photosOf(items.get(item)!, names);
    const photos = [...new Set([...nearest, ...rest])].filter((id) => id !== exclude);
    candidates.push({ item, ...(await vectorsOf(photos.slice(0, MOST_COMPARED), index)) });
  }
  return candidates;
}

/** The photos that have a vector in the index, with it. */
async function vectorsOf(
  photos: readonly PhotoId[],
  index: ItemIndex,
): Promise<{ photos: PhotoId[]; vectors: Float32Array[] }> {
  const found: { photos: PhotoId[]; vectors: Float32Array[] } = { photos: [], vectors: [] };
  for (const id of photos) {
    const vector = await index.vectorOf(id);
    if (!vector) continue;
    found.photos.push(id);
    found.vectors.push(vector);
  }
  return found;
}

async function vectorOf(query: ItemQuery, index: ItemIndex): Promise<Float32Array> {
  if ('picture' in query) {
    const { spaceId, vector } = query.picture;
    if (spaceId === index.space.id && vector.length === index.space.d) return vector;
    throw new AkinError('wrong-space', 'The picture was analyzed with another model.');
  }
  const vector = await index.vectorOf(query.photoId);
  if (vector) return vector;
  throw new AkinError('not-found', 'This photo is not searchable yet.', {
    details: { reason: 'not-yet' },
  });
}

/** Normalized. */
function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]!.length);
  for (const vector of vectors)
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + vector[i]!;
  let sum = 0;
  for (const value of mean) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return mean.map((value) => value * scale);
}
