import type { QueryAnswer, SearchHit } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { closestWord } from '../viewer/similarity.ts';
import { hasPicture, isExample, type PageTerm } from './terms.ts';

/**
 * Whether the results are compared with pictures, so that their odds can be shown: those of words
 * have another scale, and colors have none.
 */
export function hasOdds(terms: readonly PageTerm[]): boolean {
  const wanted = terms.filter((term) => term.mark === 'more' && isExample(term));
  return wanted.some(({ kind }) => kind !== 'color') && wanted.every(({ kind }) => kind !== 'word');
}

/**
 * How many of the results to list at first; the rest don't match well.
 *
 * @param hits of the answer, without those deleted since
 */
export function listedIn(answer: QueryAnswer, hits: readonly SearchHit[]): number {
  if (!answer.ranked) return hits.length;
  if (hits.length === answer.hits.length) return answer.end;
  const listed = new Set(answer.hits.slice(0, answer.end).map(({ id }) => id));
  return hits.filter(({ id }) => listed.has(id)).length;
}

/**
 * The results as hits; those of filters alone have no odds. If no example can be used and there are
 * no filters, all photos would be results, and there are none instead.
 */
export function hitsOf(terms: readonly PageTerm[], answer: QueryAnswer): readonly SearchHit[] {
  if (answer.ranked) return answer.hits;
  const counting = terms.filter(({ mark }) => mark !== 'off');
  if (counting.length > 0 && counting.every(isExample)) return [];
  return Array.from(answer.ids, (id) => ({ id, cosine: 0, pValue: 1 }));
}

/**
 * The message above the results: how many there are, how alike the best one is, and what could not
 * be searched for.
 *
 * @param places which term of the page each term of the query is
 * @param listed results listed at first
 */
export function queryMessage(
  terms: readonly PageTerm[],
  places: readonly number[],
  answer: QueryAnswer,
  listed: number,
): string {
  const sentences: string[] = [];
  const isLost = (term: PageTerm) =>
    term.kind === 'picture' && term.mark !== 'off' && term.picture === null;
  if (terms.some(isLost)) sentences.push(t('query.pictureGone'));
  if (answer.terms.some(({ state }, i) => state === 'gone' && hasPicture(terms[places[i]!]!))) {
    sentences.push(t('query.photoGone'));
  }
  if (answer.terms.some(({ state }) => state === 'unreadable')) {
    sentences.push(t('query.pictureUnreadable'));
  }
  for (const [i, { state, word, exact }] of answer.terms.entries()) {
    const term = terms[places[i]!];
    if (term?.kind !== 'word') continue;
    const text = term.text.trim();
    if (state === 'unknown-word') sentences.push(t('query.unknownWord', { text }));
    else if (word !== undefined && exact === false)
      sentences.push(t('query.inexact', { text, word }));
  }
  // The end of an empty list says that nothing looks like the pictures, and how close the best is.
  const isSaid = listed === 0 && answer.ranked && answer.hits.length > 0 && hasOdds(terms);
  if (!isSaid) sentences.push(t('query.found', { count: listed }));
  if (!isSaid && answer.ranked && answer.hits.length > 0 && hasOdds(terms)) {
    sentences.push(t('query.closest', { level: closestWord(answer.hits) }));
  }
  if (answer.ranked && answer.unsearched > 0) {
    sentences.push(t('query.unsearched', { count: answer.unsearched }));
  }
  return sentences.join(' ');
}
