import { t } from '../text/t.ts';
import type { Route } from './route.ts';

const VIEWS = {
  photo: 'viewer.title',
  trash: 'trash.title',
  people: 'gallery.people',
  map: 'map.title',
  lab: 'lab.title',
  person: 'app.person',
  items: 'items.title',
  item: 'items.item',
  together: 'people.searchTitle',
  search: 'query.title',
  compare: 'compare.title',
} as const satisfies Record<Exclude<Route['view'], 'gallery'>, string>;

/**
 * The document title. Names the kind of view, never a person or photo: the browser's history stores
 * titles, keeps them after everything here is erased, and may sync them.
 */
export function viewTitle({ view }: Route): string {
  return view === 'gallery' ? t('common.appName') : t('app.tabTitle', { view: t(VIEWS[view]) });
}
