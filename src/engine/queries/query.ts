import { isBoxInside } from '../../base/boxes.ts';
import { type MainColor, mainColors } from '../../base/colors/mainColors.ts';
import { AkinError, errorOf, errorReport, toAkinError } from '../../base/errors.ts';
import { OF_THE_FILE } from '../../base/fileFailures.ts';
import { MOST_TERM_COLORS } from '../../base/queries/storedTerms.ts';
import type {
  ColorShare,
  GroupBy,
  ImportContract,
  ItemSearch,
  PeopleSearch,
  PhotoFilter,
  PhotoId,
  QueryAnswer,
  QueryTerm,
  RegionBox,
  TermReport,
  WordLanguage,
} from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import { EmbeddedPictures } from '../embeddedPictures.ts';
import type { AskLibrary } from '../faces/faces.ts';
import { wordLanguage } from './wordLanguage.ts';

/** Photos found by default. */
const DEFAULT_K = 240;

/** Colors to look for: `#rrggbb`, or up to three of them with weights, which are 1 by default. */
export type SoughtColors = string | readonly { readonly color: string; readonly weight?: number }[];

/**
 * One thing to look for: a photo of the library, an item by its key, a picture that is not in it
 * (and never will be, unless it is imported), a part of either, a word, or colors. `colorWeight` is how much the
 * colors of a photo or picture count beside what it shows.
 *
 * `weight` is 1 by default; below 0, it means less like this; 0 is ignored.
 */
export type Term = { readonly weight?: number } & (
  | { readonly photo: PhotoId; readonly colorWeight?: number | undefined }
  | { readonly item: string }
  | { readonly blob: Blob; readonly colorWeight?: number | undefined }
  | { readonly region: Region }
  | { readonly color: SoughtColors }
  | { readonly word: string; readonly synset?: string | undefined }
);

/** A part of a photo or picture; `box` is in fractions of its width and height, as seen. */
export type Region = { readonly box: RegionBox } & (
  | { readonly photo: PhotoId }
  | { readonly blob: Blob }
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
  /** Also groups the results by the item or the people that they show: see `groups` of the answer. */
  readonly groupBy?: GroupBy | undefined;
  /** Language of the words; that of the page by default. */
  readonly language?: WordLanguage;
  readonly signal?: AbortSignal | undefined;
}

export type Query = (options: QueryOptions) => Promise<QueryAnswer>;

/** The main colors of a photo or picture, largest first: at most three. */
export type ColorsOf = (what: PhotoId | Blob) => Promise<readonly MainColor[]>;

/**
 * The report of a term whose picture can't be opened, so that the others still count.
 *
 * @throws AkinError anything else that made a term fail
 */
function unreadable({ reason }: PromiseRejectedResult): TermReport {
  const error = errorReport(reason);
  if (!OF_THE_FILE.includes(error.code)) throw reason;
  return { state: 'unreadable', error };
}

/** Answers queries, embedding each picture and region once. */
export function createQuery(
  ask: AskLibrary,
  importer: WorkerClient<ImportContract>,
): { readonly query: Query; readonly colorsOf: ColorsOf } {
  const embedded = new EmbeddedPictures(importer);

  const readTerm = async (term: Term): Promise<QueryTerm> => {
    const { weight = 1 } = term;
    if ('item' in term) return { kind: 'item', item: term.item, weight };
    if ('color' in term) return { kind: 'color', colors: sharesOf(term.color), weight };
    if ('photo' in term) {
      return { kind: 'photo', photoId: term.photo, colorWeight: term.colorWeight, weight };
    }
    if ('word' in term) return { kind: 'word', text: term.word, synset: term.synset, weight };
    if ('blob' in term) {
      const { blob, colorWeight } = term;
      return { kind: 'picture', picture: await embedded.of(blob), colorWeight, weight };
    }
    const { region } = term;
    if (!isBoxInside(region?.box)) {
      throw new AkinError('invalid-argument', 'The box has no area, or is not inside the picture.');
    }
    if ('blob' in region) {
      return { kind: 'picture', picture: await embedded.of(region.blob, region.box), weight };
    }
    const { photo: photoId, box } = region;
    const picture = await embedded.of(photoId, box).catch((thrown: unknown) => {
      // The answer says so, as for any other photo that is gone.
      if (toAkinError(thrown).code === 'not-found') return null;
      throw thrown;
    });
    return { kind: 'region', photoId, box, picture, weight };
  };

  const run = async (options: QueryOptions): Promise<QueryAnswer> => {
    const { terms = [], filter = {}, without = {}, people, items, groupBy, signal } = options;
    const { k = DEFAULT_K, language = wordLanguage() } = options;
    const settled = await Promise.allSettled(terms.map(readTerm));
    if (signal?.aborted) throw new AkinError('aborted', 'Stopped.');
    const read = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const reports = settled.map((each) => (each.status === 'rejected' ? unreadable(each) : null));
    const [first] = reports.flatMap((report) => report?.error ?? []);
    if (first && read.length === 0) throw errorOf(first);
    const answer = await ask(
      'query',
      [{ terms: read, filter, without, people, items, language, k, groupBy }],
      signal,
    );
    if (!first) return answer;
    let next = 0;
    return { ...answer, terms: reports.map((report) => report ?? answer.terms[next++]!) };
  };

  const query: Query = async (options) => {
    const answer = await run(options);
    // Another model was chosen since a picture was embedded: embed it again, once.
    const stale = (options.terms ?? []).filter(
      (term, i) => ('blob' in term || 'region' in term) && answer.terms[i]?.state === 'other-space',
    );
    if (stale.length === 0) return answer;
    for (const term of stale) {
      if ('blob' in term) embedded.forget(term.blob);
      else if ('region' in term) {
        const { region } = term;
        embedded.forget('blob' in region ? region.blob : region.photo, region.box);
      }
    }
    return run(options);
  };

  const colorsOf: ColorsOf = async (what) => {
    const descriptor =
      typeof what === 'number' ? await ask('colorsOf', [what]) : (await embedded.of(what)).colors;
    return descriptor ? mainColors(descriptor, MOST_TERM_COLORS) : [];
  };

  return { query, colorsOf };
}

/** The worker checks them. */
function sharesOf(colors: SoughtColors): readonly ColorShare[] {
  if (typeof colors === 'string') return [{ color: colors, weight: 1 }];
  return Array.from(colors, ({ color, weight = 1 }) => ({ color, weight }));
}
