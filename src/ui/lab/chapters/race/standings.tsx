import { useMemo, useState } from 'react';
import { RecallMark } from '../../../panels/indexing/recall-mark.tsx';
import { Button } from '../../../parts/button.tsx';
import { bytes } from '../../../pure/format.ts';
import { duration, effortText, percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { type ChartSeries, LogChart } from '../../draw/log-chart.tsx';
import { shareFloor } from '../../draw/log-scale.ts';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import type { Figure } from '../../frame/figures.tsx';
import { UseThis } from '../../frame/use-button.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useIndexChoice } from '../../state/use-index-choice.ts';
import { PointButtons, pointText } from './point-buttons.tsx';
import { memoryOf, pointsOf, type StandingAxis, type StandingPoint, suggested } from './racers.ts';
import { RACE_STEPS, raceText } from './steps.ts';
import type { Standings } from './use-standings.ts';

interface StandingsPartProps extends Standings {
  /** Types to measure. */
  total: number;
  axis: StandingAxis;
  stepText: string;
}

/** Padding at both ends of the axis, as a factor. */
const ROOM = 1.3;

/** Recall of all types over their time or memory. */
export function StandingsPart({ axis, total, stepText, ...standings }: StandingsPartProps) {
  const { k } = useLab();
  const choice = useIndexChoice();
  const points = useMemo(() => pointsOf(standings.standings, axis), [standings.standings, axis]);
  // By what it is: its number changes as others arrive.
  const [chosen, choose] = useState<StandingPoint['row'] | null>(null);
  const found = points.findIndex(({ row }) => row === chosen);
  const selected = found < 0 ? suggested(points) : found;
  const point = points[selected];
  const xs = points.map(({ x }) => x);
  const series = standings.standings.map(
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
      shown={{ value: points, isCurrent: true, error: null, retry: standings.resume }}
      drawing={
        <div className="race-standings">
          <Status {...standings} total={total} />
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
            {standings.standings.map(({ racer }) => (
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

type StatusProps = Standings & { total: number };

/** What is measured, and a way to stop it. */
function Status({ standings, current, isStopped, stop, resume, total }: StatusProps) {
  const failed = standings.filter(({ rows }) => rows.length === 0);
  const done = standings.length;
  return (
    <div className="race-status" data-testid="race-status" data-done={done} data-total={total}>
      <p role="status">
        {current
          ? t('lab.race.measuring', { name: current.name, step: done + 1, total })
          : done < total
            ? t('lab.race.stopped', { done, total })
            : t('lab.race.measured', { total: done - failed.length })}
        {failed.map(({ racer }) => ` ${t('lab.race.failed', { name: racer.name })}`)}
      </p>
      {(current || isStopped) && done < total && (
        <Button look="quiet" onClick={current ? stop : resume}>
          {t(current ? 'lab.race.stop' : 'lab.race.resume')}
        </Button>
      )}
    </div>
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
