import { t } from '../text/t.ts';
import type { Route } from './route.ts';

const VIEWS = {
  photo: 'viewer.title',
  trash: 'trash.title',
  people: 'gallery.people',
  person: 'app.person',
  together: 'people.searchTitle',
  words: 'words.title',
} as const satisfies Record<Exclude<Route['view'], 'gallery'>, string>;

/**
 * The title of the tab. It says what kind of view it is and never whose or of what: the browser's
 * history keeps titles, also when everything was erased here, and may sync them elsewhere.
 */
export function viewTitle({ view }: Route): string {
  return view === 'gallery' ? t('common.appName') : t('app.tabTitle', { view: t(VIEWS[view]) });
}
