import type uPlot from 'uplot';
import { duration, percent } from '../../pure/settings/index-text.ts';
import {
  type RecallGroup,
  type RecallPoint,
  recallFloor,
  timeMarks,
} from '../../pure/settings/recall-points.ts';
import { MARK_PATHS } from './recall-mark.tsx';

export interface PlotColors {
  /** One per group. */
  readonly groups: readonly string[];
  readonly text: string;
  readonly line: string;
  readonly surface: string;
  readonly font: string;
}

interface PlotInput {
  readonly groups: readonly RecallGroup[];
  readonly points: readonly RecallPoint[];
  /** In CSS pixels. */
  readonly width: number;
  readonly colors: PlotColors;
  /** Index of the hovered point and where it is drawn; `null` for none. */
  readonly onPoint: (place: number | null, x: number, y: number) => void;
}

const HEIGHT = 250;
/** Hover radius of a point, in pixels. */
const NEAR = 28;
/** Padding at both ends of the time axis, as a factor. */
const ROOM = 1.35;

/** The points as uPlot data: all times, then the recall of each group at its own times. */
export function plotData(
  groups: readonly RecallGroup[],
  points: readonly RecallPoint[],
): uPlot.AlignedData {
  return [
    points.map(({ ms }) => ms),
    ...groups.map((_, group) =>
      points.map((point) => (point.group === group ? point.recall : null)),
    ),
  ];
}

export function plotOptions(input: PlotInput): uPlot.Options {
  const { groups, points, width, colors } = input;
  const floor = recallFloor(points);
  const axis: uPlot.Axis = {
    stroke: colors.text,
    font: `12px ${colors.font}`,
    grid: { stroke: colors.line, width: 1 },
    ticks: { show: false },
    gap: 6,
  };
  return {
    width,
    height: HEIGHT,
    padding: [10, 14, 0, 0],
    legend: { show: false },
    cursor: {
      x: false,
      y: false,
      points: { show: false },
      drag: { x: false, y: false, setScale: false },
    },
    scales: {
      x: {
        time: false,
        distr: 3,
        range: (_, from, to) => [from / ROOM, to * ROOM],
      },
      // Leave half a mark of space above 100 %.
      y: { range: () => [floor, 1 + (1 - floor) * 0.035] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        splits: (_, __, from, to) => timeMarks(from, to),
        filter: (_, splits) => thinned(splits, width),
        values: (_, splits) => splits.map((ms) => (ms === null ? '' : duration(ms))),
      },
      {
        ...axis,
        size: 46,
        splits: () => recallMarks(floor),
        values: (_, splits) => splits.map((recall) => percent(recall)),
      },
    ],
    series: [
      {},
      ...groups.map((group, i): uPlot.Series => {
        const color = colors.groups[i] ?? colors.text;
        return {
          stroke: color,
          width: 2,
          spanGaps: true,
          dash: group.variant > 0 ? [5, 4] : [],
          points: { show: drawMarks(group, color, colors.surface) },
        };
      }),
    ],
    hooks: { setCursor: [pointing(input)] },
  };
}

/** Draws the marks of a group in the shape of its type: color alone is not accessible. */
function drawMarks(group: RecallGroup, color: string, surface: string) {
  const path = new Path2D(MARK_PATHS[group.kind]);
  return (u: uPlot, series: number): boolean => {
    const { ctx } = u;
    const values = u.data[series] ?? [];
    values.forEach((recall, place) => {
      if (recall === null || recall === undefined) return;
      ctx.save();
      ctx.translate(u.valToPos(u.data[0][place] ?? 0, 'x', true), u.valToPos(recall, 'y', true));
      ctx.scale(devicePixelRatio, devicePixelRatio);
      ctx.setLineDash([]);
      ctx.lineWidth = 3;
      ctx.strokeStyle = surface;
      ctx.stroke(path);
      ctx.fillStyle = group.variant > 0 ? surface : color;
      ctx.fill(path);
      if (group.variant > 0) {
        ctx.lineWidth = 1.5;
        ctx.strokeStyle = color;
        ctx.stroke(path);
      }
      ctx.restore();
    });
    return false;
  };
}

/** Finds the point nearest to the pointer and reports its position within the figure. */
function pointing({ points, onPoint }: PlotInput) {
  let last: number | null = null;
  return (u: uPlot): void => {
    const { left = -1, top = -1 } = u.cursor;
    let nearest: number | null = null;
    let least = NEAR;
    points.forEach(({ ms, recall }, place) => {
      if (left < 0 || top < 0) return;
      const distance = Math.hypot(u.valToPos(ms, 'x') - left, u.valToPos(recall, 'y') - top);
      if (distance < least) {
        least = distance;
        nearest = place;
      }
    });
    if (nearest === last) return;
    last = nearest;
    const point = nearest === null ? undefined : points[nearest];
    if (!point) onPoint(null, 0, 0);
    else {
      const x = u.over.offsetLeft + u.valToPos(point.ms, 'x');
      onPoint(nearest, x, u.over.offsetTop + u.valToPos(point.recall, 'y'));
    }
  };
}

function recallMarks(floor: number): number[] {
  const step = floor >= 0.75 ? 0.05 : floor >= 0.5 ? 0.1 : 0.2;
  const marks: number[] = [];
  for (let mark = 1; mark >= floor - 1e-9; mark -= step) marks.unshift(Number(mark.toFixed(2)));
  return marks;
}

/** Thins out the tick labels to fit, keeping one or two per power of ten. */
function thinned(splits: readonly number[], width: number): (number | null)[] {
  const most = Math.max(3, Math.floor(width / 62));
  if (splits.length <= most) return [...splits];
  const every = Math.ceil(splits.length / most);
  return splits.map((split, i) => (i % every === 0 ? split : null));
}
