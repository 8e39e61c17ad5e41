import { AkinError } from '../base/errors.ts';
import type {
  ColorShare,
  ImportContract,
  ItemSearch,
  LibraryContract,
  PeopleSearch,
  PhotoFilter,
  PhotoId,
  PictureVector,
  QueryAnswer,
  QueryTerm,
  WordLanguage,
} from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import { wordLanguage } from './wordLanguage.ts';

/** Photos found by default. */
const DEFAULT_K = 240;

/** Colors to look for: `#rrggbb`, or up to three of them with weights, which are 1 by default. */
export type SoughtColors = string | readonly { readonly color: string; readonly weight?: number }[];

/**
 * One thing to look for: a photo of the library, an item by its key, a picture that is not in it
 * (and never will be, unless it is imported), a word, or colors. `colorWeight` is how much the
 * colors of a photo or picture count beside what it shows.
 *
 * `weight` is 1 by default; below 0, it means less like this; 0 is ignored.
 */
export type Term = { readonly weight?: number } & (
  | { readonly photo: PhotoId; readonly colorWeight?: number | undefined }
  | { readonly item: string }
  | { readonly blob: Blob; readonly colorWeight?: number | undefined }
  | { readonly color: SoughtColors }
  | { readonly word: string; readonly synset?: string | undefined }
);

export interface QueryOptions {
  readonly terms?: readonly Term[];
  readonly filter?: PhotoFilter;
  /** Leaves out photos that match any entry of this. */
  readonly without?: PhotoFilter;
  /** Only photos that show these people. */
  readonly people?: PeopleSearch | undefined;
  /** Only photos that show these items. */
  readonly items?: ItemSearch | undefined;
  readonly k?: number;
  /** Language of the words; that of the page by default. */
  readonly language?: WordLanguage;
  readonly signal?: AbortSignal | undefined;
}

export type Query = (options: QueryOptions) => Promise<QueryAnswer>;

type Ask = (
  method: 'query',
  args: Parameters<LibraryContract['query']>,
  signal?: AbortSignal,
) => Promise<QueryAnswer>;

/** Answers queries, embedding each picture once. */
export function createQuery(ask: Ask, importer: WorkerClient<ImportContract>): Query {
  /** By picture, so nothing outlives the pictures the page holds. */
  const embedded = new WeakMap<Blob, Promise<PictureVector>>();

  function vectorOf(picture: Blob): Promise<PictureVector> {
    const known = embedded.get(picture);
    if (known) return known;
    // Not aborted with the query: the next one needs it, too.
    const vector = importer.call('embedPicture', [picture]);
    embedded.set(picture, vector);
    vector.catch(() => embedded.delete(picture));
    return vector;
  }

  const readTerm = async (term: Term): Promise<QueryTerm> => {
    const { weight = 1 } = term;
    if ('item' in term) return { kind: 'item', item: term.item, weight };
    if ('color' in term) return { kind: 'color', colors: sharesOf(term.color), weight };
    if ('photo' in term) {
      return { kind: 'photo', photoId: term.photo, colorWeight: term.colorWeight, weight };
    }
    if ('word' in term) return { kind: 'word', text: term.word, synset: term.synset, weight };
    const { blob, colorWeight } = term;
    return { kind: 'picture', picture: await vectorOf(blob), colorWeight, weight };
  };

  const run = async (options: QueryOptions): Promise<QueryAnswer> => {
    const { terms = [], filter = {}, without = {}, people, items, signal } = options;
    const { k = DEFAULT_K, language = wordLanguage() } = options;
    const read = await Promise.all(terms.map(readTerm));
    if (signal?.aborted) throw new AkinError('aborted', 'Stopped.');
    return ask('query', [{ terms: read, filter, without, people, items, language, k }], signal);
  };

  return async (options) => {
    const answer = await run(options);
    // Another model was chosen since a picture was embedded: embed it again, once.
    const stale = (options.terms ?? []).filter(
      (term, i) => 'blob' in term && answer.terms[i]?.state === 'other-space',
    );
    if (stale.length === 0) return answer;
    for (const term of stale) if ('blob' in term) embedded.delete(term.blob);
    return run(options);
  };
}

/** The worker checks them. */
function sharesOf(colors: SoughtColors): readonly ColorShare[] {
  if (typeof colors === 'string') return [{ color: colors, weight: 1 }];
  return Array.from(colors, ({ color, weight = 1 }) => ({ color, weight }));
}
