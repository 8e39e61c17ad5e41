import type { MeasureRow } from '../../../protocol/index.ts';
import { bytes, count } from '../../pure/format.ts';
import { duration, percent, probeWords, specDetail } from '../../pure/index-words.ts';
import { type RecallGroup, recallGroups } from '../../pure/recall-points.ts';
import { RecallMark } from './recall-mark.tsx';

interface RecallTableProps {
  rows: readonly MeasureRow[];
  caption: string;
}

/** The measure in figures: all that the chart shows, and what each kind takes. */
export function RecallTable({ rows, caption }: RecallTableProps) {
  return (
    <table className="recall-table" data-testid="recall-table">
      <caption className="muted">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Looked at</th>
          <th scope="col">Recall</th>
          <th scope="col">Time</th>
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
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be the same in all they say
            <tr key={i}>
              <td>{probeWords(row.nprobe, row.rerank)}</td>
              <td>{percent(row.recall10)}</td>
              <td>{duration(row.msMedian)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** What it is made of, takes and cost: `512 cells · 16 + 128 bytes a photo · built in 12 s`. */
function facts({ spec, rows }: RecallGroup): string {
  const { bytesPerVector, rerankBytesPerVector, trainMs } = rows[0]!;
  const held = Math.round(bytesPerVector);
  const twice = Math.round(rerankBytesPerVector);
  const words = [
    specDetail(spec),
    `${twice > 0 ? `${count(held)} + ` : ''}${bytes(twice > 0 ? twice : held)} a photo`,
  ];
  if (trainMs > 0) words.push(`built in ${duration(trainMs)}`);
  return words.filter(Boolean).join(' · ');
}
