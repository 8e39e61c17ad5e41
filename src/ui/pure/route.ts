import type { PhotoId } from '../../protocol/index.ts';

/** What the address says is shown. */
export type Route =
  | { readonly view: 'gallery' }
  | { readonly view: 'photo'; readonly id: PhotoId }
  | { readonly view: 'bin' };

/** Reads `?photo=ID` or `?view=bin`; anything else is the gallery. */
export function parseRoute(search: string): Route {
  const parameters = new URLSearchParams(search);
  const photo = parameters.get('photo');
  if (photo !== null && /^[1-9]\d{0,9}$/.test(photo)) {
    const id = Number(photo);
    if (id < 2 ** 32) return { view: 'photo', id };
  }
  return parameters.get('view') === 'bin' ? { view: 'bin' } : { view: 'gallery' };
}

/** The address of a view on the page at `pathname`; parameters that are not ours stay. */
export function routeUrl(route: Route, pathname: string, search = ''): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('photo');
  parameters.delete('view');
  if (route.view === 'photo') parameters.set('photo', String(route.id));
  if (route.view === 'bin') parameters.set('view', 'bin');
  const query = parameters.toString();
  return query === '' ? pathname : `${pathname}?${query}`;
}
