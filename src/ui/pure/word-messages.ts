import type { WordAnswer } from '../../protocol/index.ts';
import { plural } from './format.ts';

/**
 * What is said above the photos that a word found.
 *
 * @param shown photos of the answer that are still there
 */
export function wordMessage(answer: WordAnswer, shown: number): string {
  if (!answer.known) return `Akin doesn’t know the word “${answer.text.trim()}”.`;
  const found = shown === 0 ? 'No photos found.' : `${plural(shown, 'photo')}.`;
  const rest =
    answer.unsearched === 0
      ? ''
      : ` ${plural(answer.unsearched, 'more photo')} can’t be searched by word now.`;
  if (answer.exact) return `${found}${rest}`;
  return `No exact match for “${answer.text.trim()}”. Showing “${answer.word}”. ${found}${rest}`;
}
