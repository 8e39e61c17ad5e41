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
  /** What closes each open dialog; the topmost last. */
  readonly #dialogs: (() => void)[] = [];
  /** State of the history entry that the open dialogs share, above the view's. */
  #dialogEntry: 'none' | 'current' | 'leaving' = 'none';
  /** Changes of the history that wait until the view's entry is current again. */
  #waiting: (() => void)[] = [];
  /** Depth of the view's entry while dialogs are open. */
  #viewDepth = 0;

  constructor() {
    this.#route = new Subject<Route>(this.#read());
  }

  get route(): Observable<Route> {
    return this.#route;
  }

  /** Follows Back and Forward; returns a function that stops it. */
  start(): () => void {
    const follow = () => this.#follow();
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }

  /**
   * Lets Back close a dialog instead of leaving the view: open dialogs have a history entry of
   * their own.
   *
   * @returns a function to call when the dialog is closed
   */
  openDialog(close: () => void): () => void {
    this.#dialogs.push(close);
    if (this.#dialogEntry === 'none') this.#pushDialogEntry();
    return () => {
      this.#dialogs.splice(this.#dialogs.indexOf(close), 1);
      if (this.#dialogs.length > 0 || this.#dialogEntry !== 'current') return;
      this.#dialogEntry = 'leaving';
      history.back();
    };
  }

  #pushDialogEntry(): void {
    this.#dialogEntry = 'current';
    history.pushState({ ...entry(), akinDepth: depth() + 1 }, '');
    this.#viewDepth = depth() - 1;
  }

  #follow(): void {
    const left = this.#dialogEntry;
    this.#dialogEntry = 'none';
    if (left === 'none') {
      this.#route.set(this.#read());
    } else if (depth() !== this.#viewDepth) {
      // Several steps at once: the view has changed too.
      this.#waiting = [];
      for (const close of [...this.#dialogs].reverse()) close();
      this.#route.set(this.#read());
    } else if (this.#dialogs.length > 0) {
      // A dialog may ask before it closes, and others may be open below it.
      if (left === 'current') this.#dialogs.at(-1)?.();
      this.#pushDialogEntry();
    } else {
      for (const change of this.#waiting.splice(0)) change();
    }
  }

  /** Changes the history once no dialog is open, so that it is the view's entry that changes. */
  #change(change: () => void): void {
    if (this.#dialogEntry === 'none') change();
    else this.#waiting.push(change);
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
    else {
      // The address may name no view, or one that there isn't.
      const url = this.url(route);
      if (location.pathname + location.search !== url) history.replaceState(history.state, '', url);
    }
    return route;
  }

  /** Opens a view with a new history entry. */
  push(route: Route): void {
    this.#change(() => {
      const akinDepth = route.view === 'gallery' ? 0 : depth() + 1;
      history.pushState({ akinDepth } satisfies Entry, '', this.url(route));
    });
    this.#route.set(route);
  }

  /** Replaces the current view and its history entry. */
  replace(route: Route): void {
    this.#change(() => {
      history.replaceState({ akinDepth: depth() } satisfies Entry, '', this.url(route));
    });
    this.#route.set(route);
  }

  /** Stores the state of the view in its history entry. */
  leaveNote(akinNote: ViewNote): void {
    this.#change(() => {
      history.replaceState({ akinDepth: depth(), akinNote } satisfies Entry, '');
    });
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
    this.#change(() => {
      if (depth() > 0) history.back();
      else this.replace({ view: 'gallery' });
    });
  }

  /** Back to the gallery, over all steps. */
  home(): void {
    const route = this.#route.get();
    if (route.view === 'gallery' && route.sort === undefined) return;
    this.#change(() => {
      if (depth() > 0) history.go(-depth());
      else this.replace({ view: 'gallery' });
    });
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
