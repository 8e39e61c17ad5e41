import { type ReactNode, useRef } from 'react';
import { type ChartAxis, placeOn, ticksOf } from './chart-scale.ts';
import { useSize } from './use-size.ts';
import './chart.css';

type Point = readonly [x: number, y: number];

export interface ChartSeries {
  readonly name: string;
  /** Its color. */
  readonly look: 'accent' | 'text' | 'muted' | 'missed';
  readonly points: readonly Point[];
  /** How the points are connected; not at all by default. */
  readonly line?: 'solid' | 'dashed';
  /** Radius of a point, in pixels; 0 shows none. Default 3.5. */
  readonly dot?: number;
}

interface ChartProps {
  /** What there is to see, for those who don't. */
  label: string;
  x: ChartAxis;
  y: ChartAxis;
  /** Those in front last. */
  series: readonly ChartSeries[];
  /** A level to compare with. */
  guide?: { readonly y: number; readonly text: string };
}

const LEFT = 18;
/** Width of a character of a mark, nearly. */
const CHARACTER = 6.6;
const RIGHT = 26;
/** The name of the vertical axis is above it. */
const TOP = 28;
const BOTTOM = 40;

/** Points and lines between two axes. */
export function Chart({ label, x, y, series, guide }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div className="lab-chart">
      <ul className="chart-legend" aria-hidden="true">
        {series.map(({ name, look, line }) => (
          <li key={name} data-look={look} data-line={line}>
            {name}
          </li>
        ))}
      </ul>
      <div ref={box} className="lab-chart-plot" role="img" aria-label={label}>
        {size && size.width > 4 * LEFT && size.height > TOP + BOTTOM && (
          <Plot {...size} x={x} y={y} series={series} {...(guide && { guide })} />
        )}
      </div>
    </div>
  );
}

interface PlotProps extends Omit<ChartProps, 'label'> {
  width: number;
  height: number;
}

function Plot({ width, height, x, y, series, guide }: PlotProps): ReactNode {
  const [right, bottom] = [width - RIGHT, height - BOTTOM];
  const marks = ticksOf(y, Math.max(2, Math.floor(height / 44)));
  const left = LEFT + CHARACTER * Math.max(...marks.map((tick) => y.text(tick).length));
  const atX = (value: number) => left + placeOn(x, value) * (right - left);
  const atY = (value: number) => bottom - placeOn(y, value) * (bottom - TOP);
  return (
    <svg width={width} height={height} aria-hidden="true">
      {marks.map((tick) => (
        <g key={tick}>
          <line className="lab-chart-grid" x1={left} x2={right} y1={atY(tick)} y2={atY(tick)} />
          <text x={left - 6} y={atY(tick) + 4} textAnchor="end">
            {y.text(tick)}
          </text>
        </g>
      ))}
      {ticksOf(x, Math.max(2, Math.floor((right - left) / roomOf(x)))).map((tick) => (
        <text
          key={tick}
          x={atX(tick)}
          y={bottom + 16}
          textAnchor={atX(tick) + roomOf(x) / 2 - 12 > width ? 'end' : 'middle'}
        >
          {x.text(tick)}
        </text>
      ))}
      <text className="lab-chart-name" x={right} y={height - 6} textAnchor="end">
        {x.label}
      </text>
      <text className="lab-chart-name" x={LEFT + 2} y={14}>
        {y.label}
      </text>
      {guide && (
        <g className="lab-chart-guide">
          <line x1={left} x2={right} y1={atY(guide.y)} y2={atY(guide.y)} />
          <text x={left + 6} y={atY(guide.y) - 5}>
            {guide.text}
          </text>
        </g>
      )}
      {series.map(({ name, look, points, line, dot = 3.5 }) => (
        <g key={name} className="lab-series" data-look={look}>
          {line && (
            <polyline
              data-line={line}
              points={points.map(([a, b]) => `${atX(a)},${atY(b)}`).join(' ')}
            />
          )}
          {dot > 0 && (
            <path
              d={points.map(([a, b]) => `M${atX(a)},${atY(b)}h0`).join('')}
              strokeWidth={2 * dot}
            />
          )}
        </g>
      ))}
    </svg>
  );
}

/** Pixels that a mark of an axis needs from the middle of the one before, at least. */
function roomOf({ from, to, text }: ChartAxis): number {
  return CHARACTER * Math.max(text(from).length, text(to).length, 4) + 24;
}
