import {
  Lexicon,
  readNouns,
  readTranslation,
  readVocabulary,
  Suggester,
} from '../../query/words/index.ts';
import { type ModelFiles, openModels } from '../../vision/models.ts';
import { readWordFit, type WordFit } from './wordFit.ts';

/** What is known without the further nouns: all that a photo's page needs. */
export interface KnownWords {
  readonly lexicon: Lexicon;
  readonly fit: WordFit;
}

/** The same with them, for whoever types. */
export interface TypedWords extends KnownWords {
  readonly suggester: Suggester;
}

/** A promise made at the first call; a failure is forgotten, so that the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    made.catch(() => {
      made = null;
    });
    return made;
  };
}

export interface WordFiles {
  /** @throws AkinError `model-missing`, `model-corrupt` */
  known(): Promise<KnownWords>;
  /** @throws AkinError `model-missing`, `model-corrupt` */
  typed(): Promise<TypedWords>;
}

/** The files of words, each fetched when something first needs it. */
export function wordFiles(
  modelsUrl: string,
  open: (url: string) => Promise<ModelFiles> = openModels,
): WordFiles {
  const files = once(() => open(modelsUrl));
  const known = once(async () => {
    const opened = await files();
    const [words, german, fit, rows] = await Promise.all([
      opened.json('words/words.json'),
      opened.json('words/de.json'),
      opened.json('words/rows.json'),
      opened.bytes('words/rows.bin'),
    ]);
    const vocabulary = readVocabulary(words);
    const lexicon = new Lexicon(vocabulary, readTranslation(german, vocabulary));
    return { lexicon, fit: readWordFit(fit, rows, vocabulary.classCount) };
  });
  const typed = once(async () => {
    const [{ lexicon, fit }, nouns] = await Promise.all([
      known(),
      files().then((opened) => opened.json('words/nouns.json')),
    ]);
    lexicon.addNouns(readNouns(nouns, lexicon.vocabulary));
    return { lexicon, fit, suggester: new Suggester(lexicon) };
  });
  return { known, typed };
}
