import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import type { MeasureRow } from '../../../protocol/index.ts';
import { duration, effortText, percent } from '../../pure/settings/index-text.ts';
import {
  bestRows,
  type RecallGroup,
  recallGroups,
  recallPoints,
} from '../../pure/settings/recall-points.ts';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import { useWidth } from '../../state/hooks/use-width.ts';
import { t } from '../../text/t.ts';
import { muted } from '../figure.tsx';
import { RecallMark } from './recall-mark.tsx';
import { type PlotColors, plotData, plotOptions } from './recall-plot.ts';
import 'uplot/dist/uPlot.min.css';

interface Pointed {
  readonly place: number;
  readonly x: number;
  readonly y: number;
}

/** Recall against query time, one line per index; up and to the left is better. */
export default function RecallChart({ rows }: { rows: readonly MeasureRow[] }) {
  const groups = useMemo(() => recallGroups(rows), [rows]);
  const points = useMemo(() => recallPoints(groups), [groups]);
  const figure = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const scheme = useColorScheme();
  const [pointed, setPointed] = useState<Pointed | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colors read below
  useEffect(() => {
    if (!plot.current || !figure.current || width === 0) return;
    const chart = new uPlot(
      plotOptions({
        groups,
        points,
        width,
        colors: readColors(figure.current),
        onPoint: (place, x, y) => setPointed(place === null ? null : { place, x, y }),
      }),
      plotData(groups, points),
      plot.current,
    );
    return () => {
      setPointed(null);
      chart.destroy();
    };
  }, [groups, points, width, scheme]);

  const at = pointed && points[pointed.place];
  return (
    <figure className="recall" ref={figure}>
      <figcaption>{t.rich('index.chart', { muted })}</figcaption>
      <div
        className="recall-plot"
        ref={plot}
        role="img"
        aria-label={t('index.chartLabel', { summary: summary(groups) })}
      />
      {at && (
        <p
          className="tip recall-tip"
          style={{ left: pointed.x, top: pointed.y }}
          data-side={pointed.x > width / 2 ? 'left' : 'right'}
          aria-hidden="true"
        >
          <strong>{groups[at.group]?.name}</strong>
          <span>{effortText(at.row.search)}</span>
          <span>
            {t('index.point', { recall: percent(at.recall), time: duration(at.row.msMedian) })}
          </span>
        </p>
      )}
      <ul className="recall-legend" aria-hidden="true">
        {groups.map(({ key, kind, name, variant }) => (
          <li key={key}>
            <RecallMark kind={kind} hollow={variant > 0} /> {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Best recall of each index, with its query time. */
function summary(groups: readonly RecallGroup[]): string {
  return bestRows(groups)
    .map(({ name, row }) =>
      t('index.chartBest', {
        name,
        recall: percent(row.recall10),
        time: duration(row.msMedian),
      }),
    )
    .join(' ');
}

/** Reads the mark, text and line colors from CSS, in a form that canvas accepts. */
function readColors(figure: HTMLElement): PlotColors {
  const marks = figure.querySelectorAll('.recall-legend .recall-mark');
  const style = getComputedStyle(figure);
  return {
    groups: Array.from(marks, (mark) => getComputedStyle(mark).color),
    text: style.color,
    line: style.borderBottomColor,
    surface: style.backgroundColor,
    font: style.fontFamily,
  };
}
