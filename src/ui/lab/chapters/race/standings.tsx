import { useMemo, useState } from 'react';
import { RecallMark } from '../../../panels/indexing/recall-mark.tsx';
import { bytes } from '../../../pure/format.ts';
import { duration, effortText, percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { type ChartSeries, LogChart } from '../../draw/log-chart.tsx';
import { shareFloor } from '../../draw/log-scale.ts';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import type { Figure } from '../../frame/figures.tsx';
import { MeasureStatus } from '../../frame/measure-status.tsx';
import { UseThis } from '../../frame/use-button.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useIndexChoice } from '../../state/use-index-choice.ts';
import type { Measuring } from '../../state/use-measured.ts';
import { PointButtons, pointText } from './point-buttons.tsx';
import {
  memoryOf,
  pointsOf,
  type RacerJob,
  type Standing,
  type StandingAxis,
  type StandingPoint,
  suggested,
} from './racers.ts';
import { RACE_STEPS, raceText } from './steps.ts';

interface StandingsPartProps {
  measuring: Measuring<RacerJob>;
  /** Types to measure. */
  total: number;
  axis: StandingAxis;
  stepText: string;
}

/** Padding at both ends of the axis, as a factor. */
const ROOM = 1.3;

/** Recall of all types over their time or memory. */
export function StandingsPart({ axis, total, stepText, measuring }: StandingsPartProps) {
  const standings = useMemo(
    () => measuring.measured.map(({ job, rows }): Standing => ({ racer: job, rows })),
    [measuring.measured],
  );
  const { k } = useLab();
  const choice = useIndexChoice();
  const points = useMemo(() => pointsOf(standings, axis), [standings, axis]);
  // By what it is: its number changes as others arrive.
  const [chosen, choose] = useState<StandingPoint['row'] | null>(null);
  const found = points.findIndex(({ row }) => row === chosen);
  const selected = found < 0 ? suggested(points) : found;
  const point = points[selected];
  const xs = points.map(({ x }) => x);
  const series = standings.map(
    ({ racer }): ChartSeries => ({
      key: racer.key,
      kind: racer.spec.kind,
      isHollow: racer.isVariant,
      // By effort.
      points: points.filter((each) => each.racer === racer),
    }),
  );
  return (
    <ChapterFrame
      text={raceText()}
      steps={RACE_STEPS}
      stepText={stepText}
      shown={{ value: points, isCurrent: true, error: null, retry: measuring.resume }}
      drawing={
        <div className="lab-standings">
          <MeasureStatus {...measuring} total={total} />
          {points.length > 0 ? (
            <LogChart
              label={t('lab.race.chart')}
              xTitle={t(axis === 'time' ? 'lab.race.timeAxis' : 'lab.race.memoryAxis')}
              yTitle={t('lab.recall')}
              xText={axis === 'time' ? duration : bytes}
              series={series}
              from={Math.min(...xs) / ROOM}
              to={Math.max(...xs) * ROOM}
              floor={shareFloor(points.map(({ y }) => y))}
            >
              {(scale) => (
                <PointButtons
                  points={points}
                  selected={selected}
                  scale={scale}
                  choice={choice}
                  onSelect={(i) => choose(points[i]!.row)}
                />
              )}
            </LogChart>
          ) : (
            <div className="lab-chart" />
          )}
          <ul className="lab-legend" aria-hidden="true">
            {standings.map(({ racer }) => (
              <li key={racer.key}>
                <RecallMark kind={racer.spec.kind} hollow={racer.isVariant} /> {racer.name}
              </li>
            ))}
          </ul>
        </div>
      }
      figures={point ? figuresOf(point) : []}
      call={labCall(
        'measure',
        point
          ? { spec: point.racer.spec, searches: [point.row.search], k }
          : { spec: { kind: 'flat' }, searches: [{}], k },
      )}
      use={point && <UseThis spec={point.racer.spec} choice={choice} detail={pointText(point)} />}
    >
      <FactsTable
        caption={t('lab.race.chart')}
        columns={[
          t('lab.race.search'),
          t('lab.recall'),
          `${t('lab.time')}, ${t('lab.size')}`,
          t('lab.use'),
        ]}
        rows={points.map((each) => [
          `${each.racer.name}, ${effortText(each.row.search)}`,
          percent(each.y),
          `${duration(each.row.ms)}, ${bytes(Math.round(memoryOf(each.row)))}`,
          <UseThis key="use" spec={each.racer.spec} choice={choice} detail={pointText(each)} />,
        ])}
      />
    </ChapterFrame>
  );
}

function figuresOf({ racer, row }: StandingPoint): readonly Figure[] {
  return [
    { id: 'type', name: t('lab.race.type'), value: racer.name },
    { id: 'effort', name: t('lab.race.search'), value: effortText(row.search) },
    { id: 'time', name: t('lab.time'), value: duration(row.ms) },
    {
      id: 'codes',
      name: t('lab.codes'),
      value: t('lab.codesValue', { count: Math.round(row.codesScanned) }),
    },
    { id: 'recall', name: t('lab.recall'), value: percent(row.recall) },
    {
      id: 'size',
      name: t('lab.size'),
      value: t('lab.sizeValue', { size: bytes(Math.round(memoryOf(row))) }),
    },
    { id: 'built', name: t('lab.race.built'), value: duration(row.buildMs) },
  ];
}
