import { describe, expect, it } from 'vitest';
import { parseRoute, type Route, routeUrl } from './route.ts';

describe('parseRoute', () => {
  it('reads photos and the bin', () => {
    expect(parseRoute('?photo=42')).toEqual({ view: 'photo', id: 42 });
    expect(parseRoute('?photo=4294967295')).toEqual({ view: 'photo', id: 4294967295 });
    expect(parseRoute('?view=bin')).toEqual({ view: 'bin' });
    expect(parseRoute('')).toEqual({ view: 'gallery' });
  });

  it.each(['0', '-1', '1.5', '4294967296', '1e3', ' 7', '', '<script>', '99999999999'])(
    'takes photo=%s for the gallery',
    (id) => {
      expect(parseRoute(`?photo=${encodeURIComponent(id)}`)).toEqual({ view: 'gallery' });
    },
  );
});

describe('routeUrl', () => {
  it('comes back as it was', () => {
    const routes: Route[] = [{ view: 'gallery' }, { view: 'photo', id: 7 }, { view: 'bin' }];
    for (const route of routes) {
      const url = routeUrl(route, '/akin/', '?photo=3&lang=en');
      expect(parseRoute(url.slice(url.indexOf('?')))).toEqual(route);
      expect(url).toContain('lang=en');
    }
    expect(routeUrl({ view: 'gallery' }, '/', '?view=bin')).toBe('/');
  });
});
