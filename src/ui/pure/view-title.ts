import type { Route } from './route.ts';

const TITLES: Readonly<Record<Route['view'], string>> = {
  gallery: 'Akin',
  photo: 'Photo · Akin',
  bin: 'Bin · Akin',
  people: 'People · Akin',
  person: 'Person · Akin',
  together: 'Photos by people · Akin',
  words: 'Search · Akin',
};

/**
 * The title of the tab. It says what kind of view it is and never whose or of what: the browser's
 * history keeps titles, also when everything was erased here, and may sync them elsewhere.
 */
export function viewTitle({ view }: Route): string {
  return TITLES[view];
}
