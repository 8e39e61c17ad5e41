import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import type { CellsOnPlane } from './cells.ts';

/** The drawing's facts: each cell with its photos. */
export function CellTable({ cells }: { cells: CellsOnPlane }) {
  const { sizes, centralOf, opened } = cells;
  return (
    <FactsTable
      caption={t('lab.chapter.cells')}
      columns={[
        t('lab.cells.title'),
        t('lab.cells.central'),
        t('lab.cells.photos'),
        t('lab.cells.state'),
      ]}
      rows={sizes.map((size, cell) => {
        const central = centralOf.get(cell);
        return [
          t('lab.cells.cell', { cell: cell + 1 }),
          central === undefined ? null : <PhotoLink key="central" id={central} />,
          count(size),
          t(opened.has(cell) ? 'lab.cells.isOpened' : 'lab.cells.isClosed'),
        ];
      })}
    />
  );
}
