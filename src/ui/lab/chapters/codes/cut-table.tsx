import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { decimals } from '../../pure/decimals.ts';

interface CutTableProps {
  vector: Float32Array;
  pieces: number;
}

/** The sub-vectors as numbers. */
export function CutTable({ vector, pieces }: CutTableProps) {
  const length = vector.length / pieces;
  return (
    <FactsTable
      caption={t('lab.pq.cut', { count: pieces })}
      columns={[t('lab.pq.partName'), t('lab.pq.components')]}
      rows={Array.from({ length: pieces }, (_, m) => [
        count(m + 1),
        Array.from(vector.subarray(m * length, (m + 1) * length), (x) => decimals(x, 3)).join(' '),
      ])}
    />
  );
}
