import type { LabChapter } from '../../pure/route.ts';
import { t } from '../../text/t.ts';

const NAMES = {
  vectors: 'lab.chapter.vectors',
  'brute-force': 'lab.chapter.bruteForce',
  'kd-tree': 'lab.chapter.kdTree',
  forest: 'lab.chapter.forest',
  graph: 'lab.chapter.graph',
  hashing: 'lab.chapter.hashing',
  cells: 'lab.chapter.cells',
  codes: 'lab.chapter.codes',
  'cells-and-codes': 'lab.chapter.cellsAndCodes',
  lopq: 'lab.chapter.lopq',
  race: 'lab.chapter.race',
} as const satisfies Record<LabChapter, string>;

export function chapterName(chapter: LabChapter): string {
  return t(NAMES[chapter]);
}
