import { useRef } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { count } from '../../pure/format.ts';
import { useSize } from './use-size.ts';
import './ladder.css';

interface LadderProps {
  label: string;
  /** Titles of both orders. */
  titles: readonly [before: string, after: string];
  /** Best first; `before` may be longer: only as many as there are after are shown. */
  before: readonly PhotoId[];
  after: readonly PhotoId[];
}

/** Two orders of photos, with lines between the places of each. */
export function Ladder({ label, titles, before, after }: LadderProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const shown = before.slice(0, after.length);
  const step = size ? Math.min(84, size.width / Math.max(1, after.length)) : 0;
  const place = (rank: number) => (rank + 0.5) * step;
  return (
    <div className="ladder" role="img" aria-label={label}>
      <p>{titles[0]}</p>
      <Row photos={shown} step={step} isKept={(id) => after.includes(id)} />
      <div ref={box} className="ladder-lines">
        {size && (
          <svg width={size.width} height={size.height} aria-hidden="true">
            {after.map((id, to) => {
              const from = before.indexOf(id);
              if (from < 0) return null;
              const isNew = from >= shown.length;
              const start = isNew ? place(to) : place(from);
              return isNew ? (
                <text key={id} x={start} y={size.height - 6} textAnchor="middle">
                  {`↑${count(from + 1)}`}
                </text>
              ) : (
                <line
                  key={id}
                  data-moved={from !== to || undefined}
                  x1={start}
                  y1={0}
                  x2={place(to)}
                  y2={size.height}
                />
              );
            })}
          </svg>
        )}
      </div>
      <Row photos={after} step={step} isKept={() => true} />
      <p>{titles[1]}</p>
    </div>
  );
}

interface RowProps {
  photos: readonly PhotoId[];
  step: number;
  isKept: (id: PhotoId) => boolean;
}

function Row({ photos, step, isKept }: RowProps) {
  return (
    <ol style={{ height: Math.max(0, step - 4) }}>
      {photos.map((id) => (
        <li key={id} data-kept={isKept(id)} style={{ width: step - 4 }}>
          <ThumbImage id={id} alt="" />
        </li>
      ))}
    </ol>
  );
}
