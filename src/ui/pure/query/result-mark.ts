import type { Mark, PhotoId, ResultMark } from '../../../protocol/index.ts';
import type { PageTerm } from './terms.ts';

/**
 * What marking a result says about it and the photos searched for, to learn from. `null` if nothing:
 * a search with words, colors, parts or pictures from elsewhere may want something else than photos
 * alike as a whole.
 */
export function resultMark(
  terms: readonly PageTerm[],
  photo: PhotoId,
  mark: Exclude<Mark, 'off'>,
): ResultMark | null {
  const ids: Record<'more' | 'less', PhotoId[]> = { more: [], less: [] };
  for (const term of terms) {
    if (term.mark === 'off') continue;
    switch (term.kind) {
      case 'photo':
        if (term.colorWeight) return null;
        ids[term.mark].push(term.id);
        break;
      case 'picture':
      case 'region':
      case 'word':
      case 'color':
        return null;
      case 'person':
      case 'item':
      case 'filter':
        // They limit the results, and say nothing of what these are to look like.
        break;
    }
  }
  return { photo, mark, ...ids };
}
