import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { CodesChapter } from './chapters/codes/codes-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Partial<Record<LabChapter, ComponentType>>> = {
  cells: CellsChapter,
  codes: CodesChapter,
};
