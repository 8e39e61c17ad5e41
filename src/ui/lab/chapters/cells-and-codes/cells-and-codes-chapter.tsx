import { useCallback, useMemo } from 'react';
import type { IndexStructure, LabAnswer } from '../../../../protocol/index.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Cloud } from '../../draw/cloud.tsx';
import { Ladder } from '../../draw/ladder.tsx';
import { paintArrows, paintCrosses } from '../../draw/paint-arrows.ts';
import { type Paint, Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { type Figure, searchFigures } from '../../frame/figures.tsx';
import { PhotoStrip } from '../../frame/photo-strip.tsx';
import { TooFew } from '../../frame/too-few.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { whyMissedText } from '../../pure/missed.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';
import { significant } from '../../pure/significant.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { CodesTable } from './codes-table.tsx';
import { arrowsOf, residualsOf, rowsIn } from './residuals.ts';
import { stepsOf } from './steps.ts';

/** A codebook of 16 centroids needs as many vectors. */
const LEAST = 16;

interface CodesStep {
  readonly answer: LabAnswer | null;
  readonly structure: IndexStructure | null;
  /** Results by their codes alone, before reranking. */
  readonly byCode: LabAnswer | null;
}

/** The inverted file with product-quantized residuals. */
export function CellsAndCodesChapter() {
  const { sample } = useLab();
  const text = [
    t('lab.cellsAndCodes.text1'),
    t('lab.cellsAndCodes.text2'),
    t('lab.cellsAndCodes.text3'),
  ];
  if (sample.ids.length < LEAST) return <TooFew text={text} needed={LEAST} />;
  return <CellsAndCodes text={text} />;
}

function CellsAndCodes({ text }: { text: readonly string[] }) {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const steps = useMemo(() => stepsOf(sample.ids.length, k), [sample, k]);
  const current = steps[useStep(steps.length) - 1]!;
  const search = useMemo(() => ({ ...current.search, photo, k }), [current, photo, k]);
  const shown = useShown<CodesStep & { readonly step: typeof current }>(
    useCallback(
      async (signal) => {
        const { spec, dimensions } = current.search;
        const isPlane = dimensions !== undefined;
        const [answer, index, byCode] = await Promise.all([
          current.show === 'moved' ? null : akin.lab.search(search, { signal }),
          isPlane ? akin.lab.structure({ spec, dimensions }, { signal }) : null,
          current.show === 'rerank'
            ? akin.lab.search({ ...search, rerank: 0, k: current.search.rerank! }, { signal })
            : null,
        ]);
        return { answer, structure: index?.structure ?? null, byCode, step: current };
      },
      [akin, current, search],
    ),
  );
  const { value } = shown;
  const answer = value?.answer ?? null;
  const structure = value?.structure ?? null;
  const neighbours = useMemo(() => neighboursOf(answer), [answer]);
  const residuals = useMemo(() => structure && residualsOf(sample, structure), [sample, structure]);
  const marks = useMemo<PlaneMark[]>(
    () => [
      { id: photo, look: 'query' },
      ...neighbours.map(({ id, state }) => ({ id, look: state })),
    ],
    [photo, neighbours],
  );
  const compared = useMemo(() => comparedIn(answer), [answer]);
  const paint = useMemo<Paint | undefined>(() => {
    if (!residuals) return undefined;
    const cells = new Set(
      answer?.trace.flatMap((step) => (step.step === 'cell' ? [step.cell] : [])),
    );
    const arrows = paintArrows(arrowsOf(sample, residuals, cells));
    const centers = paintCrosses(residuals.centers);
    return (...to) => {
      arrows(...to);
      centers(...to);
    };
  }, [sample, residuals, answer]);
  const codebook = useMemo(
    () => structure?.codes && paintCrosses(structure.codes.centroids, 6),
    [structure],
  );
  const isLit = useMemo(() => rowsIn(sample, compared), [sample, compared]);
  const all = useCallback(() => true, []);
  const show = value?.step.show;
  return (
    <ChapterFrame
      text={text}
      steps={steps.length}
      stepText={current.text}
      shown={shown}
      drawing={
        show === 'moved' && residuals ? (
          <Cloud
            label={t('lab.cellsAndCodes.movedDrawing', { count: sample.ids.length })}
            points={residuals.points}
            frame={sample.plane}
            isLit={all}
            {...(codebook && { paintOver: codebook })}
          />
        ) : show === 'rerank' && value?.byCode && answer ? (
          <Ladder
            label={t('lab.cellsAndCodes.ladder', { moved: movedIn(value.byCode, answer) })}
            titles={[t('lab.cellsAndCodes.byCode'), t('lab.cellsAndCodes.reranked')]}
            before={[...value.byCode.ids]}
            after={[...answer.ids]}
          />
        ) : (
          answer && (
            <Plane
              label={t('lab.cellsAndCodes.drawing', { count: compared.size })}
              {...(paint && { paint })}
              isLit={isLit}
              marks={marks}
            />
          )
        )
      }
      figures={[
        ...(answer
          ? searchFigures(answer, [
              {
                id: 'cells',
                name: t('lab.cells.count'),
                value: t('lab.cells.countValue', {
                  count: answer.stats.cellsVisited,
                  total: current.search.spec.nlist,
                }),
              },
              ...(answer.stats.reranked > 0
                ? [
                    {
                      id: 'reranked',
                      name: t('lab.cellsAndCodes.rerankedCount'),
                      value: String(answer.stats.reranked),
                    },
                  ]
                : []),
            ])
          : []),
        ...(residuals ? spreadFigures(residuals.spread) : []),
      ]}
      call={
        current.show === 'moved' ? labCall('structure', current.search) : labCall('search', search)
      }
      spec={{ kind: 'ivfpq' }}
    >
      {answer && (
        <PhotoStrip title={t('lab.nearest', { count: answer.truth.length })} photos={neighbours} />
      )}
      {value && (
        <CodesTable
          answer={answer}
          byCode={value.byCode}
          residuals={residuals}
          neighbours={neighbours}
        />
      )}
    </ChapterFrame>
  );
}

function neighboursOf(answer: LabAnswer | null): readonly Neighbor[] {
  return answer ? neighborsOf(answer, (id) => whyMissedText(answer.trace, id)) : [];
}

function comparedIn(answer: LabAnswer | null): ReadonlySet<number> {
  return new Set(
    answer?.trace.flatMap((step) => (step.step === 'cell' ? Array.from(step.ids) : [])),
  );
}

/** Results whose place reranking changed. */
function movedIn(byCode: LabAnswer, { ids }: LabAnswer): number {
  return ids.filter((id, rank) => byCode.ids[rank] !== id).length;
}

function spreadFigures({ all, residual }: { all: number; residual: number }): readonly Figure[] {
  return [
    { id: 'spread', name: t('lab.cellsAndCodes.spread'), value: significant(all) },
    { id: 'residual', name: t('lab.cellsAndCodes.residual'), value: significant(residual) },
  ];
}
