import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { BruteForceChapter } from './chapters/brute-force/brute-force-chapter.tsx';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { CellsAndCodesChapter } from './chapters/cells-and-codes/cells-and-codes-chapter.tsx';
import { CodesChapter } from './chapters/codes/codes-chapter.tsx';
import { GraphChapter } from './chapters/graph/graph-chapter.tsx';
import { HashingChapter } from './chapters/hashing/hashing-chapter.tsx';
import { LopqChapter } from './chapters/lopq/lopq-chapter.tsx';
import { RaceChapter } from './chapters/race/race-chapter.tsx';
import { ForestChapter } from './chapters/trees/forest-chapter.tsx';
import { KdTreeChapter } from './chapters/trees/kd-tree-chapter.tsx';
import { VectorsChapter } from './chapters/vectors/vectors-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Record<LabChapter, ComponentType>> = {
  vectors: VectorsChapter,
  'brute-force': BruteForceChapter,
  'kd-tree': KdTreeChapter,
  forest: ForestChapter,
  graph: GraphChapter,
  hashing: HashingChapter,
  cells: CellsChapter,
  codes: CodesChapter,
  'cells-and-codes': CellsAndCodesChapter,
  lopq: LopqChapter,
  race: RaceChapter,
};
