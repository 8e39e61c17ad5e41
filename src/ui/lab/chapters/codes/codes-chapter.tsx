import { type ReactNode, useCallback, useMemo } from 'react';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { VectorBars } from '../../draw/vector-bars.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { type Figure, searchFigures } from '../../frame/figures.tsx';
import { PhotoStrip } from '../../frame/photo-strip.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { specOf } from './code-sizes.ts';
import { CodebookTable, CodebookView } from './codebook-view.tsx';
import {
  askCodes,
  type CodesStep,
  type CodesView,
  codebookRequest,
  codesSteps,
  NEEDED,
} from './codes-view.ts';
import { CutTable } from './cut-table.tsx';
import { NeededTable, NeededView, neededFigures, neededText } from './needed-view.tsx';
import { neighboursByCode } from './ranking.ts';
import { RankingTable, RankingView } from './ranking-view.tsx';
import './codes.css';

/** Product quantization: sub-vectors, their centroids, and searches by codes alone. */
export function CodesChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const steps = useMemo(() => codesSteps(sample), [sample]);
  const step = steps[useStep(steps.length) - 1]!;
  const shown = useShown<CodesView>(
    useCallback(
      (signal) => askCodes(akin.lab, { step, sample, photo, k }, signal),
      [akin, step, sample, photo, k],
    ),
  );
  const view = shown.value;
  const parts = view ? partsOf(view, photo) : { drawing: null, figures: [] };
  const truth = view?.show === 'part' ? view.truth : new Uint32Array(0);
  return (
    <ChapterFrame
      text={[t('lab.pq.text1'), t('lab.pq.text2'), t('lab.pq.text3')]}
      steps={steps.length}
      stepText={stepText(step)}
      shown={shown}
      drawing={parts.drawing}
      figures={parts.figures}
      call={callOf(step, photo, k, truth)}
      {...(step.show !== 'few' && { spec: { kind: 'pq' } as const })}
    >
      {parts.below}
    </ChapterFrame>
  );
}

function stepText(step: CodesStep): string {
  switch (step.show) {
    case 'few':
      return t('lab.pq.few');
    case 'cut':
      return t('lab.pq.cut', { count: step.size.M });
    case 'part':
      return t('lab.pq.part', { m: step.m + 1, count: step.size.M });
    case 'search':
      return t('lab.pq.bytes', { count: step.size.bytes });
    case 'needed':
      return t('lab.pq.needed', { k: NEEDED.k, recall: NEEDED.recall });
  }
}

function callOf(step: CodesStep, photo: number, k: number, truth: Uint32Array): string {
  switch (step.show) {
    case 'few':
    case 'cut':
      return labCall('vectors', [photo]);
    case 'part':
      return labCall('codebook', codebookRequest(step, photo, truth));
    case 'search':
      return labCall('search', { spec: specOf(step.size), photo, k });
    case 'needed':
      return labCall('centroids', NEEDED);
  }
}

interface Parts {
  readonly drawing: ReactNode;
  readonly figures: readonly Figure[];
  readonly below?: ReactNode;
}

function partsOf(view: CodesView, photo: number): Parts {
  switch (view.show) {
    case 'few':
      return { drawing: <p className="lab-message">{t('lab.pq.few')}</p>, figures: [] };
    case 'cut': {
      const { M, nbits, bytes } = view.size;
      return {
        drawing: (
          <VectorBars label={t('lab.pq.cut', { count: M })} vectors={view.vectors} pieces={M} />
        ),
        figures: [
          { name: t('lab.pq.vector'), value: bytesText(4 * view.vectors[0]!.length) },
          { name: t('lab.pq.parts'), value: count(M) },
          { name: t('lab.pq.each'), value: count(2 ** nbits) },
          { name: t('lab.pq.code'), value: bytesText(bytes) },
        ],
        below: <CutTable vector={view.vectors[0]!} pieces={M} />,
      };
    }
    case 'part': {
      const { book, truth } = view;
      const used = new Set([book.code, ...book.codes]).size;
      return {
        drawing: <CodebookView book={book} photo={photo} truth={truth} />,
        figures: [
          { id: 'code', name: t('lab.pq.codeOf'), value: String(book.code) },
          { id: 'used', name: t('lab.pq.used'), value: count(used) },
          { name: t('lab.pq.each'), value: count(book.ksub) },
          { name: t('lab.pq.components'), value: count(book.dsub) },
        ],
        below: <CodebookTable book={book} photo={photo} truth={truth} />,
      };
    }
    case 'search': {
      const { answer, ranked, size } = view;
      return {
        drawing: <RankingView answer={answer} ranked={ranked} />,
        figures: searchFigures(answer, [
          { id: 'bytes', name: t('lab.pq.code'), value: bytesText(size.bytes) },
        ]),
        below: (
          <>
            <PhotoStrip
              title={t('lab.nearest', { count: answer.truth.length })}
              photos={neighboursByCode(answer, ranked)}
            />
            <RankingTable answer={answer} ranked={ranked} />
          </>
        ),
      };
    }
    case 'needed':
      return {
        drawing: <NeededView needed={view.needed} />,
        figures: neededFigures(view.needed),
        below: (
          <>
            <p className="lab-said">{neededText(view.needed)}</p>
            <NeededTable needed={view.needed} />
          </>
        ),
      };
  }
}

function bytesText(count: number): string {
  return t('lab.pq.bytesValue', { count });
}
