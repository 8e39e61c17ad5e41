import type { LabAnswer, PhotoId } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { Chart } from '../../draw/chart.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { decimals } from '../../pure/decimals.ts';
import type { RankedPhoto } from './ranking.ts';

interface RankingProps {
  answer: LabAnswer;
  ranked: readonly RankedPhoto[];
}

/** Results of an exact search beside those by code, and how well the codes keep similarities. */
export function RankingView({ answer, ranked }: RankingProps) {
  const near = new Set(answer.truth);
  return (
    <div className="lab-ranking">
      <div className="lab-ranking-rows">
        <Row title={t('lab.pq.exact')} ids={answer.truth} near={near} />
        <Row title={t('lab.pq.byCode')} ids={answer.ids} near={near} />
      </div>
      <Chart
        label={t('lab.pq.chart', { count: ranked.length })}
        x={{ label: t('lab.pq.similarity'), ...ends(ranked, 'similarity'), text: similarity }}
        y={{ label: t('lab.pq.similarityByCode'), ...ends(ranked, 'byCode'), text: similarity }}
        series={[
          {
            name: t('lab.pq.others'),
            look: 'muted',
            points: points(ranked.filter(({ trueRank }) => trueRank === null)),
            dot: 1.75,
          },
          {
            name: t('lab.nearest', { count: answer.truth.length }),
            look: 'accent',
            points: points(ranked.filter(({ trueRank }) => trueRank !== null)),
            dot: 4,
          },
        ]}
      />
    </div>
  );
}

export function RankingTable({ answer, ranked }: RankingProps) {
  const results = answer.ids.length;
  return (
    <FactsTable
      caption={t('lab.pq.chart', { count: ranked.length })}
      columns={[t('lab.pq.rank'), t('lab.photo'), t('lab.pq.trueRank'), t('lab.pq.similarities')]}
      rows={ranked.map(({ id, rank, trueRank, byCode, similarity: own }) => [
        count(rank),
        // Thumbnails of a thousand photos would take long.
        rank <= results || trueRank !== null ? (
          <PhotoLink key="photo" id={id} />
        ) : (
          t('lab.photoNumber', { id: String(id) })
        ),
        trueRank === null ? '' : count(trueRank),
        t('lab.pq.bothSimilarities', { byCode: similarity(byCode), own: similarity(own) }),
      ])}
    />
  );
}

interface RowProps {
  title: string;
  ids: Uint32Array;
  near: ReadonlySet<PhotoId>;
}

function Row({ title, ids, near }: RowProps) {
  return (
    <section className="lab-row" aria-label={title}>
      <h3>{title}</h3>
      <ol style={{ gridTemplateColumns: `repeat(${ids.length}, minmax(0, 1fr))` }}>
        {Array.from(ids, (id) => (
          <li key={id} data-near={near.has(id) || undefined}>
            <PhotoLink id={id} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function points(ranked: readonly RankedPhoto[]) {
  return ranked.map(({ similarity: own, byCode }) => [own, byCode] as const);
}

function ends(ranked: readonly RankedPhoto[], of: 'similarity' | 'byCode') {
  const values = ranked.map((each) => each[of]);
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const room = (to - from) * 0.04;
  return { from: from - room, to: to + room };
}

function similarity(value: number): string {
  return decimals(value, 2);
}
