import { useEffect, useMemo, useRef } from 'react';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import type { Paint } from './plane.tsx';
import { drawColors, planeView } from './plane-scene.ts';
import { useSize } from './use-size.ts';

interface CloudProps {
  /** What there is to see, for those who don't. */
  label: string;
  /** (n × 2) Memoize them. */
  points: Float32Array;
  /** (m × 2) Points that the drawing has room for; by default these. */
  frame?: Float32Array;
  /** (n) points that stand out; none by default. Memoize it. */
  isLit?: (point: number) => boolean;
  /** Drawn below the points, and above. Memoize them. */
  paint?: Paint;
  paintOver?: Paint;
}

const DOT = 2.4;

/** Points anywhere, such as vectors seen from their center. */
export function Cloud({ label, points, frame = points, isLit, paint, paintOver }: CloudProps) {
  const scheme = useColorScheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const view = useMemo(() => size && planeView(frame, size), [frame, size]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colors
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!view || !element || !context) return;
    element.width = Math.round(view.width * devicePixelRatio);
    element.height = Math.round(view.height * devicePixelRatio);
    const colors = drawColors(element);
    context.scale(devicePixelRatio, devicePixelRatio);
    context.clearRect(0, 0, view.width, view.height);
    paint?.(context, view, colors);
    for (const lit of [false, true]) {
      context.fillStyle = lit ? colors.accent : colors.muted;
      context.globalAlpha = lit ? 0.8 : 0.4;
      context.beginPath();
      for (let i = 0; 2 * i < points.length; i++) {
        if ((isLit?.(i) ?? false) !== lit) continue;
        const [x, y] = [view.x(points[2 * i]!), view.y(points[2 * i + 1]!)];
        context.moveTo(x + DOT, y);
        context.arc(x, y, DOT, 0, 2 * Math.PI);
      }
      context.fill();
    }
    context.globalAlpha = 1;
    paintOver?.(context, view, colors);
  }, [view, points, isLit, paint, paintOver, scheme]);

  return (
    <div ref={box} className="lab-plane">
      <canvas ref={canvas} className="lab-canvas" role="img" aria-label={label} />
    </div>
  );
}
