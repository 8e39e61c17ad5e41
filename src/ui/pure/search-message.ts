import type { WordAnswer } from '../../protocol/index.ts';
import { t } from '../text/t.ts';

/**
 * Message above the photos that match a word.
 *
 * @param shown photos of the answer that still exist
 */
export function searchMessage(answer: WordAnswer, shown: number): string {
  const text = answer.text.trim();
  if (!answer.known) return t('words.unknown', { text });
  const sentences: string[] = [];
  if (!answer.exact) sentences.push(t('words.inexact', { text, word: answer.word }));
  sentences.push(t('words.found', { count: shown }));
  if (answer.unsearched > 0) {
    sentences.push(t('words.unsearched', { count: answer.unsearched }));
  }
  return sentences.join(' ');
}
