import { useEffect, useRef } from 'react';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import { drawColors } from './plane-scene.ts';
import { useSize } from './use-size.ts';

interface VectorBarsProps {
  /** What there is to see, for those who don't. */
  label: string;
  /** Vectors, one above the other, to one scale. Memoize them. */
  vectors: readonly Float32Array[];
  /** (d) whether a component stands out; all do by default. Memoize it. */
  isMarked?: (component: number) => boolean;
  /** Equal pieces that the vectors are cut into. */
  pieces?: number;
}

const MARGIN = 14;

/** The components of vectors as bars, positive ones up. */
export function VectorBars({ label, vectors, isMarked, pieces = 1 }: VectorBarsProps) {
  const scheme = useColorScheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colors
  useEffect(() => {
    const element = canvas.current;
    if (!size || !element) return;
    const { width, height } = size;
    element.width = Math.round(width * devicePixelRatio);
    element.height = Math.round(height * devicePixelRatio);
    const context = element.getContext('2d');
    if (!context) return;
    const colors = drawColors(element);
    context.scale(devicePixelRatio, devicePixelRatio);
    const d = vectors[0]!.length;
    const step = (width - 2 * MARGIN) / d;
    const each = height / vectors.length;
    for (let piece = 0; piece < pieces && pieces > 1; piece += 2) {
      context.fillStyle = colors.soft;
      context.fillRect(MARGIN + (piece * d * step) / pieces, 0, (d * step) / pieces, height);
    }
    const largest = Math.max(...vectors.flatMap((vector) => Array.from(vector, Math.abs))) || 1;
    const scale = (each / 2 - MARGIN) / largest;
    vectors.forEach((vector, row) => {
      const zero = (row + 0.5) * each;
      for (const marked of [false, true]) {
        context.fillStyle = marked ? colors.accent : colors.muted;
        context.globalAlpha = marked ? 1 : 0.5;
        for (let i = 0; i < d; i++) {
          if ((isMarked?.(i) ?? true) !== marked) continue;
          const from = zero - Math.max(0, vector[i]!) * scale;
          const length = Math.max(0.5, Math.abs(vector[i]!) * scale);
          context.fillRect(MARGIN + i * step, from, Math.max(0.6, 0.78 * step), length);
        }
      }
      context.globalAlpha = 1;
      context.fillStyle = colors.line;
      context.fillRect(MARGIN, zero - 0.5, d * step, 1);
    });
  }, [size, vectors, isMarked, pieces, scheme]);
  return (
    <div ref={box} className="lab-plane">
      <canvas ref={canvas} className="lab-canvas lab-still" role="img" aria-label={label} />
    </div>
  );
}
