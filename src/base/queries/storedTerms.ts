import { type Box, isBoxInside } from '../boxes.ts';
import { isRecord } from '../isRecord.ts';

/** More or less like this, or with and without it for filters; `off` keeps the term unused. */
export type Mark = 'more' | 'less' | 'off';

/**
 * A term of a query as plain data, which can be stored. Pictures that are not in the library have no
 * such form: Akin never stores them.
 *
 * @typeParam Filter what a filter term filters by; the reader checks it
 */
export type StoredTerm<Filter = unknown> = { readonly mark: Mark } & (
  | { readonly kind: 'photo'; readonly id: number; readonly colorWeight?: number }
  /** A part of a photo, in fractions of its width and height. */
  | { readonly kind: 'region'; readonly id: number; readonly box: Box }
  /** One to three colors, `#rrggbb`. */
  | { readonly kind: 'color'; readonly colors: readonly string[] }
  | { readonly kind: 'word'; readonly text: string; readonly synset?: string }
  | {
      readonly kind: 'person';
      readonly key: string;
      readonly name: string;
      /** Key of a face. */
      readonly cover?: number;
    }
  | {
      readonly kind: 'item';
      readonly key: string;
      readonly title: string;
      /** Id of a photo. */
      readonly cover?: number;
    }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly label: string }
);

/** Terms in a stored query. */
export const MOST_STORED_TERMS = 100;
/** Colors in one term. */
export const MOST_TERM_COLORS = 3;
/** Characters of a word or name. */
export const LONGEST_TERM_TEXT = 200;
/** A filter as JSON: a thousand characters in each of several entries. */
const LONGEST_FILTER = 10_000;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_TERM_TEXT;
const isId = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isOptionalId = (value: unknown): boolean => value === undefined || isId(value);
const isColor = (value: unknown): boolean =>
  typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value);

/** Whether a value is from 0 to 1, or left to the default. */
export function isOptionalShare(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);
}

export function isMark(value: unknown): value is Mark {
  return value === 'more' || value === 'less' || value === 'off';
}

/** Validates a term from outside, such as a stored one; not what its filter says. */
export function isStoredTerm(value: unknown): value is StoredTerm {
  if (!isRecord(value) || !isMark(value.mark)) return false;
  switch (value.kind) {
    case 'photo':
      return isId(value.id) && isOptionalShare(value.colorWeight);
    case 'region':
      return isId(value.id) && isBoxInside(value.box);
    case 'color': {
      const { colors } = value;
      if (!Array.isArray(colors)) return false;
      return colors.length > 0 && colors.length <= MOST_TERM_COLORS && colors.every(isColor);
    }
    case 'word':
      return isText(value.text) && (value.synset === undefined || isText(value.synset));
    case 'person':
      return isText(value.key) && isText(value.name) && isOptionalId(value.cover);
    case 'item':
      return isText(value.key) && isText(value.title) && isOptionalId(value.cover);
    case 'filter':
      return (
        isRecord(value.filter) &&
        isText(value.label) &&
        JSON.stringify(value.filter).length <= LONGEST_FILTER
      );
    default:
      return false;
  }
}

/** All terms of a stored query; `null` if any is invalid, as the query would be another one then. */
export function readStoredTerms(value: unknown): readonly StoredTerm[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_STORED_TERMS) return null;
  return value.every(isStoredTerm) ? value : null;
}

/** Identifies what a term is about, whatever its mark: a query has each only once. */
export function storedTermKey(term: StoredTerm): string {
  switch (term.kind) {
    case 'photo':
      return `photo ${term.id}`;
    case 'region': {
      const { x, y, width, height } = term.box;
      return `region ${term.id} ${[x, y, width, height].join(' ')}`;
    }
    case 'word':
      return `word ${term.synset ?? ''} ${term.text.trim().toLowerCase()}`;
    case 'color':
      return `color ${term.colors.join()}`;
    case 'person':
      return `person ${term.key}`;
    case 'item':
      return `item ${term.key}`;
    case 'filter':
      return `filter ${JSON.stringify(term.filter)}`;
  }
}
