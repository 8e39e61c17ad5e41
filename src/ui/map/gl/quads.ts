import { type Camera, type Look, setCamera } from './camera.ts';
import { activate, createProgram, uniformsOf } from './program.ts';
import FRAGMENT from './quads.frag.glsl?raw';
import VERTEX from './quads.vert.glsl?raw';

/** Floats per thumbnail: see `Quads.set`. */
export const QUAD_FLOATS = 9;
/** Thumbnails per frame at most. */
export const MOST_QUADS = 1000;
/** Seconds in which a thumbnail appears. */
export const FADE = 0.16;

/** Photos as instanced, textured squares with round corners and a border in their color. */
export class Quads {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #uniform: (name: string) => WebGLUniformLocation | null;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  #count = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniform = uniformsOf(gl, this.#program);
    this.#array = gl.createVertexArray();
    this.#buffer = gl.createBuffer();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    const stride = 4 * QUAD_FLOATS;
    gl.bufferData(gl.ARRAY_BUFFER, MOST_QUADS * stride, gl.DYNAMIC_DRAW);
    for (const [place, length, offset] of [
      [0, 4, 0],
      [1, 4, 16],
      [2, 1, 32],
    ] as const) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, length, gl.FLOAT, false, stride, offset);
      gl.vertexAttribDivisor(place, 1);
    }
    gl.bindVertexArray(null);
  }

  /**
   * Replaces the thumbnails; the last is on top.
   *
   * @param data (count × QUAD_FLOATS) x and y on the map; place in the palette; 1 if selected, plus 2
   *   for the mark of a cluster; left, top and side of its cell in the texture; the texture, 0 to 2;
   *   the time in seconds at which it appears
   */
  set(data: Float32Array, count: number): void {
    const gl = this.#gl;
    this.#count = count;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, data, 0, count * QUAD_FLOATS);
  }

  /**
   * @param sizes sides in CSS pixels
   * @param time in seconds
   */
  draw(
    camera: Camera,
    look: Look,
    textures: readonly WebGLTexture[],
    sizes: { readonly thumb: number; readonly mark: number; readonly border: number },
    time: number,
  ): void {
    if (this.#count === 0) return;
    const gl = this.#gl;
    activate(gl, this.#program);
    gl.bindVertexArray(this.#array);
    setCamera(gl, this.#uniform, camera);
    for (const [unit, name] of ['u_small', 'u_medium', 'u_large'].entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, textures[unit]!);
      gl.uniform1i(this.#uniform(name), unit);
    }
    gl.uniform1f(this.#uniform('u_size'), sizes.thumb * camera.ratio);
    gl.uniform1f(this.#uniform('u_markSize'), sizes.mark * camera.ratio);
    gl.uniform1f(this.#uniform('u_border'), sizes.border * camera.ratio);
    gl.uniform1f(this.#uniform('u_ratio'), camera.ratio);
    gl.uniform1f(this.#uniform('u_time'), time);
    gl.uniform1f(this.#uniform('u_fade'), FADE);
    gl.uniform1i(this.#uniform('u_selecting'), look.selecting ? 1 : 0);
    gl.uniform3fv(this.#uniform('u_palette'), look.palette);
    gl.uniform3fv(this.#uniform('u_accent'), look.accent);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#count);
    gl.bindVertexArray(null);
  }

  dispose(): void {
    this.#gl.deleteProgram(this.#program);
    this.#gl.deleteVertexArray(this.#array);
    this.#gl.deleteBuffer(this.#buffer);
  }
}
