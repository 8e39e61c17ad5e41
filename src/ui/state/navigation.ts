import { type Observable, Subject } from '../../engine/index.ts';
import { isOpaque, parseRoute, type Route, routeUrl } from '../pure/route.ts';

/** Path of the app's folder, set at build time. */
const BASE = import.meta.env.BASE_URL;

interface Entry {
  /** History steps between this entry and the gallery it was reached from. */
  readonly akinDepth: number;
  /** Scroll position of the view, restored on return. */
  readonly akinNote?: ViewNote;
}

/** State of the photo view when it was left. */
export interface ViewNote {
  readonly scroll: number;
  /** Index of the result that was opened from it. */
  readonly result: number;
}

/** The current view, stored in the URL so that Back, reload and bookmarks work. */
export class Navigation {
  readonly #route: Subject<Route>;

  constructor() {
    this.#route = new Subject<Route>(this.#read());
  }

  get route(): Observable<Route> {
    return this.#route;
  }

  /** Follows Back and Forward; returns a function that stops it. */
  start(): () => void {
    const follow = () => this.#route.set(this.#read());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  url(route: Route): string {
    return routeUrl(route, BASE, location.search);
  }

  /**
   * Parses the view from the URL. A URL that reveals library contents, as in earlier versions, is
   * removed from the history at once; `replace` writes the new one when it is resolved.
   */
  #read(): Route {
    const route = parseRoute(location.search);
    if (!isOpaque(route)) history.replaceState(history.state, '', this.url({ view: 'people' }));
    else if (location.pathname !== BASE) history.replaceState(history.state, '', this.url(route));
    return route;
  }

  /** Opens a view with a new history entry. */
  push(route: Route): void {
    const akinDepth = route.view === 'gallery' ? 0 : depth() + 1;
    history.pushState({ akinDepth } satisfies Entry, '', this.url(route));
    this.#route.set(route);
  }

  /** Replaces the current view and its history entry. */
  replace(route: Route): void {
    history.replaceState({ akinDepth: depth() } satisfies Entry, '', this.url(route));
    this.#route.set(route);
  }

  /** Stores the state of the view in its history entry. */
  leaveNote(akinNote: ViewNote): void {
    history.replaceState({ akinDepth: depth(), akinNote } satisfies Entry, '');
  }

  /** The stored state of this history entry, if any. */
  readNote(): ViewNote | null {
    const note = entry()?.akinNote;
    if (typeof note !== 'object' || note === null) return null;
    const { scroll, result } = note as Partial<ViewNote>;
    return Number.isFinite(scroll) && Number.isInteger(result) ? (note as ViewNote) : null;
  }

  /** One step back; from a URL that was opened directly, to the gallery. */
  back(): void {
    if (depth() > 0) history.back();
    else this.replace({ view: 'gallery' });
  }

  /** Back to the gallery, over all steps. */
  home(): void {
    const route = this.#route.get();
    if (route.view === 'gallery' && route.sort === undefined) return;
    if (depth() > 0) history.go(-depth());
    else this.replace({ view: 'gallery' });
  }
}

function entry(): { akinDepth?: unknown; akinNote?: unknown } | null {
  const state: unknown = history.state;
  return typeof state === 'object' ? state : null;
}

/** Number of history steps between the current entry and the gallery. */
export function depth(): number {
  const value = entry()?.akinDepth;
  return typeof value === 'number' && value > 0 ? value : 0;
}
