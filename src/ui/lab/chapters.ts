import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { CellsAndCodesChapter } from './chapters/cells-and-codes/cells-and-codes-chapter.tsx';
import { LopqChapter } from './chapters/lopq/lopq-chapter.tsx';
import { RaceChapter } from './chapters/race/race-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Partial<Record<LabChapter, ComponentType>>> = {
  cells: CellsChapter,
  'cells-and-codes': CellsAndCodesChapter,
  lopq: LopqChapter,
  race: RaceChapter,
};
