import type { ComponentType } from 'react';
import type { LabChapter } from '../pure/route.ts';
import { CellsChapter } from './chapters/cells/cells-chapter.tsx';
import { HashingChapter } from './chapters/hashing/hashing-chapter.tsx';
import { ForestChapter } from './chapters/trees/forest-chapter.tsx';
import { KdTreeChapter } from './chapters/trees/kd-tree-chapter.tsx';

/** What each chapter shows. */
export const CHAPTERS: Readonly<Partial<Record<LabChapter, ComponentType>>> = {
  'kd-tree': KdTreeChapter,
  forest: ForestChapter,
  hashing: HashingChapter,
  cells: CellsChapter,
};
