import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { BruteForceChapter } from './chapters/brute-force/brute-force-chapter.tsx';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { CodesChapter } from './chapters/codes/codes-chapter.tsx';
import { VectorsChapter } from './chapters/vectors/vectors-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Partial<Record<LabChapter, ComponentType>>> = {
  vectors: VectorsChapter,
  'brute-force': BruteForceChapter,
  cells: CellsChapter,
  codes: CodesChapter,
};
