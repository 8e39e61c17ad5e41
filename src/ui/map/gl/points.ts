import { type Camera, type Look, setCamera } from './camera.ts';
import FRAGMENT from './points.frag.glsl?raw';
import VERTEX from './points.vert.glsl?raw';
import { activate, createProgram, uniformsOf } from './program.ts';

/** Photos as points. Unless they move, positions are uploaded once; a frame sets uniforms only. */
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

  /** @param positions (n × 2) */
  setPositions(positions: Float32Array): void {
    this.#fill(0, positions);
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
    activate(gl, this.#program);
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
