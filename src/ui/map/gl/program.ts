/**
 * Compiles and links a program.
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
    gl.shaderSource(shader, `#version 300 es\n${source}`);
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

/** Colors of both programs: `OTHERS` and the hues. */
export const PALETTE_SIZE = 11;

/** From the map to clip space; `u_canvas` and `u_scale` are in device pixels. */
export const CAMERA = `
uniform vec2 u_center;
uniform float u_scale;
uniform vec2 u_canvas;
vec4 toClip(vec2 at, vec2 offset) {
  vec2 pixels = (at - u_center) * u_scale + offset;
  return vec4(pixels * vec2(2.0, -2.0) / u_canvas, 0.0, 1.0);
}`;
