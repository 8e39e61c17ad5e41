import type { ReactNode } from 'react';
import { LAB_CHAPTERS, type Route } from '../../pure/route.ts';
import { useItems } from '../../state/hooks/use-items-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import {
  LabIcon,
  MapIcon,
  PeopleIcon,
  PhotosIcon,
  SettingsIcon,
  TagIcon,
  TrashIcon,
} from '../icons.tsx';
import './nav.css';

type Tab = 'gallery' | 'people' | 'map' | 'items' | 'lab' | 'trash';

/** The navigation entry of each view; the viewer is full-screen and has none. */
const TAB_OF = {
  gallery: 'gallery',
  search: 'gallery',
  people: 'people',
  person: 'people',
  together: 'people',
  map: 'map',
  lab: 'lab',
  items: 'items',
  item: 'items',
  trash: 'trash',
  photo: null,
  compare: null,
} as const satisfies Record<Route['view'], Tab | null>;

/** Main navigation: a rail at the left, or a tab bar at the bottom on phones. */
export function Nav() {
  const { akin, navigation, openPanel } = useUi();
  const route = useObservable(navigation.route);
  const { view } = route;
  const { status } = useObservable(akin.gallery);
  const items = useItems();
  const tab = TAB_OF[view];
  if (tab === null || status === 'failed') return null;

  const goTo = (to: Tab) => {
    const there = view === to && !(route.view === 'gallery' && route.sort);
    if (there) scrollToTop();
    else if (to === 'gallery') navigation.home();
    else navigation.push(routeOf(to));
  };
  const entry = (to: Tab, label: string, icon: ReactNode) => (
    <a
      className="nav-entry"
      data-tab={to}
      href={navigation.url(routeOf(to))}
      aria-current={tab === to ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      <span className="nav-icon">{icon}</span>
      {label}
    </a>
  );
  return (
    <nav className="nav" aria-label={t('app.mainNav')}>
      {entry('gallery', t('gallery.title'), <PhotosIcon />)}
      {entry('people', t('gallery.people'), <PeopleIcon />)}
      {entry('map', t('map.title'), <MapIcon />)}
      {/* Most libraries have none. */}
      {(tab === 'items' || (items !== null && items.length > 0)) &&
        entry('items', t('items.title'), <TagIcon />)}
      <span className="nav-space" />
      {entry('lab', t('lab.title'), <LabIcon />)}
      {entry('trash', t('trash.title'), <TrashIcon />)}
      <button
        type="button"
        className="nav-entry"
        aria-haspopup="dialog"
        onClick={() => openPanel('settings')}
      >
        <span className="nav-icon">
          <SettingsIcon />
        </span>
        {t('gallery.settings')}
      </button>
    </nav>
  );
}

function routeOf(tab: Tab): Route {
  return tab === 'lab' ? { view: 'lab', chapter: LAB_CHAPTERS[0] } : { view: tab };
}

/** Clicking the entry of the current view scrolls to the top, as in other photo apps. */
function scrollToTop(): void {
  const scroller = document.querySelector('.grid-scroller') ?? document.querySelector('main');
  scroller?.scrollTo({ top: 0 });
}
