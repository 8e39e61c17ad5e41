import { type Observable, Subject } from '../../engine/index.ts';
import {
  isOpaque,
  parseRoute,
  type Route,
  readSought,
  routeUrl,
  type SoughtWord,
} from '../pure/route.ts';

/** Path of the app's folder, as it was built. */
const BASE = import.meta.env.BASE_URL;

interface Entry {
  /** How many steps of ours lie between this entry and the gallery it was reached from. */
  readonly akinDepth: number;
  /** Where the view was left, to be the same when one comes back to it. */
  readonly akinNote?: ViewNote;
  /**
   * The word that is searched for. Not in the address: the browser keeps addresses for long, and may
   * sync them elsewhere.
   */
  readonly akinWord?: SoughtWord;
}

/** Where the view of a photo was left. */
export interface ViewNote {
  readonly scroll: number;
  /** Place of the result that was opened from it. */
  readonly result: number;
}

/**
 * The view, kept in the address, so that Back, a reload and a saved address all work.
 */
export class Navigation {
  readonly #route: Subject<Route>;

  constructor() {
    this.#route = new Subject<Route>(this.#read());
  }

  get route(): Observable<Route> {
    return this.#route;
  }

  /** Follows the browser's Back and Forward; returns what stops it. */
  start(): () => void {
    const follow = () => this.#route.set(this.#read());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  url(route: Route): string {
    return routeUrl(route, BASE, location.search);
  }

  /**
   * The view of the address. One that tells of the library, as those of earlier versions did, leaves
   * the history at once: who is meant is found out, and then `replace` writes it anew.
   */
  #read(): Route {
    const route = parseRoute(location.search);
    if (!isOpaque(route)) history.replaceState(history.state, '', this.url({ view: 'people' }));
    else if (location.pathname !== BASE) history.replaceState(history.state, '', this.url(route));
    if (route.view !== 'words') return route;
    const sought = readSought(entry()?.akinWord);
    return sought ? { ...route, sought } : route;
  }

  /** Goes on to a view; Back comes back to this one. */
  push(route: Route): void {
    const akinDepth = route.view === 'gallery' ? 0 : depth() + 1;
    history.pushState({ akinDepth, ...wordOf(route) } satisfies Entry, '', this.url(route));
    this.#route.set(route);
  }

  /** Shows another view in the place of this one. */
  replace(route: Route): void {
    const state = { akinDepth: depth(), ...wordOf(route) } satisfies Entry;
    history.replaceState(state, '', this.url(route));
    this.#route.set(route);
  }

  /** Keeps with this entry of the history how its view was left. */
  leaveNote(akinNote: ViewNote): void {
    const state = { akinDepth: depth(), akinNote, ...wordOf(this.#route.get()) } satisfies Entry;
    history.replaceState(state, '');
  }

  /** How this entry's view was left, where it was left before. */
  readNote(): ViewNote | null {
    const note = entry()?.akinNote;
    if (typeof note !== 'object' || note === null) return null;
    const { scroll, result } = note as Partial<ViewNote>;
    return Number.isFinite(scroll) && Number.isInteger(result) ? (note as ViewNote) : null;
  }

  /** One step back; from an address opened directly, to the gallery. */
  back(): void {
    if (depth() > 0) history.back();
    else this.replace({ view: 'gallery' });
  }

  /** All the way back to the gallery. */
  home(): void {
    const route = this.#route.get();
    if (route.view === 'gallery' && route.sort === undefined) return;
    if (depth() > 0) history.go(-depth());
    else this.replace({ view: 'gallery' });
  }
}

function wordOf(route: Route): Pick<Entry, 'akinWord'> {
  return route.view === 'words' && route.sought ? { akinWord: route.sought } : {};
}

function entry(): { akinDepth?: unknown; akinNote?: unknown; akinWord?: unknown } | null {
  const state: unknown = history.state;
  return typeof state === 'object' ? state : null;
}

/** How many steps of ours lie between the shown entry of the history and the gallery. */
export function depth(): number {
  const value = entry()?.akinDepth;
  return typeof value === 'number' && value > 0 ? value : 0;
}
