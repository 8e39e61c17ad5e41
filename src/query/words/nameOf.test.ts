import { describe, expect, it } from 'vitest';
import { nameOf } from './nameOf.ts';
import { readVocabulary } from './vocabulary.ts';

const vocabulary = readVocabulary({
  version: 1,
  classes: 3,
  synsets: [
    ['n00000001', [3], ['beagle']],
    ['n00000002', [3], ['pug']],
    ['n00000003', [4], ['cat']],
    ['n00000004', [4], ['dog']],
    ['n00000005', [], []],
  ],
});
const name = (ids: number[], probabilities: number[]) => {
  const place = nameOf(vocabulary, ids, probabilities, 0.5);
  return place < 0 ? null : vocabulary.synsets[place]!.words[0];
};

describe('nameOf', () => {
  it('names a class that is likely by itself', () => {
    expect(name([1, 0], [0.6, 0.1])).toBe('pug');
  });

  it('names what unlikely classes have in common', () => {
    expect(name([1, 0, 2], [0.4, 0.3, 0.1])).toBe('dog');
  });

  it('names nothing that has no words, nor where nothing is likely', () => {
    expect(name([1, 2], [0.4, 0.4])).toBeNull();
    expect(name([], [])).toBeNull();
  });

  it('passes over classes that are not there', () => {
    expect(name([900], [0.9])).toBeNull();
  });
});
