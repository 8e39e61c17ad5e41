import type { Look } from '../gl/camera.ts';
import type { OverlayColors } from './overlay.ts';

/**
 * The theme's colors as the canvases need them. CSS resolves them: `map.css` sets each as a property
 * of the canvas.
 */
export function sceneColors(canvas: HTMLCanvasElement): [Look, OverlayColors] {
  const style = getComputedStyle(canvas);
  const colors = {
    text: style.color,
    surface: style.columnRuleColor,
    line: style.textEmphasisColor,
    accent: style.caretColor,
    background: style.textDecorationColor,
  };
  const look = {
    palette: new Float32Array(0),
    background: toRgb(colors.background),
    accent: toRgb(colors.accent),
    selecting: false,
  };
  return [look, colors];
}

function toRgb(color: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red / 255, green / 255, blue / 255];
}
