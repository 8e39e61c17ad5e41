import { describe, expect, it } from 'vitest';
import type { Face } from '../faces/face.ts';
import { faceId } from '../testing/ids.ts';
import type { People, Person } from './people.ts';
import { PeoplePhotos } from './search.ts';

let faceKey = 0;
function person(key: string, ...photos: number[]): Person {
  const faces = photos.map(
    (photo): Face => ({
      id: faceId(photo, faceKey % 10),
      faceKey: ++faceKey,
      photo,
      quality: 'good',
    }),
  );
  return {
    key,
    id: key,
    name: key,
    hidden: false,
    faces,
    confirmed: new Set(),
    conflicting: [],
    cover: faces[0],
  };
}

const people: People = {
  people: [person('ana', 1, 2, 3, 3, 7), person('eva', 2, 3, 4), person('ida')],
  groups: [person('group', 3, 5)],
  unassigned: [],
  byFaceKey: new Map(),
};
const photos = new PeoplePhotos(people);

describe('PeoplePhotos', () => {
  it.each([
    ['A and B', { all: ['ana', 'eva'] }, [2, 3]],
    ['A or B', { any: ['eva', 'group'] }, [2, 3, 4, 5]],
    ['A without B', { all: ['ana'], none: ['eva'] }, [1, 7]],
    ['A, and B or C', { all: ['ana'], any: ['eva', 'group'] }, [2, 3]],
    ['A or B without C', { any: ['ana', 'eva'], none: ['group'] }, [1, 2, 4, 7]],
    ['A twice is A', { all: ['ana', 'ana'] }, [1, 2, 3, 7]],
    ['somebody of whom there is no photo', { all: ['ana', 'ida'] }, []],
    ['only without', { none: ['ana'] }, [4, 5]],
    ['anybody', {}, [1, 2, 3, 4, 5, 7]],
  ])('finds %s', (_, query, expected) => {
    expect([...photos.search(query)]).toEqual(expected);
  });

  it('searches a given set of photos, including those without people', () => {
    expect([...photos.search({ none: ['ana'] }, [9, 8, 7, 4, 4])]).toEqual([4, 8, 9]);
    expect([...photos.search({ all: ['ana'] }, [3, 9])]).toEqual([3]);
  });

  it('counts the photos that a person shares with others', () => {
    const seen = photos.seenWith('ana').map((one) => [one.person.key, one.photos]);
    expect(seen).toEqual([
      ['eva', 2],
      ['group', 1],
    ]);
    expect(photos.seenWith('ida')).toEqual([]);
  });

  it('throws not-found for an unknown person', () => {
    const notFound = expect.objectContaining({ code: 'not-found' });
    expect(() => photos.search({ none: ['nobody'] })).toThrow(notFound);
    expect(() => photos.seenWith('nobody')).toThrow(notFound);
  });
});
