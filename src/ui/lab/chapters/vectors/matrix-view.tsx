import type { CSSProperties } from 'react';
import type { PhotoId } from '../../../../protocol/index.ts';
import { ThumbImage } from '../../../parts/grid/tile.tsx';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { decimals } from '../../pure/decimals.ts';

interface MatrixProps {
  photos: readonly PhotoId[];
  /** (photos × photos) */
  similarities: Float32Array;
}

/** How far photos are from one another: the darker, the nearer. */
export function MatrixView({ photos, similarities }: MatrixProps) {
  const n = photos.length;
  const distances = Array.from(similarities, (each) => 1 - each);
  const most = Math.max(...distances);
  const size = { '--photos': n } as CSSProperties;
  return (
    <div
      className="lab-matrix"
      style={size}
      role="img"
      aria-label={t('lab.vectors.matrix', { count: n })}
    >
      <span />
      {photos.map((id) => (
        <Thumb key={id} id={id} />
      ))}
      {photos.map((row, i) => [
        <Thumb key={row} id={row} />,
        ...photos.map((column, j) => {
          const nearness = Math.min(1, Math.max(0, 1 - distances[i * n + j]! / most));
          return (
            <span
              key={`${row} ${column}`}
              className="lab-matrix-cell"
              style={{ '--near': `${Math.round(100 * nearness)}%` } as CSSProperties}
            />
          );
        }),
      ])}
    </div>
  );
}

function Thumb({ id }: { id: PhotoId }) {
  return (
    <span className="lab-matrix-photo">
      <ThumbImage id={id} alt="" />
    </span>
  );
}

/** Each pair once: a square of numbers would be wider than a phone. */
export function MatrixTable({ photos, similarities }: MatrixProps) {
  const n = photos.length;
  const pairs = photos.flatMap((a, i) =>
    photos.slice(i + 1).map((b, j) => ({ a, b, distance: 1 - similarities[i * n + i + 1 + j]! })),
  );
  return (
    <FactsTable
      caption={t('lab.vectors.matrix', { count: n })}
      columns={[t('lab.photo'), t('lab.vectors.otherPhoto'), t('lab.vectors.distance')]}
      rows={pairs.map(({ a, b, distance }) => [
        <PhotoLink key="a" id={a} />,
        <PhotoLink key="b" id={b} />,
        decimals(distance, 3),
      ])}
    />
  );
}
