import { type Camera, type Look, setCamera } from './camera.ts';
import { CAMERA, createProgram, PALETTE_SIZE, uniformsOf } from './program.ts';

/** Floats per thumbnail: see `Quads.set`. */
export const QUAD_FLOATS = 9;
/** Thumbnails per frame at most. */
export const MOST_QUADS = 1000;
/** Seconds in which a thumbnail appears. */
export const FADE = 0.16;

const VERTEX = `
precision highp float;
layout(location = 0) in vec4 a_place;
layout(location = 1) in vec4 a_cell;
layout(location = 2) in float a_born;
uniform float u_size;
uniform float u_markSize;
uniform float u_time;
uniform bool u_selecting;
uniform vec3 u_palette[${PALETTE_SIZE}];
uniform vec3 u_accent;
out vec2 v_uv;
out vec2 v_at;
out float v_half;
flat out float v_level;
out vec4 v_border;
out float v_alpha;
flat out float v_grey;
${CAMERA}
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  bool isMark = a_place.w >= 2.0;
  bool selected = mod(a_place.w, 2.0) >= 1.0;
  float side = isMark ? u_markSize : u_size;
  v_half = side * 0.5;
  // A pixel around it for smooth edges.
  v_at = (corner - 0.5) * (side + 2.0);
  v_uv = a_cell.xy + a_cell.z * clamp(v_at / side + 0.5, 0.0, 1.0);
  v_level = a_cell.w;
  gl_Position = toClip(a_place.xy, v_at);
  v_border = vec4(u_palette[int(a_place.z + 0.5)], a_place.z < 0.5 && !isMark ? 0.0 : 1.0);
  v_alpha = clamp((u_time - a_born) / ${FADE}, 0.0, 1.0);
  v_grey = 0.0;
  if (u_selecting && selected) v_border = vec4(u_accent, 1.0);
  if (u_selecting && !selected) {
    v_border = vec4(0.0);
    v_alpha *= 0.4;
    v_grey = 0.85;
  }
}`;

const FRAGMENT = `
precision highp float;
in vec2 v_uv;
in vec2 v_at;
in float v_half;
flat in float v_level;
in vec4 v_border;
in float v_alpha;
flat in float v_grey;
uniform sampler2D u_small;
uniform sampler2D u_medium;
uniform sampler2D u_large;
uniform float u_border;
uniform float u_ratio;
out vec4 color;
void main() {
  float radius = min(6.0 * u_ratio, v_half * 0.28);
  vec2 q = abs(v_at) - (v_half - radius);
  float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
  vec2 dx = dFdx(v_uv);
  vec2 dy = dFdy(v_uv);
  vec3 picture;
  if (v_level < 0.5) picture = textureGrad(u_small, v_uv, dx, dy).rgb;
  else if (v_level < 1.5) picture = textureGrad(u_medium, v_uv, dx, dy).rgb;
  else picture = textureGrad(u_large, v_uv, dx, dy).rgb;
  picture = mix(picture, vec3(dot(picture, vec3(0.299, 0.587, 0.114))), v_grey);
  float border = v_border.a * clamp(outside + u_border + 0.5, 0.0, 1.0);
  color = vec4(mix(picture, v_border.rgb, border), v_alpha * clamp(0.5 - outside, 0.0, 1.0));
}`;

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
    gl.useProgram(this.#program);
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
