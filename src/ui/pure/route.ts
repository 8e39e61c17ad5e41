import type { FaceKey, PeopleSearch, PhotoId } from '../../protocol/index.ts';

/** What is shown of a person; their photos where it is not said. */
export const PERSON_PARTS = ['photos', 'suggestions', 'faces', 'seen-with'] as const;
export type PersonPart = (typeof PERSON_PARTS)[number];

/** What the address says is shown. */
export type Route =
  /** By when photos were taken where it is not said. */
  | { readonly view: 'gallery'; readonly sort?: 'imported' }
  /** With `face`, whose face it is is asked beside the photo. */
  | { readonly view: 'photo'; readonly id: PhotoId; readonly face?: FaceKey }
  | { readonly view: 'trash' }
  | { readonly view: 'people' }
  | { readonly view: 'person'; readonly key: string; readonly part?: PersonPart }
  /** Photos by who is on them. */
  | { readonly view: 'together'; readonly search: PeopleSearch }
  /** Photos that show what a word means; the word itself is kept beside the address: see `Navigation`. */
  | { readonly view: 'words'; readonly sought?: SoughtWord };

/** A word that photos are searched for. */
export interface SoughtWord {
  readonly text: string;
  /** One of its meanings. */
  readonly synset?: string;
}

const OURS = ['photo', 'face', 'view', 'sort', 'person', 'show', 'with', 'or', 'without'];
/** No key is longer, and no search names more people: what claims to be is not ours. */
const LONGEST_KEY = 200;
const MOST_PEOPLE = 50;

/** What the library makes of a person's own key: it tells nothing of them to whoever has it not. */
const OPAQUE = /^[0-9a-f]{16}$/;

/**
 * Whether the address of a view tells nothing of what is in the library. Those of earlier versions had
 * the hash of a photo in them.
 */
export function isOpaque(route: Route): boolean {
  return keysIn(route).every((key) => OPAQUE.test(key));
}

function keysIn(route: Route): readonly string[] {
  if (route.view === 'person') return [route.key];
  if (route.view !== 'together') return [];
  const { all = [], any = [], none = [] } = route.search;
  return [...all, ...any, ...none];
}

/** Reads `?photo=ID`, `?person=KEY` or `?view=…`; anything else is the gallery. */
export function parseRoute(search: string): Route {
  const parameters = new URLSearchParams(search);
  const id = readId(parameters.get('photo'));
  if (id !== null) {
    const face = readId(parameters.get('face'));
    return face === null ? { view: 'photo', id } : { view: 'photo', id, face };
  }
  const key = parameters.get('person');
  if (key !== null && isKey(key)) {
    const part = PERSON_PARTS.find((each) => each === parameters.get('show'));
    return part === undefined ? { view: 'person', key } : { view: 'person', key, part };
  }
  const view = parameters.get('view');
  if (view === 'together') return { view, search: readSearch(parameters) };
  // Earlier versions called the trash the bin; their bookmarks go on working.
  if (view === 'trash' || view === 'bin') return { view: 'trash' };
  if (view === 'people' || view === 'words') return { view };
  return parameters.get('sort') === 'imported'
    ? { view: 'gallery', sort: 'imported' }
    : { view: 'gallery' };
}

/** No word is longer; what claims to be is not ours. */
const LONGEST_TEXT = 200;

/** Checks a word out of a history entry, which other scripts of the origin may have written. */
export function readSought(value: unknown): SoughtWord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { text, synset } = value as Partial<Record<keyof SoughtWord, unknown>>;
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_TEXT)
    return undefined;
  return typeof synset === 'string' && /^n\d{8}$/.test(synset) ? { text, synset } : { text };
}

function readId(text: string | null): number | null {
  if (text === null || !/^[1-9]\d{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id < 2 ** 32 ? id : null;
}

function isKey(text: string): boolean {
  return text !== '' && text.length <= LONGEST_KEY;
}

function readSearch(parameters: URLSearchParams): PeopleSearch {
  const keys = (name: string) =>
    [...new Set(parameters.getAll(name))].filter(isKey).slice(0, MOST_PEOPLE);
  return { all: keys('with'), any: keys('or'), none: keys('without') };
}

/**
 * The address of a view; parameters that are not ours stay.
 *
 * @param base path of the app's folder. Never the path of the page: that is whatever its link said, and
 *   one that begins with two slashes would make a link to another host of each of ours.
 */
export function routeUrl(route: Route, base: string, search = ''): string {
  const parameters = new URLSearchParams(search);
  for (const name of OURS) parameters.delete(name);
  switch (route.view) {
    case 'gallery':
      if (route.sort !== undefined) parameters.set('sort', route.sort);
      break;
    case 'photo':
      parameters.set('photo', String(route.id));
      if (route.face !== undefined) parameters.set('face', String(route.face));
      break;
    case 'person':
      parameters.set('person', route.key);
      if (route.part !== undefined) parameters.set('show', route.part);
      break;
    case 'together':
      parameters.set('view', 'together');
      for (const key of route.search.all ?? []) parameters.append('with', key);
      for (const key of route.search.any ?? []) parameters.append('or', key);
      for (const key of route.search.none ?? []) parameters.append('without', key);
      break;
    default:
      parameters.set('view', route.view);
  }
  const query = parameters.toString();
  return query === '' ? base : `${base}?${query}`;
}
