import { createContext, useContext } from 'react';
import type { Akin, Chip, Subject } from '../../engine/index.ts';
import type { ImportItem } from '../../protocol/index.ts';
import type { Actions } from './actions/actions.ts';
import type { ItemActions } from './actions/item-actions.ts';
import type { PeopleActions } from './actions/people-actions.ts';
import type { QueryActions } from './actions/query-actions.ts';
import type { ShowToast } from './actions/toast.ts';
import type { FacesWatch } from './faces-watch.ts';
import type { Navigation } from './navigation.ts';
import type { Queries } from './queries.ts';
import type { ThumbCache } from './thumbs.ts';

export type Panel =
  | 'settings'
  | 'problems'
  | 'shortcuts'
  | 'people-log'
  | 'item-log'
  | 'add-model'
  | 'teach'
  | 'export-vectors';

/** A confirmation before an irreversible or slow action. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  /** Label of a checkbox that must be ticked first. */
  readonly tick?: string;
  /** Label of the declining button; "Cancel" by default. */
  readonly decline?: string;
  /** Agreeing loses nothing. */
  readonly harmless?: boolean;
}

/** Receives dropped and pasted files instead of the library: the first one, or all. */
export type DropTaker = {
  /** Called when files enter or leave the page. */
  readonly over: (over: boolean) => void;
} & (
  | { readonly take: (files: readonly File[]) => void }
  | { readonly takeAll: (found: AsyncIterable<readonly ImportItem[]>) => void }
);

/** Shared services for components; constant for the life of the page. */
export interface Ui {
  readonly akin: Akin;
  readonly thumbs: ThumbCache;
  /** Face crops. */
  readonly chips: ThumbCache<Chip>;
  readonly actions: Actions;
  readonly people: PeopleActions;
  readonly items: ItemActions;
  readonly faces: FacesWatch;
  /** Receives dropped and pasted files; `null` for the library. */
  readonly dropTaker: Subject<DropTaker | null>;
  /** Whether files are being dragged over the page. */
  readonly dragging: Subject<boolean>;
  readonly navigation: Navigation;
  readonly queries: Queries;
  readonly queryActions: QueryActions;
  readonly showToast: ShowToast;
  readonly openPanel: (panel: Panel) => void;
  /** Resolves with whether the user agreed. */
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
