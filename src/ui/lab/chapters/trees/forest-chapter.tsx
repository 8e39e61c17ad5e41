import { useCallback, useMemo } from 'react';
import type { LabAnswer, LabSearchRequest } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { PhotoStrip } from '../../frame/photo-strip.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { LeafTable } from './leaf-table.tsx';
import { paintTrees } from './paint-tree.ts';
import { leafSizeFor, neighboursByLeaf, type TreesOnPlane, treesOf } from './tree-search.ts';
import './trees.css';

const TREES = 10;

interface ForestStep {
  readonly answer: LabAnswer;
  readonly trees: TreesOnPlane;
}

/** One tree, then ten: the union of their leaves grows. */
export function ForestChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const step = useStep(TREES);
  const leafSize = leafSizeFor(sample.ids.length);
  const request = useMemo<LabSearchRequest>(
    () => ({
      spec: { kind: 'forest', trees: step, leafSize },
      dimensions: 2,
      photo,
      k,
      searchK: Math.max(k, step * Math.ceil(leafSize / 2)),
    }),
    [step, leafSize, photo, k],
  );
  const shown = useShown<ForestStep>(
    useCallback(
      async (signal) => {
        const [{ structure }, answer] = await Promise.all([
          akin.lab.structure(request, { signal }),
          akin.lab.search(request, { signal }),
        ]);
        return { answer, trees: treesOf(sample, structure, answer.trace) };
      },
      [akin, sample, request],
    ),
  );
  const { answer, trees } = shown.value ?? {};
  const neighbours = useMemo(
    () => (trees && answer ? neighboursByLeaf(trees, answer) : []),
    [trees, answer],
  );
  const marks = useMemo<PlaneMark[]>(
    () => [
      { id: photo, look: 'query' },
      ...neighbours.map(({ id, state }) => ({ id, look: state })),
    ],
    [photo, neighbours],
  );
  const paint = useMemo(() => trees && paintTrees(trees.trees), [trees]);
  const isLit = useCallback(
    (row: number) => trees?.reached.has(sample.ids[row]!) ?? false,
    [trees, sample],
  );
  return (
    <ChapterFrame
      text={[t('lab.trees.forest1'), t('lab.trees.forest2'), t('lab.trees.forest3')]}
      steps={TREES}
      stepText={t('lab.trees.trees', { count: step })}
      shown={shown}
      drawing={
        trees && (
          <Plane
            label={t('lab.trees.forestDrawing', {
              trees: trees.trees.length,
              opened: trees.leaves.length,
            })}
            {...(paint && { paint })}
            isLit={isLit}
            marks={marks}
          />
        )
      }
      figures={
        answer
          ? searchFigures(answer, [
              {
                id: 'leaves',
                name: t('lab.trees.leavesOpened'),
                value: count(answer.stats.cellsVisited),
              },
            ])
          : []
      }
      call={labCall('search', request)}
      spec={{ kind: 'forest' }}
    >
      <PhotoStrip title={t('lab.nearest', { count: neighbours.length })} photos={neighbours} />
      {trees && <LeafTable trees={trees} />}
    </ChapterFrame>
  );
}
