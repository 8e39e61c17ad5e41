import { type Camera, type Look, setCamera } from './camera.ts';
import { CAMERA, createProgram, PALETTE_SIZE, uniformsOf } from './program.ts';

const VERTEX = `
precision highp float;
layout(location = 0) in vec2 a_at;
layout(location = 1) in float a_color;
layout(location = 2) in float a_selected;
uniform float u_size;
uniform bool u_selecting;
uniform float u_pass;
uniform vec3 u_palette[${PALETTE_SIZE}];
out vec4 v_color;
${CAMERA}
void main() {
  gl_Position = toClip(a_at, vec2(0.0));
  gl_PointSize = u_size;
  v_color = vec4(u_palette[int(a_color + 0.5)], a_color < 0.5 ? 0.62 : 0.9);
  if (u_selecting) {
    // Selected ones are drawn in a pass of their own, above the others.
    if (a_selected != u_pass) gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    if (a_selected < 0.5) v_color = vec4(u_palette[0], 0.28);
    else {
      v_color.a = 1.0;
      gl_PointSize = u_size + 2.0;
    }
  }
}`;

const FRAGMENT = `
precision mediump float;
in vec4 v_color;
uniform float u_size;
out vec4 color;
void main() {
  float distance = length(gl_PointCoord - 0.5) * u_size;
  float inside = clamp(u_size * 0.5 - distance, 0.0, 1.0);
  color = vec4(v_color.rgb, v_color.a * inside);
}`;

/** Photos as points. Positions are uploaded once; a frame sets uniforms only. */
export class Points {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #uniform: (name: string) => WebGLUniformLocation | null;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffers: readonly WebGLBuffer[];
  readonly #count: number;

  /** @param positions (n × 2) */
  constructor(gl: WebGL2RenderingContext, positions: Float32Array) {
    this.#gl = gl;
    this.#count = positions.length / 2;
    this.#program = createProgram(gl, VERTEX, FRAGMENT);
    this.#uniform = uniformsOf(gl, this.#program);
    this.#array = gl.createVertexArray();
    this.#buffers = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()];
    gl.bindVertexArray(this.#array);
    this.#fill(0, positions);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    for (const place of [1, 2]) {
      this.#fill(place, new Uint8Array(this.#count));
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 1, gl.UNSIGNED_BYTE, false, 0, 0);
    }
    gl.bindVertexArray(null);
  }

  /** @param colors (n) places in the palette */
  setColors(colors: Uint8Array): void {
    this.#fill(1, colors);
  }

  /** @param selected (n) 1 for selected photos, else 0 */
  setSelected(selected: Uint8Array): void {
    this.#fill(2, selected);
  }

  #fill(place: number, data: Float32Array | Uint8Array): void {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[place]!);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  }

  /** @param size diameter in CSS pixels */
  draw(camera: Camera, look: Look, size: number): void {
    const gl = this.#gl;
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    setCamera(gl, this.#uniform, camera);
    gl.uniform1f(this.#uniform('u_size'), size * camera.ratio);
    gl.uniform1i(this.#uniform('u_selecting'), look.selecting ? 1 : 0);
    gl.uniform3fv(this.#uniform('u_palette'), look.palette);
    for (const pass of look.selecting ? [0, 1] : [0]) {
      gl.uniform1f(this.#uniform('u_pass'), pass);
      gl.drawArrays(gl.POINTS, 0, this.#count);
    }
    gl.bindVertexArray(null);
  }

  dispose(): void {
    this.#gl.deleteProgram(this.#program);
    this.#gl.deleteVertexArray(this.#array);
    for (const buffer of this.#buffers) this.#gl.deleteBuffer(buffer);
  }
}
