import { type ReactNode, useCallback } from 'react';
import type { LayerMaps, PhotoId } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import type { Figure } from '../../frame/figures.tsx';
import { decimals } from '../../pure/decimals.ts';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { LayerTable, LayerView } from './layer-view.tsx';
import { MatrixTable, MatrixView } from './matrix-view.tsx';
import { PairTable, PairView } from './pair-view.tsx';
import { askVectors, VECTORS_STEPS, type VectorsStep, type VectorsView } from './vectors-view.ts';
import './vectors.css';

const ANY_LAYER: VectorsStep = { show: 'layer', depth: 'early' };

/** What a photo is to a search: its vector, and how near it is to others. */
export function VectorsChapter() {
  const { akin } = useUi();
  const { sample, photo } = useLab();
  const step = VECTORS_STEPS[useStep(VECTORS_STEPS.length) - 1]!;
  // All layers are read at once.
  const asked = step.show === 'layer' ? ANY_LAYER : step;
  const shown = useShown<VectorsView>(
    useCallback(
      (signal) => askVectors(akin.lab, asked, sample, photo, signal),
      [akin, asked, sample, photo],
    ),
  );
  const parts = shown.value ? partsOf(shown.value, step, photo) : { drawing: null, figures: [] };
  return (
    <ChapterFrame
      text={[t('lab.vectors.text1'), t('lab.vectors.text2'), t('lab.vectors.text3')]}
      steps={VECTORS_STEPS.length}
      stepText={stepText(step)}
      shown={shown}
      drawing={parts.drawing}
      figures={parts.figures}
      call={callOf(step, shown.value, photo)}
    >
      {parts.below}
    </ChapterFrame>
  );
}

function stepText(step: VectorsStep): string {
  if (step.show === 'layer') return t(`lab.vectors.${step.depth}`);
  if (step.show === 'matrix') return t('lab.vectors.matrixStep');
  return t(step.other === 'nearest' ? 'lab.vectors.nearest' : 'lab.vectors.farthest');
}

function callOf(step: VectorsStep, view: VectorsView | null, photo: PhotoId): string {
  if (step.show === 'layer') return labCall('layers', photo);
  if (view?.show === 'matrix' && step.show === 'matrix') {
    return labCall('similarities', view.photos, view.photos);
  }
  return labCall('vectors', view?.show === 'pair' ? [photo, view.other] : [photo]);
}

interface Parts {
  readonly drawing: ReactNode;
  readonly figures: readonly Figure[];
  readonly below?: ReactNode;
}

function partsOf(view: VectorsView, step: VectorsStep, photo: PhotoId): Parts {
  switch (view.show) {
    case 'pair': {
      const { vectors, shares } = view;
      return {
        drawing: <PairView {...view} photo={photo} />,
        figures: [
          { id: 'components', name: t('lab.vectors.components'), value: count(vectors[0].length) },
          {
            id: 'similarity',
            name: t('lab.vectors.similarity'),
            value: decimals(shares.similarity, 3),
          },
          {
            id: 'marked',
            name: t('lab.vectors.marked', { count: shares.top.length }),
            value: decimals(shares.topSum, 3),
          },
        ],
        below: <PairTable vectors={vectors} shares={shares} />,
      };
    }
    case 'matrix':
      return {
        drawing: <MatrixView {...view} />,
        figures: matrixFigures(view),
        below: <MatrixTable {...view} />,
      };
    case 'layers':
      return layerParts(view.seen, step, photo);
  }
}

function layerParts(seen: LayerMaps | null, step: VectorsStep, photo: PhotoId): Parts {
  if (!seen) {
    return { drawing: <p className="lab-message">{t('lab.vectors.noLayers')}</p>, figures: [] };
  }
  // The step before or after one with layers still shows the first.
  const layer =
    seen.layers.find(({ depth }) => step.show === 'layer' && step.depth === depth) ??
    seen.layers[0]!;
  return {
    drawing: <LayerView photo={photo} seen={seen} layer={layer} />,
    figures: [
      { id: 'name', name: t('lab.vectors.layerName'), value: layer.name },
      { id: 'channels', name: t('lab.vectors.channels'), value: count(layer.channels) },
      {
        id: 'cells',
        name: t('lab.vectors.cells'),
        value: t('lab.vectors.cellsValue', { width: layer.width, height: layer.height }),
      },
    ],
    below: <LayerTable layer={layer} />,
  };
}

function matrixFigures({ photos, similarities }: Extract<VectorsView, { show: 'matrix' }>) {
  const others = similarities.filter((_, i) => i % (photos.length + 1) !== 0);
  const [least, most] = [1 - Math.max(...others), 1 - Math.min(...others)];
  return [
    { id: 'photos', name: t('lab.vectors.photos'), value: count(photos.length) },
    { id: 'least', name: t('lab.vectors.least'), value: decimals(least, 3) },
    { id: 'most', name: t('lab.vectors.most'), value: decimals(most, 3) },
  ];
}
