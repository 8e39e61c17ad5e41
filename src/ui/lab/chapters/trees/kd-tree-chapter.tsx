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
import { VisitedBars, type VisitedShare } from './visited-bars.tsx';
import './trees.css';

/** Levels of cuts drawn one by one. */
const CUTS = 5;
/** Then leaves are opened one by one, at last without a limit. */
const LEAVES = 8;
const SEARCHES = CUTS + LEAVES + 1;
const DIMENSIONS = [2, 8, 32, 256];
const QUERIES = 20;

interface KdStep {
  readonly answer: LabAnswer | null;
  readonly trees: TreesOnPlane | null;
  readonly shares: readonly VisitedShare[] | null;
}

/** The k-d tree: its cuts, the way to a leaf, backtracking, and why that fails in many dimensions. */
export function KdTreeChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const steps = SEARCHES + 1;
  const step = useStep(steps);
  const leafSize = leafSizeFor(sample.ids.length);
  const request = useMemo<LabSearchRequest>(() => {
    const maxLeaves = step <= CUTS ? 1 : step - CUTS;
    return {
      spec: { kind: 'kdtree', leafSize },
      dimensions: 2,
      photo,
      k,
      ...(maxLeaves <= LEAVES && { maxLeaves }),
    };
  }, [step, leafSize, photo, k]);
  const isSearch = step <= SEARCHES;
  const shown = useShown<KdStep>(
    useCallback(
      async (signal) => {
        if (isSearch) {
          const [{ structure }, answer] = await Promise.all([
            akin.lab.structure(request, { signal }),
            akin.lab.search(request, { signal }),
          ]);
          return { answer, trees: treesOf(sample, structure, answer.trace), shares: null };
        }
        const shares: VisitedShare[] = [];
        for (const dimensions of dimensionsOf(sample.d)) {
          const of = { spec: { kind: 'kdtree', leafSize } as const, dimensions };
          const [{ structure }, [row]] = await Promise.all([
            akin.lab.structure(of, { signal }),
            akin.lab.measure({ ...of, searches: [{}], k, queries: QUERIES }, { signal }),
          ]);
          const leaves = structure.trees![0]!.countOf.filter((size) => size > 0).length;
          shares.push({ dimensions, opened: row!.cellsVisited, leaves });
        }
        return { answer: null, trees: null, shares };
      },
      [akin, sample, request, isSearch, leafSize, k],
    ),
  );
  const { answer, trees, shares } = shown.value ?? {};
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
  const depth = step <= CUTS ? step : undefined;
  const paint = useMemo(() => trees && paintTrees(trees.trees, depth), [trees, depth]);
  const isLit = useCallback(
    (row: number) => trees?.reached.has(sample.ids[row]!) ?? false,
    [trees, sample],
  );
  const leafCount = trees?.trees[0]?.regions.leafCount ?? 0;
  return (
    <ChapterFrame
      text={[t('lab.trees.kd1'), t('lab.trees.kd2'), t('lab.trees.kd3')]}
      steps={steps}
      stepText={
        step <= CUTS
          ? t('lab.trees.cuts', { count: step })
          : step < SEARCHES
            ? t('lab.trees.opened', { count: step - CUTS })
            : t(step === SEARCHES ? 'lab.trees.exact' : 'lab.trees.visited')
      }
      shown={shown}
      drawing={
        trees ? (
          <Plane
            label={t('lab.trees.drawing', { leaves: leafCount, opened: trees.leaves.length })}
            {...(paint && { paint })}
            isLit={isLit}
            marks={marks}
          />
        ) : (
          shares && <VisitedBars shares={shares} />
        )
      }
      figures={
        answer
          ? searchFigures(answer, [
              {
                id: 'leaves',
                name: t('lab.trees.leavesOpened'),
                value: t('lab.trees.leavesValue', {
                  count: answer.stats.cellsVisited,
                  total: leafCount,
                }),
              },
              {
                id: 'nodes',
                name: t('lab.trees.nodes'),
                value: count(answer.stats.nodesVisited),
              },
            ])
          : []
      }
      call={
        isSearch
          ? labCall('search', request)
          : labCall('measure', {
              spec: { kind: 'kdtree', leafSize },
              dimensions: dimensionsOf(sample.d).at(-1),
              searches: [{}],
              k,
              queries: QUERIES,
            })
      }
      spec={{ kind: 'kdtree' }}
    >
      {isSearch && (
        <PhotoStrip title={t('lab.nearest', { count: neighbours.length })} photos={neighbours} />
      )}
      {trees && <LeafTable trees={trees} />}
    </ChapterFrame>
  );
}

/** 2, 8, 32 and 256, or as many as the vectors have. */
function dimensionsOf(d: number): number[] {
  return [...new Set(DIMENSIONS.map((dimensions) => Math.min(dimensions, d)))];
}
