import type { ReactNode } from 'react';
import type { Route } from '../../pure/route.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { PeopleIcon, PhotosIcon, SettingsIcon, TrashIcon } from '../icons.tsx';
import './nav.css';

type Tab = 'gallery' | 'people' | 'trash';

/** The entry that each view is reached from; the viewer has the screen to itself. */
const TAB_OF = {
  gallery: 'gallery',
  words: 'gallery',
  people: 'people',
  person: 'people',
  together: 'people',
  trash: 'trash',
  photo: null,
} as const satisfies Record<Route['view'], Tab | null>;

/** The ways through Akin: a rail at the left, on a phone a bar of tabs at the bottom. */
export function Nav() {
  const { akin, navigation, openPanel } = useUi();
  const route = useObservable(navigation.route);
  const { view } = route;
  const { status } = useObservable(akin.gallery);
  const tab = TAB_OF[view];
  if (tab === null || status === 'failed') return null;

  const goTo = (to: Tab) => {
    const there = view === to && !(route.view === 'gallery' && route.sort);
    if (there) scrollToTop();
    else if (to === 'gallery') navigation.home();
    else navigation.push({ view: to });
  };
  const entry = (to: Tab, label: string, icon: ReactNode) => (
    <a
      className="nav-entry"
      href={navigation.url({ view: to })}
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
      <span className="nav-space" />
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

/** The entry of the view that is shown leads back to where it begins, as in other photo apps. */
function scrollToTop(): void {
  const scroller = document.querySelector('.grid-scroller') ?? document.querySelector('main');
  scroller?.scrollTo({ top: 0 });
}
