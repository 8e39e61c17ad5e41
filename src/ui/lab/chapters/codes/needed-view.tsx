import type { LabCentroids, LabCentroidsRow } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { Chart } from '../../draw/chart.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import type { Figure } from '../../frame/figures.tsx';
import { neededBy } from './needed.ts';

/** Recall against the number of centroids, of whole vectors and of sub-vectors. */
export function NeededView({ needed }: { needed: LabCentroids }) {
  const { rows, aim, k } = needed;
  const all = rows.map(({ centroids }) => centroids);
  const seriesOf = (
    look: 'text' | 'accent',
    line: 'solid' | 'dashed',
    some: LabCentroidsRow[],
  ) => ({
    name: some[0] ? nameOf(some[0]) : '',
    look,
    line,
    points: some.map(({ centroids, recall }) => [centroids, recall] as const),
  });
  const series = [
    seriesOf(
      'text',
      'solid',
      rows.filter(({ kind }) => kind === 'kmeans'),
    ),
    ...([4, 8] as const).map((bits) =>
      seriesOf(
        'accent',
        bits === 4 ? 'solid' : 'dashed',
        rows.filter(({ kind, nbits }) => kind === 'pq' && nbits === bits),
      ),
    ),
  ];
  return (
    <Chart
      label={neededText(needed)}
      x={{
        label: t('lab.pq.centroidsKept'),
        from: Math.min(...all),
        to: Math.max(...all),
        isLog: true,
        base: 2,
        text: count,
      }}
      y={{ label: t('lab.pq.recallAt', { k }), from: 0, to: 1, text: percent }}
      series={series.filter(({ points }) => points.length > 0)}
      guide={{ y: aim, text: percent(aim) }}
    />
  );
}

export function NeededTable({ needed }: { needed: LabCentroids }) {
  return (
    <FactsTable
      caption={neededText(needed)}
      columns={[
        t('lab.pq.method'),
        t('lab.pq.centroidsKept'),
        t('lab.pq.recallAt', { k: needed.k }),
      ]}
      rows={needed.rows.map((row) => [
        row.kind === 'kmeans'
          ? nameOf(row)
          : t('lab.pq.pqRow', { parts: row.M, each: 2 ** row.nbits }),
        count(row.centroids),
        percent(row.recall),
      ])}
    />
  );
}

export function neededFigures(needed: LabCentroids): readonly Figure[] {
  return [
    { id: 'kmeans', name: t('lab.pq.needsKmeans'), value: neededValue(needed, 'kmeans') },
    { id: 'pq', name: t('lab.pq.needsPq'), value: neededValue(needed, 'pq') },
    {
      id: 'compared',
      name: t('lab.pq.measured'),
      value: t('lab.pq.measuredValue', { photos: needed.photos, queries: needed.queries }),
    },
  ];
}

/** Says what was measured, and what wasn't reached. */
export function neededText(needed: LabCentroids): string {
  const { aim, k, photos } = needed;
  const whole = neededBy(needed, 'kmeans');
  const part = neededBy(needed, 'pq');
  const values = { aim: percent(aim), k, photos };
  const first = whole.enough
    ? t('lab.pq.kmeansEnough', { ...values, count: whole.enough.centroids })
    : t('lab.pq.kmeansShort', {
        ...values,
        count: whole.best.centroids,
        recall: percent(whole.best.recall),
      });
  const second = part.enough
    ? t('lab.pq.pqEnough', {
        count: part.enough.centroids,
        parts: part.enough.M,
        each: 2 ** part.enough.nbits,
      })
    : t('lab.pq.pqShort', { count: part.best.centroids, recall: percent(part.best.recall) });
  return `${first} ${second}`;
}

function neededValue(needed: LabCentroids, kind: LabCentroidsRow['kind']): string {
  const { enough, best } = neededBy(needed, kind);
  return enough ? count(enough.centroids) : t('lab.pq.moreThan', { count: best.centroids });
}

function nameOf({ kind, nbits }: LabCentroidsRow): string {
  return kind === 'kmeans' ? t('lab.pq.kmeans') : t('lab.pq.pqSeries', { each: 2 ** nbits });
}
