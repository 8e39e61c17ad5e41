import { useRef } from 'react';
import { ThumbImage } from '../../../parts/grid/tile.tsx';
import { t } from '../../../text/t.ts';
import { useSize } from '../../draw/use-size.ts';
import type { CodeDistances } from './buckets.ts';

const THUMB = 38;
/** Height left for the axis. */
const AXIS = 26;

/** How many photos lie at each Hamming distance, with the true neighbors above them. */
export function CodeDistanceBars({ distances }: { distances: CodeDistances }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { bits, counts, neighbours, collisions } = distances;
  const most = Math.max(...counts);
  const column = (distance: number) => (100 * (distance + 0.5)) / (bits + 1);
  const stacked = new Map<number, number>();
  return (
    <div
      ref={box}
      className="lab-plane hash-bars"
      role="img"
      aria-label={t('lab.hashing.barsLabel', { count: collisions })}
    >
      {counts.map((count, distance) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the distance is the key
          key={distance}
          className="hash-bar"
          style={{
            left: `${(100 * distance) / (bits + 1)}%`,
            width: `${100 / (bits + 1)}%`,
            height: `calc((100% - ${AXIS + 60}px) * ${count / most})`,
          }}
        />
      ))}
      {size &&
        neighbours.map(({ id, distance }) => {
          const level = stacked.get(distance) ?? 0;
          stacked.set(distance, level + 1);
          const room = Math.floor((size.height - AXIS - THUMB) / (THUMB / 2));
          return (
            <span
              key={id}
              className="lab-thumb"
              data-look="found"
              style={{
                left: `clamp(20px, ${column(distance)}%, calc(100% - 20px))`,
                top: size.height - AXIS - THUMB / 2 - 4 - Math.min(level, room) * (THUMB / 2),
              }}
            >
              <ThumbImage id={id} alt="" />
            </span>
          );
        })}
      <span className="hash-axis">
        {[0, bits / 4, bits / 2, (3 * bits) / 4, bits].map((distance) => (
          <span key={distance} style={{ left: `${column(distance)}%` }}>
            {distance}
          </span>
        ))}
      </span>
      <span className="hash-axis-name">{t('lab.hashing.barsTitle')}</span>
    </div>
  );
}
