import { isBoxInside } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import type { PhotoQuery, PictureVector, QueryTerm } from '../../protocol/index.ts';
import { checkFilter } from '../../query/index.ts';
import { checkK } from '../shared/checkK.ts';

/** More terms than anyone picks by hand. */
export const MOST_TERMS = 200;
const LONGEST_WORD = 200;

/** @throws AkinError `invalid-argument` */
export function checkQuery({ terms, filter, without, k }: PhotoQuery): void {
  checkK(k);
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
      return isPhoto(term.photoId);
    case 'picture':
      return isPicture(term.picture);
    case 'region':
      return (
        isPhoto(term.photoId) &&
        isBoxInside(term.box) &&
        (term.picture === null || isPicture(term.picture))
      );
    case 'word':
      return typeof term.text === 'string' && term.text.length <= LONGEST_WORD;
    default:
      return false;
  }
}

const isPhoto = (id: unknown): boolean => Number.isInteger(id) && (id as number) > 0;

const isPicture = (picture: PictureVector): boolean =>
  typeof picture?.spaceId === 'string' && picture.vector instanceof Float32Array;
