import type { Pixels, View } from '../pure/view.ts';

/** What a frame looks at. */
export interface Camera {
  readonly view: View;
  /** CSS pixels. */
  readonly size: Pixels;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** Sets the uniforms of `CAMERA`. */
export function setCamera(
  gl: WebGL2RenderingContext,
  uniform: (name: string) => WebGLUniformLocation | null,
  { view, ratio }: Camera,
): void {
  gl.uniform2f(uniform('u_center'), view.x, view.y);
  gl.uniform1f(uniform('u_scale'), view.scale * ratio);
  gl.uniform2f(uniform('u_canvas'), gl.drawingBufferWidth, gl.drawingBufferHeight);
}

/** A palette as the uniform array that both programs read. */
export interface Look {
  /** (PALETTE_SIZE × 3) */
  readonly palette: Float32Array;
  readonly background: readonly [number, number, number];
  readonly accent: readonly [number, number, number];
  /** What isn't selected is greyed. */
  readonly selecting: boolean;
}
