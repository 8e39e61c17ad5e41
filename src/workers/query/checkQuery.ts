import { isBoxInside } from '../../base/boxes.ts';
import { isColorDescriptor } from '../../base/colors/descriptor.ts';
import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import { LONGEST_TERM_TEXT, MOST_TERM_COLORS } from '../../base/queries/storedTerms.ts';
import {
  GROUPS,
  type PhotoQuery,
  type PictureVector,
  type QueryTerm,
} from '../../protocol/index.ts';
import { checkFilter, isHexColor } from '../../query/index.ts';
import { checkK } from '../shared/checkK.ts';

/** More terms than anyone picks by hand. */
export const MOST_TERMS = 200;

/** @throws AkinError `invalid-argument` */
export function checkQuery({ terms, filter, without, k, groupBy }: PhotoQuery): void {
  checkK(k);
  if (groupBy !== undefined && !GROUPS.includes(groupBy)) {
    throw new AkinError('invalid-argument', 'Results are grouped by photo, item or person.');
  }
  if (!Array.isArray(terms) || terms.length > MOST_TERMS) {
    throw new AkinError('invalid-argument', `A query has at most ${MOST_TERMS} terms.`);
  }
  for (const [i, term] of terms.entries()) {
    if (!isTerm(term))
      throw new AkinError('invalid-argument', `Term ${i} of the query is invalid.`);
  }
  checkFilter(filter);
  checkFilter(without);
}

function isTerm(term: QueryTerm): boolean {
  if (!isRecord(term) || !Number.isFinite(term.weight)) return false;
  switch (term.kind) {
    case 'photo':
      return isPhoto(term.photoId) && isShare(term.colorWeight);
    case 'item':
      return typeof term.item === 'string' && term.item.length <= LONGEST_TERM_TEXT;
    case 'picture':
      return isPicture(term.picture) && isShare(term.colorWeight);
    case 'region':
      return (
        isPhoto(term.photoId) &&
        isBoxInside(term.box) &&
        (term.picture === null || isPicture(term.picture))
      );
    case 'color': {
      const { colors } = term;
      return (
        Array.isArray(colors) &&
        colors.length > 0 &&
        colors.length <= MOST_TERM_COLORS &&
        colors.every(isColorShare)
      );
    }
    case 'word':
      return typeof term.text === 'string' && term.text.length <= LONGEST_TERM_TEXT;
    default:
      return false;
  }
}

/** Whether it is from 0 to 1, or left to the default. */
function isShare(value: unknown): boolean {
  return (
    value === undefined || (Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 1)
  );
}

function isColorShare(value: unknown): boolean {
  if (!isRecord(value) || !isHexColor(value.color)) return false;
  return Number.isFinite(value.weight) && Number(value.weight) > 0;
}

const isPhoto = (id: unknown): boolean => Number.isInteger(id) && (id as number) > 0;

const isPicture = (picture: PictureVector): boolean =>
  typeof picture?.spaceId === 'string' &&
  picture.vector instanceof Float32Array &&
  (picture.colors === undefined || isColorDescriptor(picture.colors));
