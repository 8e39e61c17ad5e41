import { describe, expect, it } from 'vitest';
import { coherence, isName, nameOf } from './nameOf.ts';
import { readVocabulary } from './vocabulary.ts';
import { readWordRows, wordRowsBytes } from './wordRows.ts';

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
/** The dogs point the same way; the cat is orthogonal to them. */
const bytes = new Uint8Array(wordRowsBytes(3, 2));
new Float32Array(bytes.buffer, 0, 3).fill(0.01);
new Int8Array(bytes.buffer, 12).set([100, 0, 100, 0, 0, 100]);
const rows = readWordRows({ version: 1, space: 's', d: 2, classes: 3 }, bytes, 3);

const name = (ids: number[], probabilities: number[]) => {
  const place = nameOf(vocabulary, ids, probabilities, 0.5, (each) =>
    isName(vocabulary, rows, each),
  );
  return place < 0 ? null : vocabulary.synsets[place]!.words[0];
};

describe('nameOf', () => {
  it('names a class that is likely on its own', () => {
    expect(name([1, 0], [0.6, 0.1])).toBe('pug');
  });

  it('names what several less likely classes have in common', () => {
    expect(name([1, 0, 2], [0.4, 0.3, 0.1])).toBe('dog');
  });

  it('names nothing when no word fits or nothing is likely', () => {
    expect(name([1, 2], [0.4, 0.4])).toBeNull();
    expect(name([], [])).toBeNull();
  });

  it('ignores unknown classes', () => {
    expect(name([900], [0.9])).toBeNull();
  });
});

describe('coherence', () => {
  it('is the mean cosine between the classes', () => {
    expect(coherence(rows, [2])).toBe(1);
    expect(coherence(rows, [0, 1])).toBeCloseTo(1, 6);
    expect(coherence(rows, [0, 2])).toBeCloseTo(0, 6);
    expect(coherence(rows, [0, 1, 2])).toBeCloseTo(1 / 3, 6);
  });
});
