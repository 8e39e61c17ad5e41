import {
  Lexicon,
  readNouns,
  readTranslation,
  readVocabulary,
  Suggester,
} from '../../query/words/index.ts';
import { type ModelFiles, openModels } from '../../vision/models.ts';
import { readWordFit, type WordFit } from './wordFit.ts';

/** Folder of the data that maps words into a space, by the space's model. */
const ROWS: Readonly<Record<string, string>> = {
  'visual-v2': 'words',
  'visual-v2-detailed': 'visual-v2-detailed',
};

/** The words without the additional nouns: all a photo's page needs. */
export interface KnownWords {
  readonly lexicon: Lexicon;
  /** In the standard model's space. */
  readonly fit: WordFit;
}

/** With the additional nouns, for typed queries. */
export interface TypedWords {
  readonly lexicon: Lexicon;
  readonly suggester: Suggester;
}

/** Memoizes a promise; doesn't cache a failure, so the next call retries. */
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
  /**
   * The data that maps words into a space; `null` for a space without words, such as a user
   * model's, and for a space of another fit.
   *
   * @throws AkinError `model-missing`, `model-corrupt`
   */
  fitOf(spaceId: string): Promise<WordFit | null>;
}

/** The word files, each fetched on first use. */
export function wordFiles(
  modelsUrl: string,
  open: (url: string) => Promise<ModelFiles> = openModels,
): WordFiles {
  const files = once(() => open(modelsUrl));
  const vocabulary = once(async () =>
    readVocabulary(await (await files()).json('words/words.json')),
  );
  const fits = new Map(
    Object.entries(ROWS).map(([model, folder]) => {
      const read = async () => {
        const opened = await files();
        const [json, bytes, { classCount }] = await Promise.all([
          opened.json(`${folder}/rows.json`),
          opened.bytes(`${folder}/rows.bin`),
          vocabulary(),
        ]);
        return readWordFit(json, bytes, classCount);
      };
      return [model, once(read)];
    }),
  );
  const known = once(async () => {
    const [words, german, fit] = await Promise.all([
      vocabulary(),
      files().then((opened) => opened.json('words/de.json')),
      fits.get('visual-v2')!(),
    ]);
    return { lexicon: new Lexicon(words, readTranslation(german, words)), fit };
  });
  const typed = once(async () => {
    const [{ lexicon }, nouns] = await Promise.all([
      known(),
      files().then((opened) => opened.json('words/nouns.json')),
    ]);
    lexicon.addNouns(readNouns(nouns, lexicon.vocabulary));
    return { lexicon, suggester: new Suggester(lexicon) };
  });
  const fitOf = async (spaceId: string) => {
    const fit = await fits.get(spaceId.split('/', 1)[0]!)?.();
    return fit?.rows.spaceId === spaceId ? fit : null;
  };
  return { known, typed, fitOf };
}
