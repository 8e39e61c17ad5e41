import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { HashingChapter } from './chapters/hashing/hashing-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Partial<Record<LabChapter, ComponentType>>> = {
  hashing: HashingChapter,
  cells: CellsChapter,
};
