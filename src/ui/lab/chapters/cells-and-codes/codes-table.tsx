import type { LabAnswer } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import type { StripPhoto } from '../../frame/photo-strip.tsx';
import { significant } from '../../pure/significant.ts';
import type { Residuals } from './residuals.ts';

interface CodesTableProps {
  answer: LabAnswer | null;
  byCode: LabAnswer | null;
  residuals: Residuals | null;
  neighbours: readonly StripPhoto[];
}

/** The drawing's facts: cells with their residuals, both orders, or what became of neighbors. */
export function CodesTable({ answer, byCode, residuals, neighbours }: CodesTableProps) {
  if (residuals) {
    return (
      <FactsTable
        caption={t('lab.chapter.cellsAndCodes')}
        columns={[t('lab.cells.title'), t('lab.cells.photos'), t('lab.cellsAndCodes.residual')]}
        rows={byCell(residuals).map(({ photos, spread }, cell) => [
          t('lab.cells.cell', { cell: cell + 1 }),
          count(photos),
          photos > 0 ? significant(spread) : '',
        ])}
      />
    );
  }
  if (byCode && answer) {
    return (
      <FactsTable
        caption={t('lab.cellsAndCodes.reranked')}
        columns={[t('lab.rank'), t('lab.photo'), t('lab.cellsAndCodes.byCode')]}
        rows={Array.from(answer.ids, (id, rank) => [
          String(rank + 1),
          <PhotoLink key={id} id={id} />,
          count(byCode.ids.indexOf(id) + 1),
        ])}
      />
    );
  }
  return (
    <FactsTable
      caption={t('lab.chapter.cellsAndCodes')}
      columns={[t('lab.rank'), t('lab.photo'), t('lab.cells.state')]}
      rows={neighbours.map(({ id, note }, rank) => [
        String(rank + 1),
        <PhotoLink key={id} id={id} />,
        note ?? t('lab.found'),
      ])}
    />
  );
}

function byCell({ cellAt, points, centers }: Residuals) {
  const cells = Array.from({ length: centers.length / 2 }, () => ({ photos: 0, spread: 0 }));
  cellAt.forEach((cell, row) => {
    const held = cells[cell]!;
    held.photos++;
    held.spread += points[2 * row]! ** 2 + points[2 * row + 1]! ** 2;
  });
  return cells.map(({ photos, spread }) => ({ photos, spread: spread / photos }));
}
