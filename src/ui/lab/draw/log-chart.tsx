import { type ReactNode, useRef } from 'react';
import type { IndexKind } from '../../../protocol/index.ts';
import { MARK_PATHS } from '../../panels/indexing/recall-mark.tsx';
import { percent } from '../../pure/settings/index-text.ts';
import { type ChartScale, chartScale, logMarks, shareMarks } from './log-scale.ts';
import { useSize } from './use-size.ts';
import '../../panels/indexing/recall.css';
import './log-chart.css';

/** The line of an index type. */
export interface ChartSeries {
  readonly key: string;
  readonly kind: IndexKind;
  /** For a second line of the same type. */
  readonly isHollow: boolean;
  /** `y` is a share, in [0, 1]. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Points without marks, where there are many. */
  readonly isPlain?: boolean;
}

interface LogChartProps {
  /** What there is to see, for those who don't. */
  label: string;
  xTitle: string;
  yTitle: string;
  xText: (x: number) => string;
  series: readonly ChartSeries[];
  /** Ends of the x axis. */
  from: number;
  to: number;
  /** Lower end of the y axis. */
  floor: number;
  /** Drawn above it. */
  children?: (scale: ChartScale) => ReactNode;
}

/** Shares, such as recall, over a logarithmic axis. */
export function LogChart(props: LogChartProps) {
  const { label, xTitle, yTitle, xText, series, from, to, floor, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const scale = size && chartScale({ ...size, from, to, floor });
  return (
    <div ref={box} className="lab-chart">
      {scale && (
        <svg width={scale.width} height={scale.height} role="img" aria-label={label}>
          {shareMarks(floor).map((y) => (
            <g key={y}>
              <line x1={scale.left} x2={scale.right} y1={scale.y(y)} y2={scale.y(y)} />
              <text x={scale.left - 6} y={scale.y(y)} dy="0.35em" textAnchor="end">
                {percent(y)}
              </text>
            </g>
          ))}
          {logMarks(from, to, Math.max(2, Math.floor((scale.right - scale.left) / 64))).map((x) => (
            <g key={x}>
              <line x1={scale.x(x)} x2={scale.x(x)} y1={scale.top} y2={scale.bottom} />
              <text x={scale.x(x)} y={scale.bottom + 16} textAnchor="middle">
                {xText(x)}
              </text>
            </g>
          ))}
          <text x={scale.right} y={scale.bottom + 33} textAnchor="end">
            {xTitle}
          </text>
          <text x={4} y={12}>
            {yTitle}
          </text>
          {series.map(({ key, kind, isHollow, points, isPlain }) => (
            <g
              key={key}
              className="recall-mark"
              data-kind={kind}
              data-hollow={isHollow || undefined}
            >
              <polyline
                className="lab-chart-line"
                points={points.map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(' ')}
              />
              {!isPlain &&
                points.map(({ x, y }, i) => (
                  <path
                    // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal
                    key={i}
                    className="lab-chart-mark"
                    d={MARK_PATHS[kind]}
                    transform={`translate(${scale.x(x)} ${scale.y(y)})`}
                  />
                ))}
            </g>
          ))}
        </svg>
      )}
      {scale && children?.(scale)}
    </div>
  );
}
