import { useCallback, useMemo } from 'react';
import type { LabAnswer } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { duration } from '../../../pure/settings/index-text.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { PhotoStrip, type StripPhoto } from '../../frame/photo-strip.tsx';
import { decimals } from '../../pure/decimals.ts';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import {
  askSearch,
  type BruteForceView,
  bruteForceSteps,
  neighboursSoFar,
  searchRequest,
} from './brute-force-view.ts';
import { growthOf } from './growth.ts';
import { GrowthTable, GrowthView, growthText, millionTime } from './growth-view.tsx';

/** Comparing everything, and how its time grows. */
export function BruteForceChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const steps = useMemo(() => bruteForceSteps(sample), [sample]);
  const step = steps[useStep(steps.length) - 1]!;
  const photos = step.show === 'search' ? step.photos : null;
  const shown = useShown<BruteForceView>(
    // Measured once for both steps that show it.
    useCallback(
      async (signal) => {
        if (photos !== null) return askSearch(akin.lab, photos, photo, k, signal);
        const { points } = await akin.lab.scanTimes({ photo, k }, { signal });
        return { show: 'times', points };
      },
      [akin, photos, photo, k],
    ),
  );
  const isExtended = step.show === 'times' && step.isExtended;
  const parts = usePartsOf(shown.value, isExtended);
  return (
    <ChapterFrame
      text={[t('lab.bruteForce.text1'), t('lab.bruteForce.text2'), t('lab.bruteForce.text3')]}
      steps={steps.length}
      stepText={
        photos === null
          ? t(isExtended ? 'lab.bruteForce.million' : 'lab.bruteForce.growth')
          : t('lab.bruteForce.compared', { photos, total: sample.ids.length })
      }
      shown={shown}
      {...parts}
      call={
        photos === null
          ? labCall('scanTimes', { photo, k })
          : labCall('search', searchRequest(photos, photo, k))
      }
      spec={{ kind: 'flat' }}
    />
  );
}

const NONE: readonly StripPhoto[] = [];

function usePartsOf(view: BruteForceView | null, isExtended: boolean) {
  const { photo } = useLab();
  const answer = view?.show === 'search' ? view.answer : null;
  const compared = view?.show === 'search' ? view.photos : 0;
  const neighbours = useMemo(() => (answer ? neighboursSoFar(answer) : NONE), [answer]);
  const marks = useMemo(() => marksOf(photo, answer, neighbours), [photo, answer, neighbours]);
  const isLit = useCallback((row: number) => row < compared, [compared]);
  const points = view?.show === 'times' ? view.points : null;
  const growth = useMemo(() => points && growthOf(points), [points]);
  if (answer) {
    return {
      drawing: (
        <Plane
          label={t('lab.bruteForce.drawing', { count: answer.stats.codesScanned })}
          isLit={isLit}
          marks={marks}
        />
      ),
      figures: searchFigures(answer),
      children: (
        <>
          <PhotoStrip
            title={t('lab.nearest', { count: answer.truth.length })}
            photos={neighbours}
          />
          <BestTable answer={answer} />
        </>
      ),
    };
  }
  if (!points) return { drawing: null, figures: [] };
  const last = points.at(-1)!;
  return {
    drawing: <GrowthView points={points} growth={growth} isExtended={isExtended} />,
    figures: [
      {
        id: 'measured',
        name: t('lab.bruteForce.timeFor', { count: last.photos }),
        value: duration(last.ms),
      },
      ...(growth && isExtended
        ? [
            {
              id: 'million',
              name: t('lab.bruteForce.estimateFor', { count: 1_000_000 }),
              value: millionTime(growth),
            },
          ]
        : []),
    ],
    children: (
      <>
        <p className="lab-said">{growthText(points, growth, isExtended)}</p>
        <GrowthTable points={points} growth={growth} isExtended={isExtended} />
      </>
    ),
  };
}

/** The best so far, and the neighbors still to come. */
function marksOf(
  photo: number,
  answer: LabAnswer | null,
  neighbours: readonly StripPhoto[],
): readonly PlaneMark[] {
  const missed = neighbours.filter(({ state }) => state === 'missed');
  return [
    { id: photo, look: 'query' },
    ...Array.from(answer?.ids ?? [], (id) => ({ id, look: 'found' as const })),
    ...missed.map(({ id }) => ({ id, look: 'missed' as const })),
  ];
}

function BestTable({ answer }: { answer: LabAnswer }) {
  const near = new Set(answer.truth);
  return (
    <FactsTable
      caption={t('lab.bruteForce.best')}
      columns={[
        t('lab.rank'),
        t('lab.photo'),
        t('lab.bruteForce.similarity'),
        t('lab.cells.state'),
      ]}
      rows={Array.from(answer.ids, (id, i) => [
        count(i + 1),
        <PhotoLink key="photo" id={id} />,
        decimals(answer.scores[i]!, 3),
        t(near.has(id) ? 'lab.bruteForce.isNear' : 'lab.bruteForce.bestSoFar'),
      ])}
    />
  );
}
