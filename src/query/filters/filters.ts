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
 * What photos must be, besides looking like something. All given conditions apply; within a list,
 * one entry is enough.
 */
export interface PhotoFilter {
  /** Capture time, as local wall-clock milliseconds. */
  readonly time?: Range | undefined;
  /** MIME types. */
  readonly type?: readonly string[] | undefined;
  readonly orientation?: readonly Orientation[] | undefined;
  /** Width times height. */
  readonly pixels?: Range | undefined;
  /** Source folder; includes its subfolders. */
  readonly folder?: string | undefined;
  /** Part of the file name; case and accents don't matter. */
  readonly name?: string | undefined;
}

/** Whether the photo at an index of the facts passes. */
type Test = (i: number) => boolean;

interface Filter<T> {
  /** Whether a value from outside is valid. */
  readonly isValid: (value: unknown) => value is T;
  readonly test: (value: T, facts: PhotoFacts) => Test;
}

const MOST_ENTRIES = 100;
const LONGEST_TEXT = 1_000;
/** A photo whose sides differ by less than this share counts as square. */
const SQUARE = 0.02;

const isRange = (value: unknown): value is Range =>
  isRecord(value) &&
  [value.from, value.to].every((bound) => bound === undefined || Number.isFinite(bound));
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT;
const isListOf =
  <T extends string>(isEntry: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.length <= MOST_ENTRIES && value.every(isEntry);
const isOrientation = (value: unknown): value is Orientation =>
  ORIENTATIONS.some((each) => each === value);

const within = ({ from = -Infinity, to = Infinity }: Range, value: number) =>
  value >= from && value < to;

/** Every filter, by its name in `PhotoFilter`: the one place to add another. */
const FILTERS: {
  readonly [K in keyof Required<PhotoFilter>]: Filter<NonNullable<PhotoFilter[K]>>;
} = {
  time: {
    isValid: isRange,
    test:
      (range, { time }) =>
      (i) =>
        within(range, time[i]!),
  },
  type: {
    isValid: isListOf(isText),
    test(types, { type }) {
      const wanted = new Set(types);
      return (i) => wanted.has(type[i]!);
    },
  },
  orientation: {
    isValid: isListOf(isOrientation),
    test(orientations, { width, height }) {
      const wanted = new Set(orientations);
      return (i) => wanted.has(orientationOf(width[i]!, height[i]!));
    },
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

/** @throws AkinError `invalid-argument` for an unknown filter or an invalid value */
export function checkFilter(filter: unknown): PhotoFilter {
  if (!isRecord(filter)) throw invalid('filter');
  for (const [name, value] of Object.entries(filter)) {
    if (!Object.hasOwn(FILTERS, name)) throw invalid(name);
    if (value !== undefined && !FILTERS[name as keyof PhotoFilter].isValid(value)) {
      throw invalid(name);
    }
  }
  return filter;
}

/** Ids of the photos that pass, ascending. */
export function passing(filter: PhotoFilter, facts: PhotoFacts): Uint32Array<ArrayBuffer> {
  const tests = NAMES.flatMap((name) => testOf(name, filter, facts));
  const ids = new Uint32Array(facts.ids.length);
  let count = 0;
  for (let i = 0; i < facts.ids.length; i++) {
    if (tests.every((test) => test(i))) ids[count++] = facts.ids[i]!;
  }
  return ids.slice(0, count);
}

/** Whether a filter has any condition. */
export function isFiltering(filter: PhotoFilter): boolean {
  return NAMES.some((name) => filter[name] !== undefined);
}

function testOf<K extends keyof PhotoFilter>(
  name: K,
  filter: PhotoFilter,
  facts: PhotoFacts,
): Test[] {
  const value = filter[name];
  return value === undefined ? [] : [FILTERS[name].test(value, facts)];
}

function invalid(what: string): AkinError {
  return new AkinError('invalid-argument', `The query’s ${what.slice(0, 40)} is invalid.`);
}
