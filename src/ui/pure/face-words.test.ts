import { describe, expect, it } from 'vitest';
import type { PersonView, RankedView } from '../../protocol/index.ts';
import {
  likelihood,
  listWords,
  mergedWords,
  namesake,
  personCounts,
  photosWords,
  searchWords,
  verdictWords,
  workDetail,
  workShare,
  workTitle,
  worthShowing,
} from './face-words.ts';

const person = (name: string, key = name): PersonView => ({
  key,
  name,
  known: true,
  hidden: false,
  faces: 2,
  photos: 2,
  cover: null,
});
const ranked = (name: string, probability: number): RankedView => ({
  person: person(name),
  probability,
  evidence: [],
  inPhoto: false,
});

describe('verdictWords', () => {
  it('says who it is as surely as it is known', () => {
    const list = [ranked('Ana', 0.6), ranked('Eva', 0.3), ranked('Bo', 0.02)];
    expect(verdictWords({ verdict: 'almost-surely', ranked: list })).toBe('Almost surely Ana');
    expect(verdictWords({ verdict: 'perhaps', ranked: list })).toBe('Perhaps Ana or Eva');
    expect(verdictWords({ verdict: 'nobody-named', ranked: list })).toBe('Nobody you have named');
    expect(verdictWords({ verdict: 'perhaps', ranked: [ranked('Ana', 0.5)] })).toBe('Perhaps Ana');
  });

  it('names nobody who has no name', () => {
    const list = [ranked('', 0.9), ranked('Eva', 0.4)];
    expect(verdictWords({ verdict: 'perhaps', ranked: list })).toBe('Perhaps Eva');
    expect(verdictWords({ verdict: 'almost-surely', ranked: [ranked('', 1)] })).toBe(
      'Nobody you have named',
    );
  });
});

it('speaks of nobody who is out of the question', () => {
  const list = [ranked('', 0.5), ranked('Ana', 0.01), ranked('Eva', 0.009)];
  expect(worthShowing(list).map(({ person }) => person.name)).toEqual(['Ana']);
});

describe('likelihood', () => {
  it('never says that it is certain', () => {
    expect([1, 0.999, 0.994, 0.5, 0.012, 0.004, 0, Number.NaN].map(likelihood)).toEqual([
      'over 99%',
      'over 99%',
      '99%',
      '50%',
      '1%',
      'under 1%',
      'under 1%',
      'under 1%',
    ]);
  });
});

it('says who two were merged into, where they have a name', () => {
  expect(mergedWords({ name: 'Ana' })).toBe('Merged into Ana');
  expect(mergedWords({ name: '' })).toBe('The two are one now');
});

it('lists names as they are said', () => {
  expect(listWords([], 'and')).toBe('');
  expect(listWords(['Ana'], 'and')).toBe('Ana');
  expect(listWords(['Ana', 'Eva', 'Bo'], 'or')).toBe('Ana, Eva or Bo');
});

it('counts faces only where they are more than the photos', () => {
  expect(personCounts({ faces: 3, photos: 3 })).toBe('3 photos');
  expect(personCounts({ faces: 3, photos: 1 })).toBe('1 photo, 3 faces');
});

it('says who is looked for', () => {
  expect(searchWords({ all: [], any: [], none: [] })).toBe('');
  expect(searchWords({ all: ['Ana', 'Eva'], any: [], none: [] })).toBe('with Ana and Eva');
  expect(searchWords({ all: ['Ana'], any: ['Bo', 'Cy'], none: ['Di'] })).toBe(
    'with Ana, and with Bo or Cy, without Di',
  );
});

describe('the work', () => {
  it('is told with its time', () => {
    const looking = { state: 'looking', done: 20, total: 1200, secondsLeft: 600 } as const;
    expect(workTitle({ ...looking, loaded: 1 })).toBe('Looking for faces: 20 of 1,200');
    expect(workDetail({ ...looking, loaded: 1 })).toBe('about 10 minutes left');
    expect(workShare({ ...looking, loaded: 1 })).toBeCloseTo(1 / 60);
    expect(workTitle({ ...looking, loaded: 0.5 })).toBe('Getting ready to look for faces…');
    expect(workShare({ ...looking, loaded: 0.5 })).toBe(0.5);
  });

  it('is told where it stands still', () => {
    expect(workDetail({ state: 'stopped', left: 1 })).toBe('1 photo left to look through.');
    expect(workDetail({ state: 'failed', code: 'internal', message: 'No room.' })).toBe('No room.');
    expect(workShare({ state: 'idle' })).toBeNull();
  });
});

describe('namesake', () => {
  const people = [person('Ana María', '1'), person('', '2'), person('Eva', '3')];
  it('finds who goes by a name already, however it is typed', () => {
    expect(namesake(people, ' ana  mari\u0301a ', null)?.key).toBe('1');
    expect(namesake(people, 'Eva', '3')).toBeNull();
    expect(namesake(people, '  ', null)).toBeNull();
    expect(namesake(people, 'Ev', null)).toBeNull();
  });
});

it('claims photos with a face only where the best is likelier to show it than not', () => {
  const photos = (probability: number) => ({
    photos: [{ photoId: 1, face: 2 ** 31, probability }],
  });
  expect(photosWords(photos(0.5))).toBe('Photos with this face');
  expect(photosWords(photos(0.49))).toBe('Photos that may show this face');
});
