import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wordVector } from '../../query/words/index.ts';
import type { ModelFiles } from '../../vision/models.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { detailedSpace, visualSpace } from '../models/visualSpace.ts';
import { wordFiles } from './wordFiles.ts';
import { WordSearch } from './wordSearch.ts';

const models = join(import.meta.dirname, '../../../models');
const PLACES: Readonly<Record<string, string>> = {
  'words/rows.json': 'visual-v2/words.json',
  'words/rows.bin': 'visual-v2/words.bin',
  'visual-v2-detailed/rows.json': 'visual-v2-detailed/words.json',
  'visual-v2-detailed/rows.bin': 'visual-v2-detailed/words.bin',
};
const asked: string[] = [];
const fileOf = (path: string) => {
  asked.push(path);
  return readFileSync(join(models, PLACES[path] ?? path));
};
/** The files as the build serves them. */
const opened: ModelFiles = {
  sha256: () => '',
  bytes: async (path) => Uint8Array.from(fileOf(path)),
  json: async (path) => JSON.parse(fileOf(path).toString()) as unknown,
};
const files = wordFiles('https://akin.test/models/', async () => opened);
const words = new WordSearch(files);

/** An index of photos that match the classes exactly: photo `c + 1` is entirely class `c`. */
async function libraryOf(classes: readonly number[], spaceId = visualSpace.id) {
  const { rows } = (await files.fitOf(spaceId))!;
  const photos = classes.map((c) => ({ id: c + 1, vector: wordVector(rows, [c]) }));
  const index: Pick<LibraryIndex, 'space' | 'nearest'> = {
    space: { id: rows.spaceId, d: rows.d, metric: 'ip' },
    nearest: (query, k, _exclude, among) => ({
      codesScanned: photos.length,
      hits: photos
        .filter(({ id }) => among?.includes(id) ?? true)
        .map(({ id, vector }) => ({
          id,
          score: vector.reduce((sum, value, i) => sum + value * query[i]!, 0),
        }))
        .sort((a, b) => b.score - a.score)
        .slice(0, k),
    }),
  };
  return index;
}

const TENCH = 0;
const PUG = 254;
const BEAGLE = 162;
const SANDAL = 774;
const index = await libraryOf([TENCH, PUG, BEAGLE, SANDAL]);

describe('search', () => {
  it('finds what a word and its hyponyms mean, and counts the answers', async () => {
    const answer = await words.search({ text: 'Dogs', language: 'en', k: 10 }, [
      { index, photos: 4 },
    ]);
    expect(answer).toMatchObject({ known: true, word: 'dog', exact: true, answers: 2 });
    if (!answer.known) return;
    expect(answer.synsets).toEqual(['n02084071']);
    expect(answer.hits).toHaveLength(4);
    expect(new Set(answer.hits.slice(0, 2).map(({ id }) => id))).toEqual(
      new Set([PUG + 1, BEAGLE + 1]),
    );
    expect(answer.hits.every(({ pValue }) => pValue > 0 && pValue <= 1)).toBe(true);
  });

  it('works in the detailed model’s space, fetching its rows only when needed', async () => {
    asked.length = 0;
    const fresh = new WordSearch(wordFiles('https://akin.test/models/', async () => opened));
    const query = { text: 'dog', language: 'en', k: 2 } as const;
    await fresh.search(query, [{ index, photos: 4 }]);
    expect(asked.filter((path) => path.startsWith('visual-v2-detailed/'))).toEqual([]);
    const detailed = await libraryOf([TENCH, PUG, BEAGLE, SANDAL], detailedSpace.id);
    const answer = await fresh.search(query, [{ index: detailed, photos: 4 }]);
    if (!answer.known) throw new Error('dog is not known');
    expect(answer.hits.map(({ id }) => id).sort((a, b) => a - b)).toEqual([BEAGLE + 1, PUG + 1]);
    expect(answer.answers).toBe(2);
  });

  it('finds photos in both spaces during a move between models', async () => {
    const moved = await libraryOf([PUG], detailedSpace.id);
    const spaces = [
      { index: moved, photos: 1 },
      { index, photos: 3, among: [TENCH + 1, BEAGLE + 1, SANDAL + 1] },
    ];
    const answer = await words.search({ text: 'dog', language: 'en', k: 10 }, spaces);
    if (!answer.known) throw new Error('dog is not known');
    expect(answer).toMatchObject({ answers: 2, unsearched: 0 });
    expect(answer.hits.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      [TENCH, BEAGLE, PUG, SANDAL].map((c) => c + 1),
    );
    // A space without words yields none of its photos, and the others are unaffected.
    const own = { ...moved, space: { ...moved.space, id: 'user-0123456789ab/0123456789ab/384' } };
    const [, rest] = spaces;
    const half = await words.search({ text: 'dog', language: 'en', k: 10 }, [
      { index: own, photos: 1 },
      rest!,
    ]);
    expect(half).toMatchObject({ known: true, answers: 1, unsearched: 1 });
  });

  it('reports which word is shown instead', async () => {
    const answer = await words.search({ text: 'sneakers', language: 'en', k: 1 }, [
      { index, photos: 4 },
    ]);
    expect(answer).toMatchObject({ known: true, word: 'shoe', exact: false });
    const german = await words.search({ text: 'sneakers', language: 'de', k: 1 }, [
      { index, photos: 4 },
    ]);
    expect(german).toMatchObject({ word: 'Schuh', exact: false });
  });

  it('accepts one meaning of a word, but only one that it has', async () => {
    const query = { text: 'crane', language: 'en', k: 1 } as const;
    const bird = await words.search({ ...query, synset: 'n02012849' }, [{ index, photos: 4 }]);
    expect(bird).toMatchObject({ synsets: ['n02012849'] });
    const all = await words.search({ ...query, synset: 'n02084071' }, [{ index, photos: 4 }]);
    expect(all).toMatchObject({ synsets: ['n02012849', 'n03126707'] });
  });

  it('reports an unknown word', async () => {
    const answer = await words.search({ text: 'qwertz', language: 'de', k: 5 }, [
      { index, photos: 4 },
    ]);
    expect(answer).toEqual({ known: false, text: 'qwertz' });
  });

  it('rejects an invalid k and vectors of another space', async () => {
    const query = { text: 'dog', language: 'en' } as const;
    for (const k of [0, 1.5, 1001]) {
      await expect(words.search({ ...query, k }, [{ index, photos: 4 }])).rejects.toMatchObject({
        code: 'invalid-argument',
      });
    }
    const other = { ...index, space: { ...index.space, id: 'visual-v1/0123456789ab/256' } };
    await expect(
      words.search({ ...query, k: 1 }, [{ index: other, photos: 4 }]),
    ).rejects.toMatchObject({
      code: 'wrong-space',
    });
    const own = { ...index, space: { ...index.space, id: 'user-0123456789ab/0123456789ab/384' } };
    await expect(
      words.search({ ...query, k: 1 }, [{ index: own, photos: 4 }]),
    ).rejects.toMatchObject({
      code: 'wrong-space',
      message: expect.stringContaining('Settings'),
    });
  });
});

describe('name', () => {
  const classes = (...pairs: [number, number][]) => ({
    ids: Uint16Array.from(pairs, ([id]) => id),
    probabilities: Float32Array.from(pairs, ([, probability]) => probability),
  });

  it('names what is certain, in the requested language', async () => {
    expect(await words.name(classes([SANDAL, 0.9]), 'en')).toBe('sandal');
    expect(await words.name(classes([SANDAL, 0.9]), 'de')).toBe('Sandale');
    // The breed isn't certain, but that it is a dog is.
    const dogs = classes([PUG, 0.3], [BEAGLE, 0.3], [250, 0.3]);
    expect(await words.name(dogs, 'en')).toMatch(/dog/);
  });

  it('returns null if nothing is certain or classes are missing', async () => {
    expect(await words.name(classes([SANDAL, 0.2], [TENCH, 0.2]), 'en')).toBeNull();
    expect(await words.name(null, 'en')).toBeNull();
  });

  it('does not fetch the list of nouns', async () => {
    asked.length = 0;
    const fresh = new WordSearch(wordFiles('https://akin.test/models/', async () => opened));
    await fresh.name(classes([SANDAL, 0.9]), 'en');
    expect(asked).not.toContain('words/nouns.json');
  });
});

describe('suggest', () => {
  it('distinguishes the meanings of a word and reports what replaces a noun', async () => {
    const cranes = (await words.suggest({ text: 'crane', language: 'en' })).slice(0, 2);
    expect(cranes.map(({ word, hint }) => [word, hint])).toEqual([
      ['crane', 'wading bird'],
      ['crane', 'lifting device'],
    ]);
    const [sneaker] = await words.suggest({ text: 'sneaker', language: 'en' });
    expect(sneaker).toMatchObject({ word: 'sneaker', instead: 'shoe' });
  });
});

it('fetches a file again after a failure', async () => {
  let tries = 0;
  const flaky = wordFiles('https://akin.test/models/', async () => {
    if (tries++ === 0) throw new Error('offline');
    return opened;
  });
  await expect(flaky.known()).rejects.toThrow('offline');
  await expect(flaky.known()).resolves.toBeDefined();
});

it('has words for the current photo space: run `npm run fit:words` after `npm run fit`', async () => {
  const { rows } = (await files.known()).fit;
  expect({ id: rows.spaceId, d: rows.d }).toEqual({ id: visualSpace.id, d: visualSpace.d });
});
