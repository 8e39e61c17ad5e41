import { describe, expect, it } from 'vitest';
import { committedJson } from './testing/committed.ts';
import { readNouns, readTranslation, readVocabulary } from './vocabulary.ts';

/** Two kinds of dog, one of cat. */
const small = () => ({
  version: 1,
  classes: 3,
  synsets: [
    ['n00000001', [3], ['beagle']],
    ['n00000002', [3], ['pug']],
    ['n00000003', [4], ['cat']],
    ['n00000004', [4], ['dog']],
    ['n00000005', [] as number[], ['animal']],
  ] as unknown[],
});

describe('readVocabulary', () => {
  it('collects the classes below each synset', () => {
    const { synsets, placeOf } = readVocabulary(small());
    expect(synsets.map(({ classes }) => [...classes])).toEqual([[0], [1], [2], [0, 1], [0, 1, 2]]);
    expect(placeOf('n00000004')).toBe(3);
    expect(placeOf('n99999999')).toBe(-1);
  });

  it('terminates on a cycle', () => {
    const file = small();
    file.synsets[4] = ['n00000005', [3], ['animal']];
    expect([...readVocabulary(file).synsets[3]!.classes]).toEqual([0, 1, 2]);
  });

  it.each<[string, (file: ReturnType<typeof small>) => unknown]>([
    ['nothing', () => null],
    ['another version', (file) => ({ ...file, version: 2 })],
    ['more classes than synsets', (file) => ({ ...file, classes: 6 })],
    ['no synsets', (file) => ({ ...file, synsets: [] })],
    ['too many synsets', (file) => ({ ...file, synsets: Array(20_001).fill(file.synsets[0]) })],
    ['a synset twice', (file) => ({ ...file, synsets: [...file.synsets, file.synsets[0]] })],
    ['a wrong id', (file) => ({ ...file, synsets: [['__proto__', [], []], ...file.synsets] })],
    ['a parent that is not there', (file) => ({ ...file, synsets: [['n00000009', [9], []]] })],
    ['a parent that is no place', (file) => ({ ...file, synsets: [['n00000009', [0.5], []]] })],
    ['a word that is none', (file) => ({ ...file, synsets: [['n00000009', [], [1]]] })],
    ['a word without end', (file) => ({ ...file, synsets: [['n0', [], ['a'.repeat(101)]]] })],
  ])('rejects %s', (_, damage) => {
    expect(() => readVocabulary(damage(small()))).toThrowError(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });
});

describe('readTranslation and readNouns', () => {
  const vocabulary = readVocabulary(small());

  it('key words by the position of their synset', () => {
    const file = { version: 1, words: { n00000004: ['Hund'] } };
    expect([...readTranslation(file, vocabulary)]).toEqual([[3, ['Hund']]]);
    const nouns = { version: 1, nouns: { n00000003: ['kitten'] } };
    expect([...readNouns(nouns, vocabulary)]).toEqual([[2, ['kitten']]]);
  });

  it.each([
    null,
    { version: 1 },
    { version: 1, words: [], nouns: [] },
    { version: 1, words: { n00000009: ['x'] }, nouns: { n00000009: ['x'] } },
    { version: 1, words: { n00000001: 'x' }, nouns: { n00000001: 'x' } },
    { version: 1, words: { n00000001: [''] }, nouns: { n00000001: [''] } },
  ])('reject %j', (file) => {
    const refused = expect.objectContaining({ code: 'model-corrupt' });
    expect(() => readTranslation(file, vocabulary)).toThrowError(refused);
    expect(() => readNouns(file, vocabulary)).toThrowError(refused);
  });
});

describe('the committed words', () => {
  const vocabulary = readVocabulary(committedJson('words.json'));
  const german = readTranslation(committedJson('de.json'), vocabulary);

  it('cover the model’s 1,000 classes, "dog" 118 of them and "fruit" 16', () => {
    const classesOf = (id: string) => vocabulary.synsets[vocabulary.placeOf(id)]!.classes.length;
    expect(vocabulary.classCount).toBe(1000);
    expect(classesOf('n02084071')).toBe(118);
    expect(classesOf('n13134947')).toBe(16);
  });

  it('have a German word for every class', () => {
    const without = vocabulary.synsets
      .slice(0, vocabulary.classCount)
      .filter((_, place) => !german.has(place));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('have no nouns for people, such as "child"', () => {
    const nouns = readNouns(committedJson('nouns.json'), vocabulary);
    expect(nouns.has(vocabulary.placeOf('n00007846'))).toBe(false);
  });
});
