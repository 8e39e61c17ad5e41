import { createContext, useContext } from 'react';
import type { Akin, Chip, Subject } from '../../engine/index.ts';
import type { ImportItem } from '../../protocol/index.ts';
import type { Actions, ShowToast } from './actions.ts';
import type { FacesWatch } from './faces-watch.ts';
import type { Navigation } from './navigation.ts';
import type { PeopleActions } from './people-actions.ts';
import type { ThumbCache } from './thumbs.ts';

export type Panel = 'settings' | 'problems' | 'shortcuts' | 'people-log' | 'add-model';

/** A question asked before what can't be undone, or takes long. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  /** A box that must be ticked first. */
  readonly tick?: string;
  /** What declines; "Cancel" without it. */
  readonly decline?: string;
  /** Nothing is lost by agreeing. */
  readonly harmless?: boolean;
}

/** What takes dropped and pasted files in the library's place: the first of them, or all. */
export type DropTaker = {
  /** Told when files are over the page, and when they are no longer. */
  readonly over: (over: boolean) => void;
} & (
  | { readonly take: (files: readonly File[]) => void }
  | { readonly takeAll: (found: AsyncIterable<readonly ImportItem[]>) => void }
);

/** What every component may need; it never changes while the page lives. */
export interface Ui {
  readonly akin: Akin;
  readonly thumbs: ThumbCache;
  /** Faces cut out of their photos. */
  readonly chips: ThumbCache<Chip>;
  readonly actions: Actions;
  readonly people: PeopleActions;
  readonly faces: FacesWatch;
  /** What takes the pictures that are dropped or pasted; the library where it is `null`. */
  readonly dropTaker: Subject<DropTaker | null>;
  readonly navigation: Navigation;
  readonly showToast: ShowToast;
  readonly openPanel: (panel: Panel) => void;
  /** Resolves with whether the person agreed. */
  readonly ask: (question: Question) => Promise<boolean>;
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
}

export const UiContext = createContext<Ui | null>(null);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (!ui) throw new Error('useUi is for components inside App');
  return ui;
}
