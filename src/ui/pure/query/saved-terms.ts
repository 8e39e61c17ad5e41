import {
  isMark,
  isOptionalShare,
  isRecord,
  isStoredTerm,
  MOST_STORED_TERMS,
} from '../../../engine/index.ts';
import type { PageTerm } from './terms.ts';

/**
 * Terms in a form that can be stored: pictures from outside are left out, for Akin promises never to
 * store them.
 */
export function saved(terms: readonly PageTerm[]): unknown {
  return terms.map((term) => (term.kind === 'picture' ? { ...term, picture: null } : term));
}

/** Validates stored terms, which other scripts of the origin may have written; skips invalid ones. */
export function readSaved(value: unknown): readonly PageTerm[] {
  return Array.isArray(value) ? value.slice(0, MOST_STORED_TERMS).filter(isTerm) : [];
}

function isTerm(value: unknown): value is PageTerm {
  if (!isRecord(value) || value.kind !== 'picture') return isStoredTerm(value);
  return isMark(value.mark) && value.picture === null && isOptionalShare(value.colorWeight);
}
