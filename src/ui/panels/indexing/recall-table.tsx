import type { MeasureRow } from '../../../protocol/index.ts';
import { bytes } from '../../pure/format.ts';
import { duration, effortText, percent, specDetail } from '../../pure/settings/index-text.ts';
import { type RecallGroup, recallGroups } from '../../pure/settings/recall-points.ts';
import { t } from '../../text/t.ts';
import { RecallMark } from './recall-mark.tsx';

interface RecallTableProps {
  rows: readonly MeasureRow[];
  caption: string;
}

/** The measurement as a table: everything the chart shows, plus the size of each type. */
export function RecallTable({ rows, caption }: RecallTableProps) {
  return (
    <table className="recall-table" data-testid="recall-table">
      <caption className="muted">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('index.searched')}</th>
          <th scope="col">{t('index.recall')}</th>
          <th scope="col">{t('index.time')}</th>
        </tr>
      </thead>
      {recallGroups(rows).map((group) => (
        <tbody key={group.key}>
          <tr>
            <th scope="rowgroup" colSpan={3}>
              <RecallMark kind={group.kind} hollow={group.variant > 0} /> {group.name}
              <span className="muted recall-facts">{facts(group)}</span>
            </th>
          </tr>
          {group.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have equal values
            <tr key={i}>
              <td>{effortText(row.search)}</td>
              <td>{percent(row.recall10)}</td>
              <td>{duration(row.msMedian)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** `512 cells · 16 + 128 bytes per photo · built in 12 s` */
function facts({ spec, rows }: RecallGroup): string {
  const { bytesPerVector, rerankBytesPerVector, trainMs } = rows[0]!;
  const held = Math.round(bytesPerVector);
  const rerank = Math.round(rerankBytesPerVector);
  const size =
    rerank > 0
      ? t('index.perPhotoReranked', { held, rerank: bytes(rerank) })
      : t('index.perPhoto', { size: bytes(held) });
  const built = trainMs > 0 ? t('index.builtIn', { time: duration(trainMs) }) : '';
  return [specDetail(spec), size, built].filter(Boolean).join(' · ');
}
