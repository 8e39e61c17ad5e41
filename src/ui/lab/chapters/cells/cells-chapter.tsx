import { useCallback, useMemo, useState } from 'react';
import type { LabAnswer } from '../../../../protocol/index.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { PhotoStrip } from '../../frame/photo-strip.tsx';
import { TooFew } from '../../frame/too-few.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { placeOf, useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { CellCount } from './cell-count.tsx';
import { CellTable } from './cell-table.tsx';
import { type CellsOnPlane, cellsOf, cellsOfRound, neighboursWithReasons } from './cells.ts';
import { paintCells } from './paint-cells.ts';

/** Rounds of k-means that are shown before the search. */
const ROUNDS = 8;
/** Cells opened at most. */
const MOST_OPENED = 16;
/** The fewest cells are four, and each is learned from a photo at least. */
const LEAST = 4;

interface CellsStep {
  readonly cells: CellsOnPlane;
  /** `null` while the cells are learned. */
  readonly answer: LabAnswer | null;
}

/** k-means and the inverted file, on the plane of the sample. */
export function CellsChapter() {
  const { sample } = useLab();
  const text = [t('lab.cells.text1'), t('lab.cells.text2'), t('lab.cells.text3')];
  if (sample.ids.length < LEAST) return <TooFew text={text} needed={LEAST} />;
  return <Cells text={text} />;
}

function Cells({ text }: { text: readonly string[] }) {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const most = Math.floor(sample.ids.length / 4);
  const [nlist, setNlist] = useState(() => defaultCells(sample.ids.length));
  const opened = Math.min(nlist, MOST_OPENED);
  const steps = ROUNDS + opened;
  const step = useStep(steps);
  const nprobe = step - ROUNDS;
  const search = useMemo(
    () => ({ spec: { kind: 'ivf', nlist } as const, dimensions: 2, photo, k, nprobe }),
    [nlist, photo, k, nprobe],
  );
  const shown = useShown<CellsStep>(
    useCallback(
      async (signal) => {
        if (nprobe < 1) {
          const request = { nlist, iterations: step, dimensions: 2 };
          const round = await akin.lab.kmeans(request, { signal });
          return { cells: cellsOfRound(sample, round), answer: null };
        }
        const [index, answer] = await Promise.all([
          akin.lab.structure(search, { signal }),
          akin.lab.search(search, { signal }),
        ]);
        return { cells: cellsOf(sample, index.structure, answer.trace), answer };
      },
      [akin, sample, nlist, step, nprobe, search],
    ),
  );
  const { cells, answer } = shown.value ?? { cells: null, answer: null };
  const neighbours = useMemo(
    () => (cells && answer ? neighboursWithReasons(cells, answer, placeOf(sample, photo)) : []),
    [cells, answer, sample, photo],
  );
  const marks = useMemo<PlaneMark[]>(
    () => [
      { id: photo, look: 'query' },
      ...neighbours.map(({ id, state }) => ({ id, look: state })),
      ...(cells?.central ?? []).map((id) => ({ id, look: 'central' as const })),
    ],
    [photo, neighbours, cells],
  );
  const paint = useMemo(() => cells && paintCells(cells), [cells]);
  const isLit = useCallback((row: number) => cells?.isOpen(row) ?? false, [cells]);
  const count = cells?.opened.size ?? 0;
  return (
    <ChapterFrame
      text={text}
      steps={steps}
      stepText={
        nprobe < 1
          ? t('lab.cells.round', { round: step })
          : t('lab.cells.opened', { count: nprobe })
      }
      shown={shown}
      drawing={
        cells && (
          <Plane
            label={t('lab.cells.drawing', { cells: nlist, opened: count })}
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
                id: 'cells',
                name: t('lab.cells.count'),
                value: t('lab.cells.countValue', {
                  count: answer.stats.cellsVisited,
                  total: nlist,
                }),
              },
            ])
          : [
              {
                id: 'spread',
                name: t('lab.cells.spread'),
                value: cells?.spread?.toPrecision(3) ?? '',
              },
            ]
      }
      call={
        nprobe < 1
          ? labCall('kmeans', { nlist, iterations: step, dimensions: 2 })
          : labCall('search', search)
      }
      spec={{ kind: 'ivf' }}
      controls={<CellCount nlist={nlist} most={most} onChange={setNlist} />}
    >
      {answer && (
        <PhotoStrip title={t('lab.nearest', { count: answer.truth.length })} photos={neighbours} />
      )}
      {cells && <CellTable cells={cells} />}
    </ChapterFrame>
  );
}

/** About the root of the number of photos, as a power of two: 4 to 64. */
function defaultCells(photos: number): number {
  return Math.min(64, Math.max(4, 2 ** Math.round(Math.log2(Math.sqrt(photos)))));
}
