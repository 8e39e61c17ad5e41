import type { IndexSpec } from '../../../../protocol/index.ts';
import { RecallMark } from '../../../panels/indexing/recall-mark.tsx';
import { count } from '../../../pure/format.ts';
import { percent, specName } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { LogChart } from '../../draw/log-chart.tsx';
import { shareFloor } from '../../draw/log-scale.ts';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { MeasureStatus } from '../../frame/measure-status.tsx';
import { labCall } from '../../pure/lab-call.ts';
import type { Measuring, MeasuringJob } from '../../state/use-measured.ts';
import { type LopqSpecs, ranksFor } from './specs.ts';
import { LOPQ_STEPS, lopqStepText, lopqText } from './steps.ts';

export type RecallJob = MeasuringJob & { readonly spec: IndexSpec };

/** One index of each type, all cells opened: only the codes differ. */
export function recallJobs(specs: LopqSpecs, n: number, k: number): readonly RecallJob[] {
  return specs.whole.map((spec) => {
    const search = 'nlist' in spec && spec.nlist ? { nprobe: spec.nlist } : {};
    const request = { spec, searches: [search], k, recallAt: ranksFor(n) };
    return { key: spec.kind, name: specName(spec), spec, request };
  });
}

interface RecallStepProps {
  jobs: readonly RecallJob[];
  measuring: Measuring<RecallJob>;
  /** What LOPQ lacks, if anything. */
  warning: string | null;
}

/** Recall@R of codes of equal bytes. */
export function RecallStep({ jobs, measuring, warning }: RecallStepProps) {
  const { measured } = measuring;
  const ranks = jobs[0]!.request.recallAt!;
  const rows = measured.flatMap(({ job, rows: [row] }) => (row ? [{ job, row }] : []));
  const shares = rows.flatMap(({ row }) => row.recallAt);
  const last = rows.at(-1)?.job ?? jobs[0]!;
  return (
    <ChapterFrame
      text={lopqText()}
      steps={LOPQ_STEPS}
      stepText={lopqStepText(LOPQ_STEPS)}
      shown={{ value: rows, isCurrent: true, error: null, retry: measuring.resume }}
      drawing={
        <div className="lab-standings">
          <MeasureStatus {...measuring} total={jobs.length} />
          <LogChart
            label={t('lab.lopq.recallDrawing')}
            xTitle={t('lab.lopq.rank')}
            yTitle={t('lab.lopq.recallAt')}
            xText={count}
            series={rows.map(({ job, row }) => ({
              ...{ key: job.key, kind: job.spec.kind, isHollow: false },
              points: row.recallAt.map((y, i) => ({ x: ranks[i]!, y })),
            }))}
            from={1}
            to={ranks.at(-1)!}
            floor={shareFloor(shares)}
          />
          <ul className="lab-legend" aria-hidden="true">
            {rows.map(({ job }) => (
              <li key={job.key}>
                <RecallMark kind={job.spec.kind} hollow={false} /> {job.name}
              </li>
            ))}
          </ul>
        </div>
      }
      figures={rows.map(({ job, row }) => ({
        id: `first-${job.key}`,
        name: t('lab.lopq.first', { name: job.name }),
        value: percent(row.recallAt[0] ?? 0),
      }))}
      call={labCall('measure', last.request)}
      spec={{ kind: 'lopq' }}
    >
      {warning && <p className="muted">{warning}</p>}
      <FactsTable
        caption={t('lab.lopq.recallDrawing')}
        columns={[t('lab.lopq.rank'), ...rows.map(({ job }) => job.name)]}
        rows={ranks.map((rank, i) => [
          count(rank),
          ...rows.map(({ row }) => percent(row.recallAt[i]!)),
        ])}
      />
    </ChapterFrame>
  );
}
