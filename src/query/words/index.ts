export { type Entry, Lexicon } from './lexicon.ts';
export { mostChance } from './mostChance.ts';
export { isName, nameOf } from './nameOf.ts';
export type { WordLanguage } from './singular.ts';
export { Suggester } from './suggester.ts';
export {
  readNouns,
  readTranslation,
  readVocabulary,
  type Synset,
  type Vocabulary,
  type WordsByPlace,
} from './vocabulary.ts';
export { readWordRows, type WordRows, wordRowsBytes, wordVector } from './wordRows.ts';
