import { useEffect, useMemo, useRef } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import { useLab } from '../state/lab-context.ts';
import { type DrawColors, drawColors, type PlaneView, planeView, rowAt } from './plane-scene.ts';
import { useSize } from './use-size.ts';

/** How a photo stands out. */
export interface PlaneMark {
  readonly id: PhotoId;
  readonly look: 'query' | 'found' | 'missed' | 'central';
}

/** What a chapter draws itself. */
export type Paint = (
  context: CanvasRenderingContext2D,
  view: PlaneView,
  colors: DrawColors,
) => void;

interface PlaneProps {
  /** What there is to see, for those who don't. */
  label: string;
  /** Drawn below the photos, such as cells or cuts. Memoize it. */
  paint?: Paint;
  /** Drawn above them. Memoize it. */
  paintOver?: Paint;
  /** (n) rows that stand out, such as those compared; all by default. */
  isLit?: (row: number) => boolean;
  /** Photos that stand out, the most important first. */
  marks: readonly PlaneMark[];
}

const DOT = 2.2;
const THUMB = 38;

/** The sample on the plane of its two first principal components, one dot for each photo. */
export function Plane({ label, paint, paintOver, isLit, marks }: PlaneProps) {
  const { sample, searchFor } = useLab();
  const scheme = useColorScheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const view = useMemo(() => size && planeView(sample.plane, size), [sample, size]);
  const rows = useMemo(() => new Map(Array.from(sample.ids, (id, row) => [id, row])), [sample]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colors
  useEffect(() => {
    if (!view || !canvas.current) return;
    const element = canvas.current;
    const ratio = devicePixelRatio;
    element.width = Math.round(view.width * ratio);
    element.height = Math.round(view.height * ratio);
    const context = element.getContext('2d');
    if (!context) return;
    const colors = drawColors(element);
    context.scale(ratio, ratio);
    context.clearRect(0, 0, view.width, view.height);
    paint?.(context, view, colors);
    for (const lit of [false, true]) {
      context.fillStyle = lit ? colors.accent : colors.muted;
      context.globalAlpha = lit ? 0.75 : isLit ? 0.3 : 0.55;
      context.beginPath();
      for (let row = 0; row < sample.ids.length; row++) {
        if ((isLit?.(row) ?? false) !== lit) continue;
        const x = view.x(sample.plane[2 * row]!);
        const y = view.y(sample.plane[2 * row + 1]!);
        context.moveTo(x + DOT, y);
        context.arc(x, y, DOT, 0, 2 * Math.PI);
      }
      context.fill();
    }
    context.globalAlpha = 1;
    for (const { id, look } of marks.toReversed()) {
      const row = rows.get(id);
      // Its thumbnail is enough.
      if (row === undefined || look === 'central') continue;
      context.beginPath();
      const reach = look === 'query' ? 6 : 4.5;
      context.arc(
        view.x(sample.plane[2 * row]!),
        view.y(sample.plane[2 * row + 1]!),
        reach,
        0,
        2 * Math.PI,
      );
      context.fillStyle = look === 'missed' ? colors.surface : colors.accent;
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = look === 'missed' ? colors.missed : colors.text;
      context.setLineDash(look === 'missed' ? [2, 2] : []);
      context.stroke();
      context.setLineDash([]);
    }
    paintOver?.(context, view, colors);
  }, [view, sample, rows, paint, paintOver, isLit, marks, scheme]);

  const thumbs = useMemo(
    () => (view ? placeThumbs(marks, rows, sample.plane, view) : []),
    [view, marks, rows, sample],
  );
  return (
    <div ref={box} className="lab-plane">
      {/* The row of photos below has buttons for the keyboard. */}
      <canvas
        ref={canvas}
        className="lab-canvas"
        role="img"
        aria-label={label}
        onClick={({ nativeEvent: { offsetX, offsetY } }) => {
          const row = view ? rowAt(sample, view, offsetX, offsetY) : -1;
          if (row >= 0) searchFor(sample.ids[row]!);
        }}
      />
      {thumbs.map(({ id, look, x, y }) => (
        <span
          key={`${look} ${id}`}
          className="lab-thumb"
          data-look={look}
          style={{ left: x, top: y }}
          aria-hidden="true"
        >
          <ThumbImage id={id} alt="" />
        </span>
      ))}
    </div>
  );
}

/** Thumbnails beside their dots, as long as they cover none before them. */
function placeThumbs(
  marks: readonly PlaneMark[],
  rows: ReadonlyMap<PhotoId, number>,
  plane: Float32Array,
  view: PlaneView,
) {
  const placed: (PlaneMark & { x: number; y: number })[] = [];
  for (const mark of marks) {
    const row = rows.get(mark.id);
    if (row === undefined) continue;
    const x = clamp(view.x(plane[2 * row]!), view.width);
    const y = clamp(view.y(plane[2 * row + 1]!) - THUMB / 2 - 8, view.height);
    const isFree = placed.every(
      (other) => Math.abs(other.x - x) >= THUMB + 2 || Math.abs(other.y - y) >= THUMB + 2,
    );
    if (isFree) placed.push({ ...mark, x, y });
  }
  return placed;
}

function clamp(at: number, length: number): number {
  return Math.max(THUMB / 2 + 2, Math.min(length - THUMB / 2 - 2, at));
}
