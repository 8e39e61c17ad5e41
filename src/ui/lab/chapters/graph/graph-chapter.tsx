import { useCallback, useMemo } from 'react';
import type { LabAnswer, LabSearchRequest } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { PhotoStrip, type StripPhoto } from '../../frame/photo-strip.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { whyMissedText } from '../../pure/missed.ts';
import { neighborsOf } from '../../pure/neighbors.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { paintHops, paintLinks } from './paint-walk.ts';
import { partOf, type WalkOnPlane, walkOf } from './walk.ts';

/** Few links, so that they can be seen. */
const SPEC = { kind: 'hnsw', M: 4 } as const;
/** The top layer, one in the middle, the bottom. */
const LAYERS = 3;
/** Parts of the walk. */
const PARTS = 12;
/** Candidates kept in the steps after it, per result. */
const EFFORTS = [2, 4, 8];
const STEPS = LAYERS + PARTS + EFFORTS.length;
/** Photos of the walk that are shown in a row. */
const SHOWN_HOPS = 24;

interface GraphStep {
  readonly answer: LabAnswer;
  readonly walk: WalkOnPlane;
}

/** The hierarchical small world graph: its layers, a walk hop by hop, and what more candidates add. */
export function GraphChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const step = useStep(STEPS);
  const efSearch = k * (EFFORTS[step - LAYERS - PARTS - 1] ?? 1);
  const request = useMemo<LabSearchRequest>(
    () => ({ spec: SPEC, dimensions: 2, photo, k, efSearch }),
    [photo, k, efSearch],
  );
  const shown = useShown<GraphStep>(
    useCallback(
      async (signal) => {
        const [{ structure }, answer] = await Promise.all([
          akin.lab.structure({ spec: SPEC, dimensions: 2 }, { signal }),
          akin.lab.search(request, { signal }),
        ]);
        return { answer, walk: walkOf(sample, structure, answer.trace) };
      },
      [akin, sample, request],
    ),
  );
  const { answer, walk } = shown.value ?? {};
  const isLayer = step <= LAYERS;
  const isWhole = step >= LAYERS + PARTS;
  const part = useMemo(
    () => walk && !isLayer && partOf(walk, Math.min(1, (step - LAYERS) / PARTS)),
    [walk, isLayer, step],
  );
  const layer = part ? part.layer : layerOf(step, walk?.layers.length ?? 1);
  const neighbours = useMemo(
    () => (answer && isWhole ? neighborsOf(answer, (id) => whyMissedText(answer.trace, id)) : []),
    [answer, isWhole],
  );
  const marks = useMemo<PlaneMark[]>(() => {
    const path = part ? part.hops.map(({ id }) => id) : [];
    return [
      { id: photo, look: 'query' },
      ...neighbours.map(({ id, state }) => ({ id, look: state })),
      ...[...new Set(path)].toReversed().map((id) => ({ id, look: 'central' as const })),
    ];
  }, [photo, neighbours, part]);
  const paint = useMemo(() => walk && paintLinks(sample, walk, layer), [sample, walk, layer]);
  const paintOver = useMemo(() => part && paintHops(sample, part.hops), [sample, part]);
  const isLit = useCallback(
    (row: number) => (part ? part.met.has(sample.ids[row]!) : false),
    [part, sample],
  );
  const path: readonly StripPhoto[] = part
    ? unique(part.hops.map(({ id }) => id)).map((id) => ({ id, state: 'plain' }))
    : [];
  return (
    <ChapterFrame
      text={[t('lab.graph.text1'), t('lab.graph.text2'), t('lab.graph.text3')]}
      steps={STEPS}
      stepText={stepText(step, efSearch, walk, layer, part ? part.hops.length : 0)}
      shown={shown}
      drawing={
        walk && (
          <Plane
            label={t('lab.graph.drawing', {
              photos: walk.sizes[layer] ?? 0,
              hops: part ? part.hops.length : 0,
            })}
            {...(paint && { paint })}
            {...(paintOver && { paintOver })}
            isLit={isLit}
            marks={marks}
          />
        )
      }
      figures={
        answer
          ? searchFigures(answer, [
              { id: 'hops', name: t('lab.graph.hops'), value: count(answer.stats.nodesVisited) },
            ])
          : []
      }
      call={labCall('search', request)}
      spec={{ kind: 'hnsw' }}
    >
      {path.length > 0 && (
        <PhotoStrip title={t('lab.graph.walk')} photos={path.slice(0, SHOWN_HOPS)} />
      )}
      {neighbours.length > 0 && (
        <PhotoStrip title={t('lab.nearest', { count: neighbours.length })} photos={neighbours} />
      )}
      {walk && (
        <FactsTable
          caption={t('lab.graph.walk')}
          columns={[
            t('lab.rank'),
            t('lab.photo'),
            t('lab.graph.layerName'),
            t('lab.graph.compared'),
          ]}
          rows={(part ? part.hops : walk.hops).map((hop, i) => [
            count(i + 1),
            <PhotoLink key="photo" id={hop.id} />,
            count(hop.layer),
            count(hop.neighbours.length),
          ])}
        />
      )}
    </ChapterFrame>
  );
}

/** The top layer, one in the middle, the bottom. */
function layerOf(step: number, layers: number): number {
  if (step === 1) return layers - 1;
  return step === 2 ? Math.floor((layers - 1) / 2) : 0;
}

function stepText(
  step: number,
  efSearch: number,
  walk: WalkOnPlane | undefined,
  layer: number,
  hops: number,
): string {
  if (!walk) return '';
  if (step <= LAYERS) return t('lab.graph.layer', { layer, count: walk.sizes[layer] ?? 0 });
  if (step < LAYERS + PARTS) return t('lab.graph.hop', { count: hops, layer });
  return t('lab.graph.candidates', { count: efSearch });
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
