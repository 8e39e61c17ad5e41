import CAMERA from './camera.glsl?raw';
import HEAD from './head.glsl?raw';

/** Colors of both programs, as in `head.glsl`: `OTHERS` and the hues. */
export const PALETTE_SIZE = 11;

/**
 * Compiles and links a program. The vertex shader begins with the camera, after the head
 * that both have.
 *
 * @throws Error with the driver's log; a lost context compiles nothing, so check that first
 */
export function createProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('createShader');
    const camera = type === gl.VERTEX_SHADER ? CAMERA : '';
    gl.shaderSource(shader, HEAD + camera + source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program) ?? 'linkProgram');
  }
  return program;
}

/** The locations of all uniforms of a program. */
export function uniformsOf(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
): (name: string) => WebGLUniformLocation | null {
  const locations = new Map<string, WebGLUniformLocation | null>();
  return (name) => {
    let location = locations.get(name);
    if (location === undefined) {
      location = gl.getUniformLocation(program, name);
      locations.set(name, location);
    }
    return location;
  };
}

/** Draws with a program from now on. */
export function activate(gl: WebGL2RenderingContext, program: WebGLProgram): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not a hook
  gl.useProgram(program);
}
