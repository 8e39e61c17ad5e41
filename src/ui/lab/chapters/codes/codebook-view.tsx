import type { LabCodebook, PhotoId } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';

interface CodebookProps {
  book: LabCodebook;
  photo: PhotoId;
  /** The true neighbors, whose codes `book.codes` are. */
  truth: Uint32Array;
}

/** Centroids of a sub-vector as the photos nearest to them, and who uses them. */
export function CodebookView({ book, photo, truth }: CodebookProps) {
  return (
    <ol
      className="lab-centroids"
      aria-label={t('lab.pq.centroidsShown', {
        count: book.centroids.length,
        total: book.ksub,
        m: book.m + 1,
      })}
    >
      {book.centroids.map(({ number, nearest }) => {
        const users = usersOf(book, photo, truth, number);
        return (
          <li key={number} data-used={users.includes(photo) || undefined}>
            <p>{t('lab.pq.centroid', { number })}</p>
            <div className="lab-centroid-photos">
              {Array.from(nearest, (id) => (
                <PhotoLink key={id} id={id} />
              ))}
            </div>
            <p className="muted">{usersText(users, photo)}</p>
          </li>
        );
      })}
    </ol>
  );
}

export function CodebookTable({ book, photo, truth }: CodebookProps) {
  return (
    <FactsTable
      caption={t('lab.pq.centroidsShown', {
        count: book.centroids.length,
        total: book.ksub,
        m: book.m + 1,
      })}
      columns={[
        t('lab.pq.centroidName'),
        t('lab.pq.distance'),
        t('lab.pq.size'),
        t('lab.pq.nearest'),
        t('lab.pq.usedBy'),
      ]}
      rows={book.centroids.map(({ number, l2sq, size, nearest }) => [
        String(number),
        l2sq.toPrecision(2),
        count(size),
        Array.from(nearest, (id) => t('lab.photoNumber', { id: String(id) })).join(', '),
        usersText(usersOf(book, photo, truth, number), photo),
      ])}
    />
  );
}

/** The photo and its true neighbors whose codes have the centroid. */
function usersOf(
  { code, codes }: LabCodebook,
  photo: PhotoId,
  truth: Uint32Array,
  number: number,
): readonly PhotoId[] {
  const near = Array.from(truth).filter((_, i) => codes[i] === number);
  return code === number ? [photo, ...near] : near;
}

function usersText(users: readonly PhotoId[], photo: PhotoId): string {
  const near = users.filter((id) => id !== photo).length;
  if (users.length > near) return t('lab.pq.usedByPhoto', { count: near });
  return t('lab.pq.usedByNear', { count: near });
}
