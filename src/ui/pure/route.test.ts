import { describe, expect, it } from 'vitest';
import { isOpaque, parseRoute, type Route, routeUrl } from './route.ts';

describe('parseRoute', () => {
  it('parses photos, faces and the trash', () => {
    expect(parseRoute('?photo=42')).toEqual({ view: 'photo', id: 42 });
    expect(parseRoute('?photo=4294967295')).toEqual({ view: 'photo', id: 4294967295 });
    expect(parseRoute('?photo=42&face=2147483650')).toEqual({
      view: 'photo',
      id: 42,
      face: 2147483650,
    });
    expect(parseRoute('?view=trash')).toEqual({ view: 'trash' });
    expect(parseRoute('?view=bin')).toEqual({ view: 'trash' });
    expect(parseRoute('')).toEqual({ view: 'gallery' });
  });

  it('parses people and people search', () => {
    expect(parseRoute('?view=people')).toEqual({ view: 'people' });
    expect(parseRoute('?person=p-1&show=faces')).toEqual({
      view: 'person',
      key: 'p-1',
      part: 'faces',
    });
    expect(parseRoute('?person=p-1&show=nothing')).toEqual({ view: 'person', key: 'p-1' });
    expect(parseRoute('?person=')).toEqual({ view: 'gallery' });
    expect(parseRoute(`?person=${'p'.repeat(201)}`)).toEqual({ view: 'gallery' });
    expect(parseRoute('?view=together&with=a&with=a&with=b&without=&or=c')).toEqual({
      view: 'together',
      search: { all: ['a', 'b'], any: ['c'], none: [] },
    });
  });

  it.each(['0', '-1', '1.5', '4294967296', '1e3', ' 7', '', '<script>', '99999999999'])(
    'treats photo=%s as the gallery',
    (id) => {
      expect(parseRoute(`?photo=${encodeURIComponent(id)}`)).toEqual({ view: 'gallery' });
    },
  );
});

it('parses photos to compare: two to four, each once', () => {
  expect(parseRoute('?view=compare&photos=3.1.2')).toEqual({ view: 'compare', photos: [3, 1, 2] });
  for (const bad of ['', '1', '1.1', '1.x', '1.2.3.4.5', '0.1']) {
    expect(parseRoute(`?view=compare&photos=${bad}`)).toEqual({ view: 'gallery' });
  }
});

describe('routeUrl', () => {
  it('survives a round trip through parseRoute', () => {
    const routes: Route[] = [
      { view: 'gallery' },
      { view: 'photo', id: 7 },
      { view: 'photo', id: 7, face: 2147483648 },
      { view: 'trash' },
      { view: 'people' },
      { view: 'items' },
      { view: 'map' },
      { view: 'map', query: '0123456789abcdef' },
      { view: 'lab', chapter: 'vectors' },
      { view: 'lab', chapter: 'kd-tree', step: 12 },
      { view: 'compare', photos: [7, 3] },
      { view: 'item', key: 'a&b=c d' },
      { view: 'person', key: 'a&b=c d' },
      { view: 'person', key: 'x', part: 'seen-with' },
      { view: 'together', search: { all: ['a', 'b&c'], any: [], none: ['ü'] } },
    ];
    const before = '?photo=3&face=9&person=q&show=faces&with=z&or=z&without=z&view=bin&lang=en';
    for (const route of routes) {
      const url = routeUrl(route, '/akin/', before);
      expect(parseRoute(url.slice(url.indexOf('?')))).toEqual(route);
      expect(url).toContain('lang=en');
    }
    expect(routeUrl({ view: 'gallery' }, '/', '?view=bin')).toBe('/');
  });
});

describe('isOpaque', () => {
  const hash = 'ab'.repeat(32);

  it('accepts addresses that reveal nothing', () => {
    for (const search of ['', '?photo=3&face=9', '?view=bin', '?view=people', '?view=together']) {
      expect(isOpaque(parseRoute(search))).toBe(true);
    }
    expect(isOpaque(parseRoute('?person=00ff00ff00ff00ff&show=faces'))).toBe(true);
    expect(isOpaque(parseRoute('?view=together&with=00ff00ff00ff00ff'))).toBe(true);
  });

  it.each([
    `?person=${hash}:040200100400`,
    `?person=${hash}`,
    '?person=3f1c2b5a-0000-4000-8000-000000000000',
    '?person=Amelia',
    `?view=together&with=00ff00ff00ff00ff&without=${hash}:040200100400`,
    '?view=together&or=x',
  ])('rejects %s', (search) => {
    expect(isOpaque(parseRoute(search))).toBe(false);
  });
});
