import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lexicon } from '../lexicon.ts';
import { readNouns, readTranslation, readVocabulary } from '../vocabulary.ts';

const folder = join(import.meta.dirname, '../../../../models/words');

/** Parses a file of `models/words`, anew at each call. */
export const committedJson = (file: string): unknown =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** The app's lexicon, including further nouns. */
export function committedLexicon(): Lexicon {
  const vocabulary = readVocabulary(committedJson('words.json'));
  const lexicon = new Lexicon(vocabulary, readTranslation(committedJson('de.json'), vocabulary));
  lexicon.addNouns(readNouns(committedJson('nouns.json'), vocabulary));
  return lexicon;
}
