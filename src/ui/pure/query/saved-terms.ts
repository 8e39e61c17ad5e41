import { isBoxInside, isRecord } from '../../../engine/index.ts';
import { isColorName, MOST_COLORS } from './colors.ts';
import type { PageTerm } from './terms.ts';

const MOST_TERMS = 100;
const LONGEST_TEXT = 200;

/**
 * Terms in a form that can be stored: pictures from outside are left out, for Akin promises never to
 * store them.
 */
export function saved(terms: readonly PageTerm[]): unknown {
  return terms.map((term) => (term.kind === 'picture' ? { ...term, picture: null } : term));
}

/** Validates stored terms, which other scripts of the origin may have written; skips invalid ones. */
export function readSaved(value: unknown): readonly PageTerm[] {
  return Array.isArray(value) ? value.slice(0, MOST_TERMS).filter(isTerm) : [];
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT;

const isShare = (value: unknown) =>
  value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);
const isId = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

function isTerm(value: unknown): value is PageTerm {
  if (!isRecord(value) || !['more', 'less', 'off'].includes(value.mark as string)) return false;
  switch (value.kind) {
    case 'photo':
      return isId(value.id) && isShare(value.colorWeight);
    case 'region':
      return isId(value.id) && isBoxInside(value.box);
    case 'picture':
      return value.picture === null && isShare(value.colorWeight);
    case 'color':
      return (
        Array.isArray(value.colors) &&
        value.colors.length > 0 &&
        value.colors.length <= MOST_COLORS &&
        value.colors.every(isColorName)
      );
    case 'word':
      return isText(value.text) && (value.synset === undefined || isText(value.synset));
    case 'person':
      return (
        isText(value.key) &&
        isText(value.name) &&
        (value.cover === undefined || Number.isSafeInteger(value.cover))
      );
    case 'item':
      return (
        isText(value.key) &&
        isText(value.title) &&
        (value.cover === undefined || Number.isSafeInteger(value.cover))
      );
    case 'filter':
      // The engine checks its entries.
      return isRecord(value.filter) && isText(value.label);
    default:
      return false;
  }
}
