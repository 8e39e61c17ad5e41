import { useCallback, useMemo } from 'react';
import type { IndexSpec, LabAnswer, LabSearchRequest } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Plane, type PlaneMark } from '../../draw/plane.tsx';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { PhotoStrip } from '../../frame/photo-strip.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import { BucketTable } from './bucket-table.tsx';
import {
  type BucketsOnPlane,
  bucketsOf,
  type CodeDistances,
  codeDistances,
  neighboursByBucket,
} from './buckets.ts';
import { CodeDistanceBars } from './code-distances.tsx';
import { paintLines } from './paint-lines.ts';
import './hashing.css';

/** Lines that are drawn one by one. */
const LINES = 8;
/** Then buckets are opened one by one, with so many lines. */
const PROBED_LINES = 6;
const PROBES = 6;
/** Bits of the codes compared in the end. */
const BITS = 32;
const ON_PLANE = LINES + PROBES - 1;

interface HashingStep {
  readonly answer: LabAnswer;
  readonly buckets: BucketsOnPlane | null;
  readonly distances: CodeDistances | null;
}

/** Random hyperplanes, multi-probe, and learned codes beside random ones. */
export function HashingChapter() {
  const { akin } = useUi();
  const { sample, k, photo } = useLab();
  const canLearn = sample.ids.length >= BITS && sample.d >= BITS;
  const steps = ON_PLANE + (canLearn ? 2 : 0);
  const step = useStep(steps);
  const request = useMemo<LabSearchRequest>(
    () => ({ ...requestOf(step), photo, k }),
    [step, photo, k],
  );
  const onPlane = step <= ON_PLANE;
  const shown = useShown<HashingStep>(
    useCallback(
      async (signal) => {
        const [{ structure }, answer] = await Promise.all([
          akin.lab.structure(request, { signal }),
          akin.lab.search(request, { signal }),
        ]);
        return onPlane
          ? { answer, buckets: bucketsOf(structure, answer.trace), distances: null }
          : {
              answer,
              buckets: null,
              distances: codeDistances(sample, structure, photo, answer.truth),
            };
      },
      [akin, sample, request, onPlane, photo],
    ),
  );
  const { answer, buckets, distances } = shown.value ?? {};
  const neighbours = useMemo(() => {
    if (!answer) return [];
    if (buckets) return neighboursByBucket(buckets, answer, photo);
    const found = new Set(answer.ids);
    return (distances?.neighbours ?? []).map(({ id, distance }) => ({
      id,
      state: found.has(id) ? ('found' as const) : ('missed' as const),
      note: t('lab.hashing.bitsAway', { count: distance }),
    }));
  }, [answer, buckets, distances, photo]);
  const marks = useMemo<PlaneMark[]>(
    () => [
      { id: photo, look: 'query' },
      ...neighbours.map(({ id, state }) => ({ id, look: state })),
    ],
    [photo, neighbours],
  );
  const paint = useMemo(() => buckets && paintLines(buckets), [buckets]);
  const isLit = useCallback(
    (row: number) =>
      !buckets || buckets.isRestOpen || buckets.opened.has(buckets.keyOf.get(sample.ids[row]!)!),
    [buckets, sample],
  );
  return (
    <ChapterFrame
      text={[t('lab.hashing.text1'), t('lab.hashing.text2'), t('lab.hashing.text3')]}
      steps={steps}
      stepText={stepText(step)}
      shown={shown}
      drawing={
        buckets ? (
          <Plane
            label={t('lab.hashing.drawing', {
              lines: buckets.hashes.bits,
              opened: buckets.opened.size,
            })}
            {...(paint && { paint })}
            isLit={isLit}
            marks={marks}
          />
        ) : (
          distances && <CodeDistanceBars distances={distances} />
        )
      }
      figures={
        answer
          ? searchFigures(answer, [
              buckets
                ? {
                    id: 'buckets',
                    name: t('lab.hashing.opened'),
                    value: t('lab.hashing.openedValue', {
                      count: answer.stats.cellsVisited,
                      // Empty ones are opened too.
                      total: 2 ** buckets.hashes.bits,
                    }),
                  }
                : {
                    id: 'collisions',
                    name: t('lab.hashing.collisions'),
                    value: count(distances?.collisions ?? 0),
                  },
            ])
          : []
      }
      call={labCall('search', request)}
      spec={specOf(step)}
    >
      <PhotoStrip title={t('lab.nearest', { count: neighbours.length })} photos={neighbours} />
      {buckets && <BucketTable buckets={buckets} />}
      {distances && (
        <FactsTable
          caption={t('lab.hashing.axis')}
          columns={[t('lab.photo'), t('lab.hashing.axis')]}
          rows={distances.neighbours.map(({ id, distance }) => [
            <PhotoLink key={id} id={id} />,
            count(distance),
          ])}
        />
      )}
    </ChapterFrame>
  );
}

function requestOf(step: number): Omit<LabSearchRequest, 'photo'> {
  if (step > ON_PLANE) {
    return step === ON_PLANE + 1
      ? { spec: { kind: 'lsh', tables: 2, bits: BITS / 2 }, probes: 1 }
      : { spec: { kind: 'itq', nbits: BITS, rerank: 'none' } };
  }
  const bits = step <= LINES ? step : PROBED_LINES;
  const probes = step <= LINES ? 1 : step - LINES + 1;
  return { spec: { kind: 'lsh', tables: 1, bits }, dimensions: 2, probes };
}

function specOf(step: number): IndexSpec {
  return step === ON_PLANE + 2 ? { kind: 'itq' } : { kind: 'lsh' };
}

function stepText(step: number): string {
  if (step <= LINES) return t('lab.hashing.lines', { count: step });
  if (step <= ON_PLANE) return t('lab.hashing.probes', { count: step - LINES + 1 });
  const bits = BITS;
  return t(step === ON_PLANE + 1 ? 'lab.hashing.random' : 'lab.hashing.learned', { bits });
}
