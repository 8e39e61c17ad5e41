import { useEffect, useRef, useState } from 'react';
import type { TeachingMaps } from '../../../protocol/index.ts';
import { MOST_HUES, paletteOf } from '../../map/pure/colors.ts';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import { t } from '../../text/t.ts';

type Side = 'before' | 'after';

/** Milliseconds that photos take to their other place. */
const MOVE_MS = 700;
/** CSS pixels of a point's radius. */
const RADIUS = 3.5;

/**
 * Where photos that Akin didn't learn from lie before and after, in the colors of their items: what
 * belongs together should come together.
 */
export function TeachingMapsFigure({ maps }: { maps: TeachingMaps }) {
  const [side, setSide] = useState<Side>('before');
  const canvas = useRef<HTMLCanvasElement>(null);
  /** 0 before, 1 after. */
  const share = useRef(0);
  const theme = useColorScheme();
  useEffect(() => {
    const target = side === 'after' ? 1 : 0;
    const from = share.current;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || from === target;
    const started = performance.now();
    let frame = 0;
    const draw = (now: number) => {
      const time = isStill ? 1 : Math.min(1, (now - started) / MOVE_MS);
      // Slow at both ends.
      share.current = from + (target - from) * time * time * (3 - 2 * time);
      if (canvas.current) drawPoints(canvas.current, maps, share.current, paletteOf(theme, false));
      if (time < 1) frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    const redraw = () => draw(Number.POSITIVE_INFINITY);
    addEventListener('resize', redraw);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('resize', redraw);
    };
  }, [side, maps, theme]);
  return (
    <figure className="teach-maps" data-testid="teach-maps">
      <fieldset className="segments">
        <legend className="visually-hidden">{t('teach.maps')}</legend>
        {(['before', 'after'] as const).map((each) => (
          <label key={each} className="segment">
            <input
              type="radio"
              name="teach-map"
              value={each}
              checked={side === each}
              onChange={() => setSide(each)}
            />
            <span>{t(`teach.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t(`teach.mapOf.${side}`, { count: maps.ids.length })}
      />
      <figcaption className="muted">{t('teach.mapsHint', { count: maps.ids.length })}</figcaption>
    </figure>
  );
}

/** @param share of the way from before to after */
function drawPoints(
  canvas: HTMLCanvasElement,
  { before, after, groups }: TeachingMaps,
  share: number,
  palette: readonly string[],
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  const side = Math.min(width, height);
  const place = (at: number, extent: number) => (at - 0.5) * side + extent / 2;
  // Others first, so that they cover none of the colored ones.
  for (const colored of [false, true]) {
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i]!;
      if (group < MOST_HUES !== colored) continue;
      const x = before[2 * i]! + (after[2 * i]! - before[2 * i]!) * share;
      const y = before[2 * i + 1]! + (after[2 * i + 1]! - before[2 * i + 1]!) * share;
      context.fillStyle = palette[colored ? group + 1 : 0]!;
      context.beginPath();
      context.arc(place(x, width), place(y, height), RADIUS, 0, 2 * Math.PI);
      context.fill();
    }
  }
}
