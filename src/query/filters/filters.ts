import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import { foldName } from './foldName.ts';
import type { PhotoFacts } from './photoFacts.ts';

/** A half-open range; an absent bound is unlimited. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export const ORIENTATIONS = ['landscape', 'portrait', 'square'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/**
 * What photos must be, besides looking like something. All given conditions apply; of the entries
 * of one condition, one is enough.
 */
export interface PhotoFilter {
  /** Capture time, as local wall-clock milliseconds. */
  readonly time?: readonly Range[] | undefined;
  /** MIME types. */
  readonly type?: readonly string[] | undefined;
  readonly orientation?: readonly Orientation[] | undefined;
  /** Width times height. */
  readonly pixels?: readonly Range[] | undefined;
  /** Source folders; each includes its subfolders. */
  readonly folder?: readonly string[] | undefined;
  /** Parts of the file name; case and accents don't matter. */
  readonly name?: readonly string[] | undefined;
}

type Entry<K extends keyof PhotoFilter> = NonNullable<PhotoFilter[K]>[number];

/** Whether the photo at an index of the facts passes. */
type Test = (i: number) => boolean;

interface Filter<T> {
  /** Whether an entry from outside is valid. */
  readonly isValid: (entry: unknown) => entry is T;
  readonly test: (entry: T, facts: PhotoFacts) => Test;
}

const MOST_ENTRIES = 100;
const LONGEST_TEXT = 1_000;
/** A photo whose sides differ by less than this share counts as square. */
const SQUARE = 0.02;

const isRange = (entry: unknown): entry is Range =>
  isRecord(entry) &&
  [entry.from, entry.to].every((bound) => bound === undefined || Number.isFinite(bound));
const isText = (entry: unknown): entry is string =>
  typeof entry === 'string' && entry.length <= LONGEST_TEXT;
const isOrientation = (entry: unknown): entry is Orientation =>
  ORIENTATIONS.some((each) => each === entry);

const within = ({ from = -Infinity, to = Infinity }: Range, value: number) =>
  value >= from && value < to;

/** Every filter, by its name in `PhotoFilter`: the one place to add another. */
const FILTERS: { readonly [K in keyof Required<PhotoFilter>]: Filter<Entry<K>> } = {
  time: {
    isValid: isRange,
    test:
      (range, { time }) =>
      (i) =>
        within(range, time[i]!),
  },
  type: {
    isValid: isText,
    test:
      (wanted, { type }) =>
      (i) =>
        type[i] === wanted,
  },
  orientation: {
    isValid: isOrientation,
    test:
      (wanted, { width, height }) =>
      (i) =>
        orientationOf(width[i]!, height[i]!) === wanted,
  },
  pixels: {
    isValid: isRange,
    test:
      (range, { width, height }) =>
      (i) =>
        within(range, width[i]! * height[i]!),
  },
  folder: {
    isValid: isText,
    test:
      (folder, { path }) =>
      (i) =>
        isInFolder(path[i]!, folder),
  },
  name: {
    isValid: isText,
    test(text, { name }) {
      const sought = foldName(text);
      return (i) => foldName(name[i]!).includes(sought);
    },
  },
};
const NAMES = Object.keys(FILTERS) as readonly (keyof PhotoFilter)[];

export function orientationOf(width: number, height: number): Orientation {
  if (Math.abs(width - height) <= SQUARE * Math.max(width, height)) return 'square';
  return width > height ? 'landscape' : 'portrait';
}

/** Whether `path` is the folder or one below it. */
export function isInFolder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** @throws AkinError `invalid-argument` for an unknown filter or an invalid entry */
export function checkFilter(filter: unknown): PhotoFilter {
  if (!isRecord(filter)) throw invalid('filter');
  for (const [name, entries] of Object.entries(filter)) {
    if (!Object.hasOwn(FILTERS, name)) throw invalid(name);
    const { isValid } = FILTERS[name as keyof PhotoFilter];
    if (entries === undefined) continue;
    const isSound = Array.isArray(entries) && entries.length <= MOST_ENTRIES;
    if (!isSound || !entries.every(isValid)) throw invalid(name);
  }
  return filter;
}

/**
 * Ids of the photos that pass, ascending.
 *
 * @param without photos that match any entry of it don't pass
 */
export function passing(
  filter: PhotoFilter,
  facts: PhotoFacts,
  without: PhotoFilter = {},
): Uint32Array<ArrayBuffer> {
  const wanted = NAMES.flatMap((name) => (filter[name] ? [testsOf(name, filter, facts)] : []));
  const unwanted = NAMES.flatMap((name) => testsOf(name, without, facts));
  const ids = new Uint32Array(facts.ids.length);
  let count = 0;
  for (let i = 0; i < facts.ids.length; i++) {
    const passes =
      wanted.every((tests) => tests.some((test) => test(i))) && !unwanted.some((test) => test(i));
    if (passes) ids[count++] = facts.ids[i]!;
  }
  return ids.slice(0, count);
}

/** Whether a filter has any condition. */
export function isFiltering(filter: PhotoFilter): boolean {
  return NAMES.some((name) => filter[name] !== undefined);
}

function testsOf<K extends keyof PhotoFilter>(
  name: K,
  filter: PhotoFilter,
  facts: PhotoFacts,
): Test[] {
  const { test } = FILTERS[name] as Filter<Entry<K>>;
  return (filter[name] ?? []).map((entry) => test(entry as Entry<K>, facts));
}

function invalid(what: string): AkinError {
  return new AkinError('invalid-argument', `The query’s ${what.slice(0, 40)} is invalid.`);
}
